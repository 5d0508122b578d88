//! What articles have to do with one another: entities, copies, stories, utterances, claims.

mod claims;
mod cluster;
mod copies;
mod credits;
mod dates;
mod entities;
mod moment;
mod naming;
mod shingles;
mod stories;
#[cfg(test)]
mod testing;
mod tfidf;
mod utterances;
mod voices;
mod words;

use encoder::Encoder;
use lexicon::Lexicon;
use record::{Links, Published, Report, Story};

/// Dates for undated reports, from dated reports of the same story that they align with (one entry a report).
pub fn dates(reports: &[Report], _encoder: &Encoder, lexicon: &Lexicon) -> Vec<Option<Published>> {
    dates::dates(reports, lexicon)
}

/// Which reports belong together. Every report is in exactly one story.
pub fn stories(reports: &[Report], _encoder: &Encoder, lexicon: &Lexicon) -> Vec<Story> {
    stories::stories(reports, lexicon)
}

/// Everything that holds between the reports of one story.
pub fn links(reports: &[Report], encoder: &Encoder, lexicon: &Lexicon) -> Links {
    let credits: Vec<credits::Credits> = reports.iter().map(|r| credits::credits(r, lexicon)).collect();
    let copies = copies::copies(reports, &credits, lexicon);
    let entities = entities::entities(reports, lexicon);
    let stories = stories(reports, encoder, lexicon);
    let links = Links { entities, copies, stories, ..Links::default() };
    let utterances = utterances::utterances(reports, &links, encoder, lexicon);
    let origins = credits::Origins::of(&credits, &links.copies);
    let claims = claims::claims(reports, &links, &origins, encoder, lexicon);
    Links { utterances, claims, ..links }
}
