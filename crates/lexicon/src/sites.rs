//! Sorts of places, and kinds of happenings of which reports tell where they were.

use crate::lines::entries;
use std::collections::{BTreeMap, BTreeSet};

/// Steps from a place to one that holds it.
const STEPS: usize = 4;

/// Sorts of places, and happenings that take place somewhere.
#[derive(Debug, Default)]
pub struct Sites {
    sorts: BTreeMap<&'static str, &'static str>,
    within: BTreeMap<&'static str, BTreeSet<&'static str>>,
    several: BTreeMap<&'static str, Vec<&'static str>>,
    happenings: BTreeMap<&'static str, Vec<Word>>,
}

/// A word for a happening.
#[derive(Clone, Copy, Debug)]
struct Word {
    /// Whether it is so as a verb, and as a noun.
    forms: [bool; 2],
    happening: Happening,
}

/// A kind of happening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Happening {
    /// Its name: `explode`.
    pub kind: &'static str,
    /// What tells one of the kind from another.
    pub mode: Mode,
}

/// What tells one happening of a kind from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Reports of one story tell of one.
    Alone,
    /// The same, and it is arranged: its place is told before.
    Set,
    /// To whom it is done.
    Done,
    /// To whom it is done, once in a life.
    Once,
    /// To whom it is done, and where to.
    To,
    /// Who is in hospital, if the place is one.
    Care,
    /// None: the verb says only that its subject or object takes place.
    Light,
    /// None: the verb's subject is the place of its object.
    Host,
    /// None: the verb's object is a place.
    Object,
}

impl Sites {
    /// The lists that ship with the program.
    pub(crate) fn load() -> Self {
        let mut sites = Self::default();
        for line in entries(include_str!("../data/sites/sites.txt")) {
            sites.add_sort(line);
        }
        for line in entries(include_str!("../data/sites/happenings.txt")) {
            sites.add_happening(line);
        }
        sites
    }

    fn add_sort(&mut self, line: &'static str) {
        let Some((head, nouns)) = line.split_once(':') else { return };
        let (sort, holders) = head.split_once('<').unwrap_or((head, ""));
        let sort = sort.trim();
        if sort.starts_with('@') {
            self.several.insert(sort, nouns.split_whitespace().collect());
            return;
        }
        for holder in holders.split_whitespace() {
            let several = self.several.get(holder).cloned().unwrap_or_else(|| vec![holder]);
            self.within.entry(sort).or_default().extend(several.into_iter().filter(|h| *h != sort));
        }
        self.sorts.extend(nouns.split_whitespace().map(|noun| (noun, sort)));
    }

    fn add_happening(&mut self, line: &'static str) {
        let Some((head, lemmas)) = line.split_once(':') else { return };
        let Some((kind, mode)) = head.split_once(' ') else { return };
        let mode = match mode.trim() {
            "alone" => Mode::Alone,
            "set" => Mode::Set,
            "done" => Mode::Done,
            "once" => Mode::Once,
            "to" => Mode::To,
            "care" => Mode::Care,
            "light" => Mode::Light,
            "host" => Mode::Host,
            "object" => Mode::Object,
            _ => return,
        };
        for word in lemmas.split_whitespace() {
            let (lemma, forms) = match word.split_once('/') {
                Some((lemma, "v")) => (lemma, [true, false]),
                Some((lemma, _)) => (lemma, [false, true]),
                None => (word, [true, true]),
            };
            let word = Word { forms, happening: Happening { kind, mode } };
            self.happenings.entry(lemma).or_default().push(word);
        }
    }

    /// The sort of place that a noun (lower case) names.
    pub fn sort(&self, noun: &str) -> Option<&'static str> {
        self.sorts.get(noun).copied()
    }

    /// Whether places of two sorts cannot be one place, nor one in the other.
    pub fn exclude(&self, a: &str, b: &str) -> bool {
        a != b && !self.holds(a, b, STEPS) && !self.holds(b, a, STEPS)
    }

    /// Whether a place of the sort `inner` may be in one of the sort `outer`.
    fn holds(&self, outer: &str, inner: &str, steps: usize) -> bool {
        let mut holders = self.within.get(inner).into_iter().flatten();
        holders.any(|h| *h == outer || steps > 0 && self.holds(outer, h, steps - 1))
    }

    /// The kinds of happening that a verb or noun (its lemma in lower case) names.
    pub fn happenings(&self, lemma: &str, is_verb: bool) -> impl Iterator<Item = Happening> + '_ {
        let words = self.happenings.get(lemma).map_or(&[][..], Vec::as_slice);
        words.iter().filter(move |w| w.forms[usize::from(!is_verb)]).map(|w| w.happening)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_exclude_one_another_unless_one_may_be_in_the_other() {
        let sites = Sites::load();
        let apart = |a: &str, b: &str| sites.exclude(sites.sort(a).unwrap(), sites.sort(b).unwrap());
        assert!(apart("car-park", "kitchen") && apart("home", "clinic") && apart("field", "bathroom"));
        assert!(!apart("hotel", "room") && !apart("restaurant", "airport") && !apart("car", "parking-lot"));
        assert!(!apart("roof", "store") && !apart("toilet", "house") && !apart("apartment", "flat"));
    }

    #[test]
    fn every_sort_that_holds_another_is_known() {
        let sites = Sites::load();
        let known: BTreeSet<&str> = sites.sorts.values().copied().collect();
        let unknown = sites.within.values().flatten().find(|holder| !known.contains(**holder));
        assert_eq!(unknown, None);
    }

    #[test]
    fn a_word_may_tell_of_something_as_a_noun_only() {
        let sites = Sites::load();
        let kind = |lemma: &str, is_verb| sites.happenings(lemma, is_verb).next().map(|h| h.kind);
        assert_eq!((kind("fire", true), kind("fire", false)), (None, Some("fire")));
        assert_eq!(kind("explosion", false), kind("detonate", true));
        assert!(sites.happenings("host", true).all(|h| h.mode == Mode::Host));
    }
}
