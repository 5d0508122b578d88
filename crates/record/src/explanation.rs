//! Why a finding is as it is.

use crate::{Span, Statement};

/// What made a statement, for people who want to check it.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The statement.
    pub statement: Statement,
    /// What fired, in order: rule or model, links, speaker, act, form, confidence.
    pub fired: Vec<String>,
    /// Whom the source could mean, best first, with scores; the first is the one chosen.
    pub candidates: Vec<(String, f32)>,
    /// The tokens of the sentences it touches.
    pub tree: Vec<TreeLine>,
}

/// One token of a sentence and its place in the tree.
#[derive(Clone, Debug)]
pub struct TreeLine {
    /// Number within the article.
    pub token: usize,
    /// Where it stands.
    pub span: Span,
    /// Universal and English part of speech.
    pub tags: String,
    /// Lemma.
    pub lemma: String,
    /// Relation to the governing token.
    pub relation: &'static str,
    /// The governing token.
    pub head: Option<usize>,
    /// What the model marks it as: source, cue, content.
    pub mark: Option<&'static str>,
    /// Part of the statement it belongs to.
    pub part: Option<&'static str>,
}
