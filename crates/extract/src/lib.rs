//! What one article says: who is mentioned, who said what, what happened.

use lexicon::Lexicon;
use record::{Article, Findings, Published, Reading};

/// Findings of one article.
pub fn findings(
    _article: &Article,
    _published: Option<&Published>,
    _reading: &Reading,
    _lexicon: &Lexicon,
) -> Findings {
    Findings::default()
}
