//! What a careful reader finds in a whole article: `corpus/golden/*.truth`, measured against what the program says.
//!
//! Every statement and time expression of the article is listed, in the form of expectations:
//! `statement: content="…" speaker="…" act=…` and `time: quote="…" value=…`.

use super::expect::{Expectation, Field};
use super::{Said, article, files, read};
use anyhow::Context;
use onrecord::Engine;
use serde_json::Value;
use std::collections::BTreeMap;
use std::ops::Range;

/// Right, found, expected.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Count {
    pub(crate) right: usize,
    pub(crate) found: usize,
    pub(crate) expected: usize,
}

impl Count {
    /// Harmonic mean of precision and recall; the share of right ones where `found` = `expected`.
    pub(crate) fn f1(self) -> f64 {
        let sum = self.found + self.expected;
        if sum == 0 { 0.0 } else { 2.0 * self.right as f64 / sum as f64 }
    }

    fn one(&mut self, right: bool) {
        *self = Self {
            right: self.right + usize::from(right),
            found: self.found + 1,
            expected: self.expected + 1,
        };
    }
}

/// Measures by name over all articles with a truth file.
pub(crate) fn measure(engine: &Engine) -> anyhow::Result<BTreeMap<&'static str, Count>> {
    let mut counts = BTreeMap::new();
    for path in files("golden", "truth")? {
        let input = article(&path.with_extension("txt"))?;
        let text = String::from_utf8_lossy(&input.bytes).into_owned();
        let said = Said::of(engine, &[input])?;
        let truth = parse(&read(&path)?).with_context(|| path.display().to_string())?;
        statements(&text, &said, &truth, &mut counts).with_context(|| path.display().to_string())?;
        times(&said, &truth, &mut counts);
    }
    Ok(counts)
}

fn parse(text: &str) -> anyhow::Result<Vec<Expectation>> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines.map(|(n, line)| Expectation::parse(line).with_context(|| format!("line {}", n + 1))).collect()
}

/// A statement is found if half of the joint characters of both contents are shared; each once, in order.
fn statements(
    text: &str,
    said: &Said,
    truth: &[Expectation],
    counts: &mut BTreeMap<&'static str, Count>,
) -> anyhow::Result<()> {
    let mut found: Vec<&Value> = said.of_kind("statement").collect();
    counts.entry("statements").or_default().found += found.len();
    for expectation in truth.iter().filter(|e| e.kind == "statement") {
        counts.entry("statements").or_default().expected += 1;
        let wanted = places(text, expectation)?;
        let Some(at) = found.iter().position(|line| 2 * shared(&wanted, line) >= joint(&wanted, line)) else {
            continue;
        };
        let line = found.remove(at);
        counts.entry("statements").or_default().right += 1;
        for field in expectation.fields.iter().filter(|f| f.path != "content") {
            if let Some(name) = measured(field) {
                counts.entry(name).or_default().one(field.fits(line));
            }
        }
    }
    Ok(())
}

fn measured(field: &Field) -> Option<&'static str> {
    ["speaker", "act", "condition", "addressee", "form"]
        .into_iter()
        .find(|name| field.path.split('.').next() == Some(name))
}

fn times(said: &Said, truth: &[Expectation], counts: &mut BTreeMap<&'static str, Count>) {
    let mut found: Vec<&Value> = said.of_kind("time").collect();
    counts.entry("times").or_default().found += found.len();
    for expectation in truth.iter().filter(|e| e.kind == "time") {
        let count = counts.entry("times").or_default();
        count.expected += 1;
        if let Some(at) = found.iter().position(|line| expectation.fields.iter().all(|f| f.fits(line))) {
            found.remove(at);
            count.right += 1;
        }
    }
}

/// Code points of the pieces of a content; pieces are separated by ` … `.
fn places(text: &str, expectation: &Expectation) -> anyhow::Result<Vec<Range<usize>>> {
    let content =
        expectation.fields.iter().find(|f| f.path == "content").context("a statement without content")?;
    content.wanted.split(" … ").map(|piece| place(text, piece)).collect()
}

fn place(text: &str, piece: &str) -> anyhow::Result<Range<usize>> {
    let at = text.find(piece).with_context(|| format!("the article does not hold “{piece}”"))?;
    let start = text[..at].chars().count();
    Ok(start..start + piece.chars().count())
}

fn ranges(line: &Value) -> Vec<Range<usize>> {
    let number = |value: &Value| value.as_u64().unwrap_or_default() as usize;
    let items = line["content"].as_array().map(Vec::as_slice).unwrap_or_default();
    items.iter().map(|span| number(&span["start"])..number(&span["end"])).collect()
}

fn shared(wanted: &[Range<usize>], line: &Value) -> usize {
    let overlap = |a: &Range<usize>, b: &Range<usize>| a.end.min(b.end).saturating_sub(a.start.max(b.start));
    ranges(line).iter().map(|b| wanted.iter().map(|a| overlap(a, b)).sum::<usize>()).sum()
}

fn joint(wanted: &[Range<usize>], line: &Value) -> usize {
    wanted.iter().chain(&ranges(line)).map(ExactSizeIterator::len).sum::<usize>() - shared(wanted, line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_statement_counts_if_half_of_the_words_are_shared() {
        let text = "“Ünten,” he said. She left.";
        let said = Said {
            lines: vec![json!({"kind": "statement", "act": "deny", "content": [{"start": 1, "end": 7}]})],
        };
        let mut counts = BTreeMap::new();
        let truth =
            parse("statement: content=\"Ünten\" act=assert\nstatement: content=\"She left\" act=deny")
                .expect("well formed");
        statements(text, &said, &truth, &mut counts).expect("places are found");
        assert_eq!(counts["statements"], Count { right: 1, found: 1, expected: 2 });
        assert_eq!(counts["act"], Count { right: 0, found: 1, expected: 1 });
    }

    #[test]
    fn a_truth_that_the_article_does_not_hold_is_refused() {
        let truth = parse("statement: content=\"absent\"").expect("well formed");
        let said = Said { lines: Vec::new() };
        assert!(statements("text", &said, &truth, &mut BTreeMap::new()).is_err());
    }
}
