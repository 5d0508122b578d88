//! Nouns around speech: what is said, how others react, on which occasion, labels before a colon.

use crate::lines::entries;
use std::collections::HashSet;

/// Nouns around speech, lower case and singular.
#[derive(Debug, Default)]
pub(super) struct Nouns {
    pub(super) sayings: HashSet<&'static str>,
    pub(super) reactions: HashSet<&'static str>,
    pub(super) occasions: HashSet<&'static str>,
    pub(super) media: HashSet<&'static str>,
    pub(super) pages: HashSet<&'static str>,
    pub(super) askers: HashSet<&'static str>,
    pub(super) hearers: HashSet<&'static str>,
}

impl Nouns {
    pub(super) fn load() -> Self {
        let mut nouns = Self::default();
        for (kind, list) in entries(SOURCE).filter_map(|line| line.split_once(':')) {
            let words = list.split(';').map(str::trim).filter(|w| !w.is_empty());
            match kind {
                "saying" => nouns.sayings.extend(words),
                "reaction" => nouns.reactions.extend(words),
                "occasion" => nouns.occasions.extend(words),
                "medium" => nouns.media.extend(words),
                "page" => nouns.pages.extend(words),
                "asker" => nouns.askers.extend(words),
                "hearer" => nouns.hearers.extend(words),
                _ => {}
            }
        }
        nouns
    }
}

const SOURCE: &str = include_str!("../../data/speech/nouns.txt");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_of_a_known_kind() {
        let kinds = ["saying", "reaction", "occasion", "medium", "page", "asker", "hearer"];
        for line in entries(SOURCE) {
            assert!(line.split_once(':').is_some_and(|(kind, _)| kinds.contains(&kind)), "{line}");
        }
    }

    #[test]
    fn words_are_in_their_lists() {
        let nouns = Nouns::load();
        assert!(nouns.sayings.contains("allegation") && !nouns.sayings.contains("bridge"));
        assert!(nouns.reactions.contains("praise") && nouns.occasions.contains("interview"));
        assert!(nouns.pages.contains("update") && nouns.askers.contains("q"));
    }
}
