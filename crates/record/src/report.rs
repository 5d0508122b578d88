//! One article with everything known of it.

use crate::{Article, Basis, Findings, Published, Reading};

/// An article, read: the unit that is linked, stored and shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// As it came in.
    pub article: Article,
    /// The publication date that is believed, which may differ from the label in `article.published`.
    pub published: Option<Published>,
    /// What its words are.
    pub reading: Reading,
    /// What it says.
    pub findings: Findings,
    /// Remarks of the stages (a label contradicted by the text, and the like), after those of the article.
    pub notes: Vec<String>,
}

impl Report {
    /// The text.
    pub fn text(&self) -> &str {
        &self.article.text
    }

    /// Whether the date was taken from other reports.
    pub fn is_aligned(&self) -> bool {
        self.published.as_ref().is_some_and(|p| p.basis == Basis::Aligned)
    }
}
