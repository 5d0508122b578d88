//! Word classes and patterns over them, read from commented text files that carry their own examples.
//!
//! A *word file* has sections: `[month]` opens a class, then each line gives a value and the words that have it,
//! comma-separated (`1 = January, Jan.`). A word written with a capital must have one in the text too.
//! A *rule file* has blocks:
//!
//! ```text
//! group date
//! rule month-day
//! make day
//! when [month] [day] (,? [year])?
//! yes on December 23, 2021 | December 23, 2021 | 2021-12-23
//! no  a December deal of 23 pages
//! ```
//!
//! `[x]` is a word class, a built-in ([`Builtin`]) or another group; `[x=y]` stores it as field `y`; `( | )`, `?`
//! are as in regular expressions (`\(` is the sign itself); `~` means: no white space here. `after` / `not-after` / `before` / `not-before`
//! lines list what must (not) stand next to the match: words, classes, `#` for digits, `~#`, `~a` and `~-` for
//! digits, letters and a sign without white space, `^` for the edge of a line. A rule of a
//! group that begins with `part-` is only used inside others.

mod patterns;
mod pieces;
mod words;

pub use patterns::{Builtin, Edge, Example, Item, Pattern, Rule};
pub use pieces::{Gap, Piece, PieceKind, pieces};
pub use words::{Phrase, Word};

use patterns::RuleFile;
use std::collections::HashMap;

/// Index of a word class in [`Grammar`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassId(pub u16);

/// Index of a group of rules in [`Grammar`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId(pub u16);

/// The words and rules of one language for one purpose, ready for matching.
#[derive(Debug, Default)]
pub struct Grammar {
    vocabulary: HashMap<Box<str>, Word>,
    phrases: Vec<Vec<Phrase>>,
    classes: Vec<&'static str>,
    class_words: Vec<Vec<Word>>,
    groups: Vec<&'static str>,
    members: Vec<Vec<u32>>,
    rules: Vec<Rule>,
    examples: Vec<Example>,
    starts: Vec<Vec<u32>>,
    digit_starts: Vec<u32>,
    alone: Vec<bool>,
    problems: Vec<String>,
}

impl Grammar {
    /// Reads word files and rule files, each with the path its rules are named after.
    pub fn read(words: &[(&'static str, &'static str)], rules: &[(&'static str, &'static str)]) -> Self {
        let mut grammar = Self::default();
        for (path, text) in words {
            grammar.read_words(path, text);
        }
        let files: Vec<RuleFile> = rules.iter().map(|(path, text)| RuleFile::read(path, text)).collect();
        for group in files.iter().flat_map(|file| file.blocks.iter().map(|block| block.group)) {
            grammar.group_id(group);
        }
        for file in files {
            grammar.problems.extend(file.problems.iter().cloned());
            grammar.add_rules(file);
        }
        grammar.index();
        grammar
    }

    /// The word with this spelling (lower case).
    pub fn word(&self, spelling: &str) -> Option<Word> {
        self.vocabulary.get(spelling).copied()
    }

    /// Phrases that begin with a word.
    pub fn phrases(&self, first: Word) -> &[Phrase] {
        self.phrases.get(first.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// The class with this name.
    pub fn class(&self, name: &str) -> Option<ClassId> {
        self.classes.iter().position(|c| *c == name).map(|i| ClassId(i as u16))
    }

    fn members(&self, group: GroupId) -> &[u32] {
        self.members.get(group.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// A rule by index.
    pub fn rule(&self, index: u32) -> Option<&Rule> {
        self.rules.get(index as usize)
    }

    /// Rules that can begin with a word, or with digits where there is none.
    pub fn starting_with(&self, first: Option<Word>) -> &[u32] {
        match first {
            Some(word) => self.starts.get(word.0 as usize).map_or(&[], Vec::as_slice),
            None => &self.digit_starts,
        }
    }

    /// Whether a rule can match a word without another word of the vocabulary behind it.
    pub fn stands_alone(&self, word: Word) -> bool {
        self.alone.get(word.0 as usize).copied().unwrap_or_default()
    }

    /// The examples of all rules.
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }

    /// What could not be understood in the files; empty in a sound build.
    pub fn problems(&self) -> &[String] {
        &self.problems
    }

    fn intern(&mut self, spelling: &str) -> Word {
        if let Some(word) = self.vocabulary.get(spelling) {
            return *word;
        }
        let word = Word(self.phrases.len() as u32);
        self.phrases.push(Vec::new());
        self.vocabulary.insert(spelling.into(), word);
        word
    }

    fn intern_all(&mut self, words: &str) -> Vec<Word> {
        let lower = words.to_lowercase();
        pieces(&lower).iter().map(|p| self.intern(p.spelling(&lower))).collect()
    }

    fn class_id(&mut self, name: &'static str) -> ClassId {
        self.class(name).unwrap_or_else(|| {
            self.classes.push(name);
            self.class_words.push(Vec::new());
            ClassId(self.classes.len() as u16 - 1)
        })
    }

    fn find_group(&self, name: &str) -> Option<GroupId> {
        self.groups.iter().position(|g| *g == name).map(|i| GroupId(i as u16))
    }

    fn group_id(&mut self, name: &'static str) -> GroupId {
        self.find_group(name).unwrap_or_else(|| {
            self.groups.push(name);
            self.members.push(Vec::new());
            GroupId(self.groups.len() as u16 - 1)
        })
    }

    fn add_rules(&mut self, file: RuleFile) {
        self.examples.extend(file.examples);
        for block in file.blocks {
            let group = self.group_id(block.group);
            match self.compile(&block, group) {
                Ok(rule) => {
                    self.members[group.0 as usize].push(self.rules.len() as u32);
                    self.rules.push(rule);
                }
                Err(problem) => self.problems.push(format!("{}: {problem}", block.id)),
            }
        }
    }

    /// Notes for each word which rules can begin with it.
    fn index(&mut self) {
        let mut starts = vec![Vec::new(); self.phrases.len()];
        for (index, rule) in self.rules.iter().enumerate() {
            let mut first = patterns::First::default();
            rule.patterns.iter().for_each(|p| {
                first.of(self, p, 0);
            });
            for word in first.words {
                starts[word.0 as usize].push(index as u32);
            }
            if first.digits {
                self.digit_starts.push(index as u32);
            }
        }
        self.starts = starts;
        let mut alone = patterns::Alone::default();
        self.rules.iter().flat_map(|rule| &rule.patterns).for_each(|p| alone.of(self, p, 0));
        self.alone = (0..self.phrases.len() as u32).map(|w| alone.words.contains(&Word(w))).collect();
    }
}
