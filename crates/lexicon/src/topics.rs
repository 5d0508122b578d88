//! What a report is about: words without a topic, and the agencies whose copy outlets print.

use crate::lines::entries;
use std::collections::{BTreeMap, BTreeSet};

/// Stop words and news agencies.
#[derive(Debug, Default)]
pub struct Topics {
    stop: BTreeSet<&'static str>,
    agencies: BTreeMap<&'static str, &'static str>,
}

impl Topics {
    /// The lists that ship with the program.
    pub(crate) fn load() -> Self {
        Self {
            stop: entries(include_str!("../data/topics/stop.txt")).flat_map(str::split_whitespace).collect(),
            agencies: entries(include_str!("../data/topics/agencies.txt")).flat_map(agency).collect(),
        }
    }

    /// Whether a lower-case word without apostrophes says nothing of the topic.
    pub fn is_stop(&self, word: &str) -> bool {
        self.stop.contains(word)
    }

    /// The agency's id for one of its names, as written.
    pub fn agency(&self, name: &str) -> Option<&'static str> {
        self.agencies.get(name).copied()
    }
}

fn agency(line: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let id = line.split('|').next().unwrap_or_default().trim();
    line.split('|').map(move |name| (name.trim(), id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_stop_and_agencies_have_one_id() {
        let topics = Topics::load();
        assert!(topics.is_stop("the") && topics.is_stop("reportedly") && !topics.is_stop("earthquake"));
        assert_eq!(topics.agency("Agence France-Presse"), Some("AFP"));
        assert_eq!(topics.agency("Evening Star"), None);
    }
}
