//! Words, gazetteers and rule files. The sources are commented text files beside the code that reads them,
//! compiled into the program; each names where its facts come from.

/// All words and rules, loaded once and passed to the stages.
#[derive(Debug, Default)]
pub struct Lexicon {}

impl Lexicon {
    /// The words that ship with the program.
    pub fn load() -> Self {
        Self::default()
    }
}
