//! Word files: classes of words and phrases with values.

use super::{ClassId, Grammar};
use std::collections::BTreeMap;

/// Index of a spelling in the vocabulary of a grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word(pub u32);

/// A word or phrase of a class.
#[derive(Clone, Debug, PartialEq)]
pub struct Phrase {
    /// Its class.
    pub class: ClassId,
    /// Its words after the first.
    pub rest: Vec<Word>,
    /// Its value, as written.
    pub value: &'static str,
    /// Its value as a number, if it is one.
    pub number: Option<f64>,
    /// Whether it must have a capital in the text.
    pub capital: bool,
}

impl Grammar {
    pub(super) fn read_words(&mut self, path: &str, text: &'static str) {
        let mut class = None;
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                class = Some(self.class_id(name));
                continue;
            }
            match (class, line.split_once(" = ")) {
                (Some(class), Some((value, words))) => self.add_words(class, value.trim(), words),
                _ => self.problems.push(format!("{path}:{}: expected `value = word, word`", number + 1)),
            }
        }
    }

    /// Puts the line of a table in place of each value `@name`: `name 0716 0706 …`.
    pub(crate) fn fill(&mut self, table: &'static str) {
        let lines = table.lines().filter(|line| !line.starts_with('#'));
        let known: BTreeMap<&str, &'static str> = lines.filter_map(|line| line.split_once(' ')).collect();
        for phrase in self.phrases.iter_mut().flatten() {
            let Some(name) = phrase.value.strip_prefix('@') else { continue };
            match known.get(name) {
                Some(values) => phrase.value = values,
                None => self.problems.push(format!("no line `{name}` in the table of feasts")),
            }
        }
    }

    fn add_words(&mut self, class: ClassId, value: &'static str, words: &'static str) {
        for entry in words.split(", ").map(str::trim).filter(|w| !w.is_empty()) {
            let capital = entry.starts_with(char::is_uppercase);
            let all = self.intern_all(entry);
            let Some((first, rest)) = all.split_first() else { continue };
            let phrase = Phrase { class, rest: rest.to_vec(), value, number: value.parse().ok(), capital };
            self.class_words[class.0 as usize].push(*first);
            let list = &mut self.phrases[first.0 as usize];
            let place = list.partition_point(|p| p.rest.len() >= phrase.rest.len());
            list.insert(place, phrase);
        }
    }
}
