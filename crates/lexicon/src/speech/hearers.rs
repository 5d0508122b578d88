//! How verbs and nouns of speech name those who are told.

use crate::lines::entries;
use std::collections::HashSet;

/// Words after which stands who is told.
#[derive(Debug, Default)]
pub(super) struct Hearers {
    /// Verbs (base forms) with the preposition before their hearer.
    pub(super) verbs: HashSet<(&'static str, &'static str)>,
    /// Nouns for what is said to somebody.
    pub(super) nouns: HashSet<&'static str>,
    /// Verbs that bring such a noun to somebody.
    pub(super) gives: HashSet<&'static str>,
    /// Verbs whose passive subject is told only with an infinitive.
    pub(super) acts: HashSet<&'static str>,
    /// Verbs whose object is somebody, whatever the noun.
    pub(super) persons: HashSet<&'static str>,
    /// Nouns for what is told that is nobody.
    pub(super) things: HashSet<&'static str>,
    /// Nouns for questions.
    pub(super) asking: HashSet<&'static str>,
    /// Verbs that make somebody speak.
    pub(super) draws: HashSet<&'static str>,
}

impl Hearers {
    pub(super) fn load() -> Self {
        let mut hearers = Self::default();
        for (kind, list) in lines().filter_map(|line| line.split_once(':')) {
            let words = list.split(';').map(str::trim).filter(|w| !w.is_empty());
            match kind {
                "noun" => hearers.nouns.extend(words),
                "gives" => hearers.gives.extend(words),
                "acts" => hearers.acts.extend(words),
                "persons" => hearers.persons.extend(words),
                "things" => hearers.things.extend(words),
                "asking" => hearers.asking.extend(words),
                "draws" => hearers.draws.extend(words),
                preposition => hearers.verbs.extend(words.map(|verb| (verb, preposition))),
            }
        }
        hearers
    }
}

fn lines() -> impl Iterator<Item = &'static str> {
    let all = entries(include_str!("../../data/speech/hearers.txt"));
    all.filter(|line| !line.starts_with(['+', '-']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lexicon;

    #[test]
    fn examples_hold() {
        let lexicon = Lexicon::load();
        let mut examples = 0;
        for line in entries(include_str!("../../data/speech/hearers.txt")) {
            let Some(rest) = line.strip_prefix(['+', '-']) else { continue };
            let (verb, preposition) = rest.trim().split_once(' ').unwrap_or((rest.trim(), ""));
            let base = lexicon.speech.form(verb).map_or(verb, |(base, _)| base);
            assert_eq!(lexicon.speech.hears_after(base, preposition), line.starts_with('+'), "{line}");
            examples += 1;
        }
        assert!(examples > 5);
    }

    #[test]
    fn nouns_and_givers_are_in_their_lists() {
        let hearers = Hearers::load();
        assert!(hearers.nouns.contains("letter") && !hearers.nouns.contains("bridge"));
        assert!(hearers.gives.contains("send") && hearers.acts.contains("encourage"));
        assert!(hearers.persons.contains("tell") && hearers.things.contains("story"));
        assert!(hearers.asking.contains("questioning") && hearers.draws.contains("force"));
        assert!(hearers.persons.is_disjoint(&hearers.things) && !hearers.asking.contains("answer"));
    }
}
