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
    Report {
        article,
        published: None,
        reading: Reading::default(),
        findings: Findings::default(),
        notes: Vec::new(),
    }
}

/// A named referent.
pub(crate) fn named(name: &str, kind: record::ReferentKind) -> record::Referent {
    record::Referent {
        name: name.to_owned(),
        kind,
        names: vec![name.to_owned()],
        named: true,
        represents: None,
        role: None,
        wikidata: None,
    }
}
