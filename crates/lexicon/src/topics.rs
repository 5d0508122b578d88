//! What a report is about: words without a topic, and the agencies whose copy outlets print.

use crate::lines::entries;
use std::collections::{BTreeMap, BTreeSet};

/// Words that turn what is said with them.
const FRAMING: &str = include_str!("../data/topics/framing.txt");

/// States that follow one another.
const STAGES: &str = include_str!("../data/topics/stages.txt");

/// Stop words and news agencies.
#[derive(Debug, Default)]
pub struct Topics {
    stop: BTreeSet<&'static str>,
    agencies: BTreeMap<&'static str, &'static str>,
    credits: Vec<CreditPattern>,
    classes: BTreeMap<&'static str, &'static str>,
    settled: BTreeMap<&'static str, BTreeSet<&'static str>>,
    framing: BTreeMap<&'static str, BTreeSet<&'static str>>,
    stages: BTreeMap<&'static str, Vec<Stage>>,
    bearers: BTreeMap<&'static str, BTreeSet<&'static str>>,
    degrees: BTreeMap<&'static str, Vec<Stage>>,
    fates: BTreeMap<(&'static str, &'static str), &'static str>,
}

/// A state in a course of affairs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stage {
    /// The course: `case`, `road`.
    pub course: &'static str,
    /// Place of the state in the course, from 0.
    pub place: usize,
    /// Whether only the verb names it.
    pub verb: bool,
    /// All words that name it, in order; of several one is what the state is looked up by.
    pub words: &'static str,
}

impl Stage {
    /// The lemmas of all words, in order.
    pub fn lemmas(&self) -> impl DoubleEndedIterator<Item = &'static str> {
        self.words.split('_').map(lemma_of)
    }

    /// Whether it is a verb that tells of its subject: “survived the crash”.
    pub fn of_subject(&self) -> bool {
        self.words.split('_').any(|word| word.ends_with("/s"))
    }
}

/// How words beside an agency's name credit it.
#[derive(Clone, Debug)]
pub struct CreditPattern {
    /// Lower-case tokens directly before the name, in text order.
    pub before: Vec<&'static str>,
    /// Lower-case tokens directly after it.
    pub after: Vec<&'static str>,
    /// Whether the whole report is the agency's copy, or only a part of it rests on the agency.
    pub whole: bool,
}

