//! What articles have to do with one another: entities, copies, stories, utterances, claims.

use encoder::Encoder;
use lexicon::Lexicon;
use record::{Links, Published, Report, Story};

/// Dates for undated reports, from dated reports of the same story that they align with (one entry a report).
pub fn dates(reports: &[Report], _encoder: &Encoder, _lexicon: &Lexicon) -> Vec<Option<Published>> {
    reports.iter().map(|_| None).collect()
}

/// Which reports belong together. Every report is in exactly one story.
pub fn stories(_reports: &[Report], _encoder: &Encoder, _lexicon: &Lexicon) -> Vec<Story> {
    Vec::new()
}

/// Everything that holds between the reports of one story.
pub fn links(_reports: &[Report], _encoder: &Encoder, _lexicon: &Lexicon) -> Links {
    Links::default()
}
