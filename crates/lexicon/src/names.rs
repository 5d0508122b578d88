//! Spellings of names: keys that are equal for one name in several languages, short forms, particles.

pub mod decision;
pub mod person;
pub mod script;
pub mod sounds;

use crate::lines::entries;
use deunicode::deunicode;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::OnceLock;

/// What is known of the spelling of names.
#[derive(Debug)]
pub struct Names {
    /// Rewrites by their first character, the longest first.
    rewrites: BTreeMap<char, Vec<(&'static str, &'static str)>>,
    marked: Vec<(char, &'static str)>,
    /// Key of a short or full form → numbers of the families it belongs to.
    families: BTreeMap<String, BTreeSet<u16>>,
    particles: HashSet<&'static str>,
    suffixes: HashSet<&'static str>,
    honorifics: HashSet<&'static str>,
    /// What only comparing needs, read at its first use.
    matching: OnceLock<Matching>,
}

/// Learned tables for comparing names.
#[derive(Debug)]
struct Matching {
    sounds: sounds::Sounds,
    decision: decision::Decision,
    /// Key of a word → its rarity.
    frequency: HashMap<&'static str, f32>,
}

/// Rarity of a word that is not in the table.
const RARE: f32 = 11.5;

impl Matching {
    fn load() -> Self {
        let lines = entries(include_str!("../data/names/frequency.txt")).filter_map(|l| l.split_once(": "));
        let shares = lines.filter_map(|(share, keys)| Some((share.parse::<f32>().ok()? / 10.0, keys)));
        let frequency =
            shares.flat_map(|(share, keys)| keys.split(' ').map(move |key| (key, share))).collect();
        Self { sounds: sounds::Sounds::load(), decision: decision::Decision::load(), frequency }
    }
}

impl Names {
    pub(crate) fn load() -> Self {
        let mut rewrites: BTreeMap<char, Vec<(&str, &str)>> = BTreeMap::new();
        let mut marked = Vec::new();
        for (from, to) in rules() {
            match from.chars().next() {
                Some(first) if first.is_ascii() => rewrites.entry(first).or_default().push((from, to)),
                Some(first) => marked.push((first, to)),
                None => {}
            }
        }
        for rules in rewrites.values_mut() {
            rules.sort_by_key(|(from, _)| std::cmp::Reverse(from.len()));
        }
        let particles = words(include_str!("../data/names/particles.txt"));
        let suffixes = words(include_str!("../data/names/suffixes.txt"));
        let mut names = Self {
            rewrites,
            marked,
            families: BTreeMap::new(),
            particles,
            suffixes,
            honorifics: words(include_str!("../data/names/honorifics.txt")),
            matching: OnceLock::new(),
        };
        names.families = families(&names);
        names
    }

    /// Keys of one word of a name: one, or two where marked letters may have been dropped or kept.
    pub fn keys(&self, word: &str) -> Vec<String> {
        let lower = word.to_lowercase();
        let plain = self.rewritten(&letters(&deunicode(&lower)));
        let marked = self.rewritten(&letters(&deunicode(&self.unmarked(&lower))));
        if marked == plain { vec![plain] } else { vec![plain, marked] }
    }

    /// Whether a word (lower case) is a particle of names, not a name.
    pub fn is_particle(&self, word: &str) -> bool {
        self.particles.contains(word)
    }

    /// Whether a word is an ending of names that follows a comma (`Jr`).
    pub fn is_ending(&self, word: &str) -> bool {
        let word = word.trim().trim_end_matches('.').to_lowercase();
        matches!(word.as_str(), "jr" | "sr" | "ii" | "iii" | "iv" | "phd" | "md" | "esq")
    }

    /// Whether a word (lower case) is an honorific that may stand before or after any name.
    pub fn is_honorific(&self, word: &str) -> bool {
        self.honorifics.contains(word)
    }

    /// What an agreement in a word tells, as its rarity: the negative logarithm of the share of people who bear it.
    pub fn rarity(&self, word: &str) -> f32 {
        let known = |key: &String| self.matching().frequency.get(key.as_str()).copied();
        self.keys(word).iter().filter_map(known).reduce(f32::min).unwrap_or(RARE)
    }

    fn matching(&self) -> &Matching {
        self.matching.get_or_init(Matching::load)
    }

