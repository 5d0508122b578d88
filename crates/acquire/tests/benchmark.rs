//! The body of news pages against article-extraction-benchmark (Zyte, 2020): the extractor is somebody else's and
//! may change. The measure is that repository's: multisets of shingles of four words, means over the pages.
// Tests may read files and say that they are skipped; the crate may not.
#![allow(clippy::disallowed_methods, clippy::print_stderr)]

use acquire::{Format, acquire};
use lexicon::Lexicon;
use record::{Article, Span};
use std::collections::BTreeMap;
use std::path::PathBuf;

const FLOOR: f64 = 0.95;

#[test]
fn bodies_of_news_pages() {
    let data =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/article-extraction-benchmark");
    let Ok(truth) = std::fs::read(data.join("ground-truth.json")) else {
        eprintln!("skipped: no ../shared beside the repository");
        return;
    };
    let truth: BTreeMap<String, serde_json::Value> = serde_json::from_slice(&truth).expect("ground truth");
    let lexicon = Lexicon::load();
    let (mut precision, mut recall) = (0.0, 0.0);
    for (page, wanted) in &truth {
        let bytes = std::fs::read(data.join(format!("html/{page}.html.gz"))).expect("a page");
        let found = acquire(page, &bytes, Format::Html, &lexicon);
        let found = found.articles.first().map(body).unwrap_or_default();
        let (p, r) = compare(wanted["articleBody"].as_str().unwrap_or_default(), &found);
        (precision, recall) = (precision + p, recall + r);
    }
    let (precision, recall) = (precision / truth.len() as f64, recall / truth.len() as f64);
    let f1 = 2.0 * precision * recall / (precision + recall);
    assert!(f1 >= FLOOR, "F1 {f1:.4} (P {precision:.4}, R {recall:.4}) is below {FLOOR}");
}

/// The text without its title and what is marked as no prose.
fn body(article: &Article) -> String {
    let title = article.title.iter().filter_map(|title| title.span);
    let mut out: Vec<Span> = article.boilerplate.iter().map(|(span, _)| span).chain(title).collect();
    out.sort();
    let (mut kept, mut from) = (String::new(), 0);
    for span in out {
        kept.push_str(&article.text[from..span.start as usize]);
        kept.push('\n');
        from = span.end as usize;
    }
    kept + &article.text[from..]
}

fn shingles(text: &str) -> BTreeMap<Vec<&str>, usize> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|w| !w.is_empty()).collect();
    let mut counts = BTreeMap::new();
    for shingle in words.windows(words.len().clamp(1, 4)) {
        *counts.entry(shingle.to_vec()).or_default() += 1;
    }
    counts
}

/// Precision and recall of one page.
fn compare(wanted: &str, found: &str) -> (f64, f64) {
    let (wanted, found) = (shingles(wanted), shingles(found));
    let size = |counts: &BTreeMap<Vec<&str>, usize>| counts.values().sum::<usize>().max(1) as f64;
    let shared: usize = wanted.iter().map(|(s, n)| found.get(s).map_or(0, |m| *n.min(m))).sum();
    (shared as f64 / size(&found), shared as f64 / size(&wanted))
}
