//! Words, gazetteers and rule files. The sources are commented text files beside the code that reads them,
//! compiled into the program; each names where its facts come from.

mod lines;
pub mod tokens;

/// All words and rules, loaded once and passed to the stages.
#[derive(Debug)]
pub struct Lexicon {
    /// What decides where a word ends.
    pub tokens: tokens::TokenWords,
}

impl Lexicon {
    /// The words that ship with the program.
    pub fn load() -> Self {
        Self { tokens: tokens::TokenWords::load() }
    }
}

impl Default for Lexicon {
    fn default() -> Self {
        Self::load()
    }
}
