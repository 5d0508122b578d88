//! What articles have to do with one another: entities, copies, stories, utterances, claims.

mod claims;
mod cluster;
mod copies;
mod credits;
mod dates;
mod entities;
mod identity;
mod moment;
mod naming;
mod nearness;
mod parting;
mod partners;
mod rewording;
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
use record::{Copy, KnownStory, Links, Published, Report, Story};

/// Dates for undated reports, from dated reports of the same story that they align with (one entry a report).
pub fn dates(reports: &[Report], _encoder: &Encoder, lexicon: &Lexicon) -> Vec<Option<Published>> {
    dates::dates(reports, lexicon)
}

/// Which reports belong together. Every report is in exactly one story.
pub fn stories(reports: &[Report], encoder: &Encoder, lexicon: &Lexicon) -> Vec<Story> {
    continued(reports, &[], encoder, lexicon)
}

/// The same after an earlier run: stories that continue a known one have its id, and all say which they come from.
pub fn continued(
    reports: &[Report],
    known: &[KnownStory],
    _encoder: &Encoder,
    lexicon: &Lexicon,
) -> Vec<Story> {
    stories::stories(reports, known, lexicon)
}

/// Pairs of reports that share text, in input order, with who probably copied whom.
pub fn copies(reports: &[Report], lexicon: &Lexicon) -> Vec<Copy> {
    copies::copies(reports, &credited(reports, lexicon), lexicon)
}

fn credited(reports: &[Report], lexicon: &Lexicon) -> Vec<credits::Credits> {
    reports.iter().map(|r| credits::credits(r, lexicon)).collect()
}

/// Why two values, each meant by words of a report, are or are not set against each other: lines for people.
pub fn explain(reports: &[Report], words: [&str; 2], encoder: &Encoder, lexicon: &Lexicon) -> Vec<String> {
    let (entities, stories) = (entities::entities(reports, lexicon), stories(reports, encoder, lexicon));
    let links = Links { entities, stories, ..Links::default() };
    claims::explain(reports, &links, words, encoder, lexicon)
}

/// Everything that holds between the reports of one story.
pub fn links(reports: &[Report], encoder: &Encoder, lexicon: &Lexicon) -> Links {
    let credits = credited(reports, lexicon);
    let copies = copies::copies(reports, &credits, lexicon);
    let entities = entities::entities(reports, lexicon);
    let stories = stories(reports, encoder, lexicon);
    let links = Links { entities, copies, stories, ..Links::default() };
    let utterances = utterances::utterances(reports, &links, encoder, lexicon);
    let origins = credits::Origins::of(&credits, &links.copies);
    let claims = claims::claims(reports, &links, &origins, encoder, lexicon);
    Links { utterances, claims, ..links }
}
