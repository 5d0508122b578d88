//! What kind of thing a name names, told by its words.

use crate::lines::set;
use std::collections::HashSet;

/// Words that tell the kind of a name.
#[derive(Debug)]
pub struct Kinds {
    events: HashSet<&'static str>,
    peoples: HashSet<&'static str>,
}

impl Kinds {
    pub(crate) fn load() -> Self {
        Self {
            events: set(include_str!("../data/kinds/events.txt")),
            peoples: set(include_str!("../data/kinds/peoples.txt")),
        }
    }

    /// Whether a name that ends in this word names an event.
    pub fn is_event(&self, last: &str) -> bool {
        self.events.contains(last.to_lowercase().as_str())
    }

    /// Whether this noun names people of one faith, party or movement (`Sunnis`).
    pub fn is_people(&self, noun: &str) -> bool {
        self.peoples.contains(noun.to_lowercase().as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_does_not_matter() {
        let kinds = Kinds::load();
        assert!(kinds.is_event("Summit") && !kinds.is_event("Norvik"));
        assert!(kinds.is_people("Sunnis") && !kinds.is_people("tacos"));
    }
}