    /// Whether a word (lower case) closes a company's name and adds nothing to it.
    pub fn is_suffix(&self, word: &str) -> bool {
        self.suffixes.contains(word)
    }

    /// Whether two given names, by their keys, are forms of one name: `Bob`, `Robert`.
    pub fn same_given(&self, a: &str, b: &str) -> bool {
        let (a, b) = (self.families.get(a), self.families.get(b));
        a.zip(b).is_some_and(|(a, b)| !a.is_disjoint(b))
    }

    fn unmarked(&self, lower: &str) -> String {
        let mut out = String::with_capacity(lower.len());
        for c in lower.chars() {
            match self.marked.iter().find(|(mark, _)| *mark == c) {
                Some((_, plain)) => out.push_str(plain),
                None => out.push(c),
            }
        }
        out
    }

    fn rewritten(&self, plain: &str) -> String {
        let (mut key, mut at) = (String::with_capacity(plain.len()), 0);
        while let Some(next) = plain[at..].chars().next() {
            match self.rule(plain, at, next) {
                Some((length, to)) => {
                    key.push_str(to);
                    at += length;
                }
                None => {
                    key.push(next);
                    at += next.len_utf8();
                }
            }
        }
        single(&key)
    }

    /// The longest rule that applies here: bytes it takes, and what they become.
    fn rule(&self, plain: &str, at: usize, next: char) -> Option<(usize, &'static str)> {
        let rest = &plain[at..];
        let initial = self.rewrites.get(&'^').filter(|_| at == 0).into_iter().flatten();
        let initial = initial.map(|(from, to)| (from.strip_prefix('^').unwrap_or(from), *to));
        let inner = self.rewrites.get(&next).into_iter().flatten().map(|(from, to)| (*from, *to));
        let fitting = initial.chain(inner).filter_map(|(from, to)| match from.strip_suffix('$') {
            Some(end) => (rest == end).then_some((end.len(), to)),
            None => rest.starts_with(from).then_some((from.len(), to)),
        });
        fitting.max_by_key(|(length, _)| *length)
    }
}

fn rules() -> impl Iterator<Item = (&'static str, &'static str)> {
    entries(include_str!("../data/names/rewrites.txt"))
        .filter_map(|line| line.split_once('>').map(|(from, to)| (from.trim(), to.trim())))
}

fn words(source: &'static str) -> HashSet<&'static str> {
    entries(source).flat_map(str::split_whitespace).collect()
}

fn families(names: &Names) -> BTreeMap<String, BTreeSet<u16>> {
    let mut families: BTreeMap<String, BTreeSet<u16>> = BTreeMap::new();
    for (number, line) in (0..).zip(entries(include_str!("../data/names/short.txt"))) {
        for form in line.split([':', ';']).map(str::trim).filter(|form| !form.is_empty()) {
            for key in names.keys(form) {
                families.entry(key).or_default().insert(number);
            }
        }
    }
    families
}

fn letters(word: &str) -> String {
    word.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// Without doubled letters.
fn single(key: &str) -> String {
    let mut out = String::with_capacity(key.len());
    for c in key.chars() {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agree(names: &Names, a: &str, b: &str) -> bool {
        let (a, b) = (names.keys(a), names.keys(b));
        a.iter().any(|key| b.contains(key))
    }

    #[test]
    fn the_pairs_of_the_data_file_hold() {
        let names = Names::load();
        for line in entries(include_str!("../data/names/pairs.txt")) {
            let exact = !line.ends_with('?');
            if let Some((a, b)) = line.trim_end_matches('?').split_once('=') {
                assert!(!exact || agree(&names, a, b), "{line}: {:?} {:?}", names.keys(a), names.keys(b));
            }
            if let Some((a, b)) = line.split_once('!') {
                assert!(!agree(&names, a, b), "{line}: {:?} {:?}", names.keys(a), names.keys(b));
            }
        }
    }

    #[test]
    fn short_forms_are_given_names_of_one_family() {
        let names = Names::load();
        let key = |word: &str| names.keys(word).remove(0);
        assert!(names.same_given(&key("Bob"), &key("Robert")));
        assert!(!names.same_given(&key("Bob"), &key("Richard")));
        assert!(names.is_particle("von") && !names.is_particle("vance"));
    }
}