impl Topics {
    /// The lists that ship with the program.
    pub(crate) fn load() -> Self {
        let stop: BTreeSet<&str> =
            entries(include_str!("../data/topics/stop.txt")).flat_map(str::split_whitespace).collect();
        Self {
            agencies: entries(include_str!("../data/topics/agencies.txt")).flat_map(agency).collect(),
            classes: groups(include_str!("../data/topics/classes.txt"))
                .into_iter()
                .flat_map(|(class, lemmas)| lemmas.into_iter().map(move |lemma| (lemma, class)))
                .collect(),
            settled: groups(include_str!("../data/topics/settled.txt")),
            framing: groups(FRAMING),
            fates: fates(include_str!("../data/topics/fates.txt")),
            stages: stages(STAGES, &stop),
            bearers: groups(STAGES)
                .into_iter()
                .filter_map(|(name, lemmas)| Some((name.strip_suffix(" of")?, lemmas)))
                .collect(),
            degrees: stages(include_str!("../data/topics/degrees.txt"), &stop),
            stop,
            credits: credit_lines().filter_map(|(pattern, strength, _)| credit(pattern, strength)).collect(),
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

    /// The class of a lemma (lower case) with others that name the same kind of event or thing.
    pub fn class(&self, lemma: &str) -> Option<&'static str> {
        self.classes.get(lemma).copied()
    }

    /// Whether a lemma (lower case) belongs to a group of words that say what is, or is not, settled:
    /// `settle`, `open`, `place`, `date`, `person`, `count`, `revise`, `early`; or that say that something is not certain: `doubt`;
    /// the head of `settled.txt` names all groups.
    pub fn is_of(&self, group: &str, lemma: &str) -> bool {
        self.settled.get(group).is_some_and(|lemmas| lemmas.contains(lemma))
    }

    /// Whether a word negates what is said with it.
    pub fn negates(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        word.ends_with("n't") || word.ends_with("n’t") || self.frames("negate", &word)
    }

    /// Whether a word makes what follows a wish.
    pub fn wishes(&self, word: &str) -> bool {
        self.frames("wish", &word.to_lowercase())
    }

    fn frames(&self, how: &str, word: &str) -> bool {
        self.framing.get(how).is_some_and(|words| words.contains(word))
    }

    /// Courses of affairs in which a lemma (lower case) names a state.
    pub fn stages(&self, lemma: &str) -> &[Stage] {
        self.stages.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Whether something of this name (lower-case lemma) can go through a course of affairs.
    pub fn can_bear(&self, course: &str, lemma: &str) -> bool {
        self.bearers.get(course).is_none_or(|lemmas| lemmas.contains(lemma))
    }

    /// Questions that a lemma (lower case) answers in a way that excludes the words of the question's other places.
    pub fn degrees(&self, lemma: &str) -> &[Stage] {
        self.degrees.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// What becomes of those whose number has a role (`of`, `subject`, `object`, `sum`) beside a lemma (lower case).
    pub fn fate(&self, role: &'static str, lemma: &str) -> Option<&'static str> {
        self.fates.get(&(role, lemma)).copied()
    }

    /// Patterns of crediting an agency.
    pub fn credits(&self) -> &[CreditPattern] {
        &self.credits
    }

    /// Texts that credit an agency (`true`) or none, for testing what reads them.
    pub fn credit_examples() -> Vec<(&'static str, bool)> {
        credit_lines().map(|(pattern, _, example)| (example, !pattern.is_empty())).collect()
    }
}

/// Lines `name: words`.
fn groups(source: &'static str) -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let lines = entries(source).filter_map(|line| line.split_once(':'));
    lines.map(|(name, words)| (name.trim(), words.split_whitespace().collect())).collect()
}

/// Lines `fate/role: lemmas`: the fate of each role and lemma.
fn fates(source: &'static str) -> BTreeMap<(&'static str, &'static str), &'static str> {
    let lines = entries(source).filter_map(|line| line.split_once(':'));
    let named = lines.filter_map(|(name, lemmas)| Some((name.trim().split_once('/')?, lemmas)));
    named
        .flat_map(|((fate, role), lemmas)| lemmas.split_whitespace().map(move |lemma| ((role, lemma), fate)))
        .collect()
}

/// A word of a state without the marks for its kind.
fn lemma_of(word: &str) -> &str {
    word.strip_suffix("/v").or_else(|| word.strip_suffix("/s")).unwrap_or(word)
}

/// Lines `course: lemmas | lemmas | …`: the courses and places of each lemma, of several words the first that is marked or says something, else the last.
fn stages(source: &'static str, stop: &BTreeSet<&'static str>) -> BTreeMap<&'static str, Vec<Stage>> {
    let mut stages: BTreeMap<&'static str, Vec<Stage>> = BTreeMap::new();
    let courses = entries(source).filter_map(|line| line.split_once(':'));
    for (course, states) in courses.filter(|(course, _)| !course.ends_with(" of")) {
        for (place, words) in states.split('|').enumerate() {
            for words in words.split_whitespace() {
                let own = |word: &&str| lemma_of(word) != *word || !stop.contains(word);
                let mut all = words.split('_');
                let word = all.clone().find(own).or_else(|| all.next_back()).unwrap_or_default();
                let lemma = lemma_of(word);
                let stage = Stage { course: course.trim(), place, verb: lemma != word, words };
                stages.entry(lemma).or_default().push(stage);
            }
        }
    }
    stages
}

/// `(pattern, strength, example)` of each line; a text without a credit has an empty pattern.
fn credit_lines() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    entries(include_str!("../data/topics/credits.txt")).map(|line| match line.strip_prefix('!') {
        Some(text) => ("", "", text.trim()),
        None => {
            let mut fields = line.splitn(3, '|').map(str::trim);
            let mut next = || fields.next().unwrap_or_default();
            (next(), next(), next())
        }
    })
}

fn credit(pattern: &'static str, strength: &'static str) -> Option<CreditPattern> {
    let (before, after) = pattern.split_once('_')?;
    let words = |side: &'static str| side.split_whitespace().collect();
    Some(CreditPattern { before: words(before), after: words(after), whole: strength == "whole" })
}

fn agency(line: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let id = line.split('|').next().unwrap_or_default().trim();
    line.split('|').map(move |name| (name.trim(), id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_turn_what_is_said_as_the_examples_tell() {
        let topics = Topics::load();
        let examples = FRAMING.lines().filter_map(|line| line.strip_prefix("# ")?.split_once(": "));
        let mut number = 0;
        for (head, text) in examples {
            let Some((kind, how)) = head.split_once(' ').filter(|(k, _)| ["Example", "Counter"].contains(k))
            else {
                continue;
            };
            let turns = |word: &str| if how == "wish" { topics.wishes(word) } else { topics.negates(word) };
            assert_eq!(text.split_whitespace().any(turns), kind == "Example", "{how}: {text}");
            number += 1;
        }
        assert!(number >= 5 && topics.negates("Didn’t"));
    }

    #[test]
    fn function_words_stop_and_agencies_have_one_id() {
        let topics = Topics::load();
        assert!(topics.is_stop("the") && topics.is_stop("reportedly") && !topics.is_stop("earthquake"));
        assert_eq!(topics.agency("Agence France-Presse"), Some("AFP"));
        assert_eq!(topics.agency("Evening Star"), None);
        assert_eq!(topics.class("temblor"), topics.class("quake"));
        assert_eq!(
            topics.stages("charge"),
            [Stage { course: "case", place: 2, verb: true, words: "charge/v" }]
        );
        assert_eq!(topics.stages("large")[0].words, "at_large");
        assert!(topics.can_bear("strike", "walkout") && !topics.can_bear("strike", "concert"));
        assert!(topics.can_bear("road", "bridge"));
        assert_ne!(topics.degrees("damage")[0].place, topics.degrees("raze")[0].place);
        assert!(topics.is_of("place", "venue") && !topics.is_of("settle", "venue"));
    }
}
