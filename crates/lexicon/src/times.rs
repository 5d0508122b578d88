//! Grammars of time expressions: words and rules, one folder per language.

use crate::grammar::Grammar;

/// A file of a table: its path, after which its rules are named, and its text.
type File = (&'static str, &'static str);

/// The languages that `data/times` has folders for: code, word files, rule files.
const LANGUAGES: &[(&str, &[File], &[File])] = include!(concat!(env!("OUT_DIR"), "/time_languages.rs"));

/// Time expressions by language.
#[derive(Debug)]
pub struct Times {
    grammars: Vec<(&'static str, Grammar)>,
    none: Grammar,
}

impl Times {
    /// The tables that ship with the program.
    pub(crate) fn load() -> Self {
        let grammars = LANGUAGES.iter().map(|(code, words, rules)| (*code, grammar(words, rules)));
        Self { grammars: grammars.collect(), none: Grammar::default() }
    }

    /// The words and rules of a language (ISO 639-1); those of English where it is not known or has none.
    pub fn of(&self, language: Option<&str>) -> &Grammar {
        let find = |code: &str| self.grammars.iter().find(|(known, _)| *known == code).map(|(_, g)| g);
        language.and_then(find).or_else(|| find("en")).unwrap_or(&self.none)
    }

    /// Whether a language has tables of its own.
    pub fn has(&self, language: &str) -> bool {
        self.grammars.iter().any(|(code, _)| *code == language)
    }

    /// Every language with its words and rules.
    pub fn all(&self) -> impl Iterator<Item = (&'static str, &Grammar)> {
        self.grammars.iter().map(|(code, grammar)| (*code, grammar))
    }
}

fn grammar(words: &[File], rules: &[File]) -> Grammar {
    let mut grammar = Grammar::read(words, rules);
    grammar.fill(include_str!("../data/times/feasts.txt"));
    grammar
}
