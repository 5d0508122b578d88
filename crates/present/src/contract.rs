//! The record format (`extract`, `compare`, `stories`): one JSON object a line, the field `kind` first.
//!
//! Offsets are Unicode code points of the article's text, end exclusive (the unit of the W3C Web
//! Annotation `TextPositionSelector`); `quote` always equals `text[start:end]`. An unknown is `null`.

mod quote;
mod relations;
mod report;

pub use quote::{CodePoints, Quote};

use quote::Source;
use record::{Article, Links, Report, Story};
use serde::Serialize;

/// Version of the record format.
pub const FORMAT: u32 = 1;

/// The lines of one report: the article, its mentions, entities, times, statements and events.
pub fn extract(report: &Report) -> String {
    let mut lines = Lines::default();
    report::write(report, &mut lines);
    lines.0
}

/// The lines of kind `features` of one report: for each statement, what its confidence is computed from.
pub fn features(report: &Report, features: &[Vec<(&'static str, f32)>]) -> String {
    let mut lines = Lines::default();
    report::features(report, features, &mut lines);
    lines.0
}

/// The lines of a comparison: claims, utterances, copies.
pub fn compare(reports: &[Report], links: &Links) -> String {
    let mut lines = Lines::default();
    let sources: Vec<Source<'_>> = reports.iter().map(Source::new).collect();
    relations::write(&sources, links, &mut lines);
    lines.0
}

/// The lines of a grouping into stories.
pub fn stories(reports: &[Report], stories: &[Story]) -> String {
    let mut lines = Lines::default();
    for story in stories {
        lines.push(&relations::story(reports, story));
    }
    lines.0
}

/// Id of a referent of one article, the same in every line and every command: `3f2a9c01d4e5-r1`.
fn entity_id(article: &Article, index: u32) -> String {
    let id = article.id.to_string();
    format!("{}-r{}", id.get(..12).unwrap_or(&id), index + 1)
}

/// JSON Lines under construction.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn push(&mut self, value: &impl Serialize) {
        // Plain structs of strings and numbers: serialisation cannot fail.
        if let Ok(line) = serde_json::to_string(value) {
            self.0.push_str(&line);
            self.0.push('\n');
        }
    }
}

/// A share or chance, rounded to three places so that it is written the same everywhere.
fn rounded(value: f32) -> Option<f64> {
    value.is_finite().then(|| (f64::from(value) * 1000.0).round() / 1000.0)
}

#[cfg(test)]
mod tests;
