//! Reports made by hand, for the tests of this crate.

use record::{Article, ArticleId, Findings, Layer, Reading, Report};

/// A report that is only text.
pub(crate) fn report(text: &str) -> Report {
    let article = Article {
        id: ArticleId::of(&[text]),
        source: String::new(),
        source_id: None,
        text: text.to_owned(),
        title: None,
        outlet: None,
        author: None,
        url: None,
        language: None,
        published: None,
        updated: None,
        boilerplate: Layer::default(),
        notes: Vec::new(),
    };
    Report { article, published: None, reading: Reading::default(), findings: Findings::default(), notes: Vec::new() }
}
