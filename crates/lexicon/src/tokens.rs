//! Word lists of the tokeniser: abbreviations, prefixes and units.

use crate::lines::{entries, set};
use std::collections::HashMap;
use std::collections::HashSet;

/// What decides where a word ends.
#[derive(Debug)]
pub struct TokenWords {
    abbreviations: HashMap<&'static str, Stop>,
    prefixes: HashSet<&'static str>,
    units: HashSet<&'static str>,
}

/// When an abbreviation keeps its full stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Always.
    Always,
    /// Before a capital letter or a number.
    BeforeCapital,
    /// Before a number.
    BeforeNumber,
}

impl TokenWords {
    pub(crate) fn load() -> Self {
        Self {
            abbreviations: entries(include_str!("../data/tokens/abbreviations.txt"))
                .map(abbreviation)
                .collect(),
            prefixes: set(include_str!("../data/tokens/prefixes.txt")),
            units: set(include_str!("../data/tokens/units.txt")),
        }
    }

    /// When `word` (without its stop, any case) keeps a full stop; `None` if it is no abbreviation.
    pub fn abbreviation(&self, word: &str) -> Option<Stop> {
        self.abbreviations.get(word.to_lowercase().as_str()).copied()
    }

    /// Whether `word` (any case) stays joined to what follows its hyphen.
    pub fn is_prefix(&self, word: &str) -> bool {
        self.prefixes.contains(word.to_lowercase().as_str())
    }

    /// Whether `word` (any case) is a unit that may be glued to a number.
    pub fn is_unit(&self, word: &str) -> bool {
        self.units.contains(word.to_lowercase().as_str())
    }
}

fn abbreviation(line: &'static str) -> (&'static str, Stop) {
    match line.split_once(' ') {
        Some((word, "1")) => (word, Stop::BeforeNumber),
        Some((word, _)) => (word, Stop::BeforeCapital),
        None => (line, Stop::Always),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_read() {
        let words = TokenWords::load();
        assert_eq!(words.abbreviation("Mr"), Some(Stop::Always));
        assert_eq!(words.abbreviation("No"), Some(Stop::BeforeNumber));
        assert_eq!(words.abbreviation("minister"), None);
        assert!(words.is_prefix("Non") && words.is_unit("PM") && !words.is_prefix("well"));
    }
}
