//! Text to reading: tokens, sentences, tags, tree, names, attribution pieces, times, quantities.

mod attribution;
mod dates;
mod grammar;
mod lemmas;
mod names;
mod quantities;
mod quotes;
mod reading;
mod sentences;
mod times;
mod tokens;
mod tree;
mod viterbi;
mod windows;

use encoder::Encoder;
use lexicon::Lexicon;
use record::{Article, Layer, Published, Quantity, Reading, Time};

/// Reads texts: everything of [`Reading`] but times and quantities. Windows of all texts are computed together.
pub fn readings(texts: &[&str], encoder: &Encoder, lexicon: &Lexicon) -> Vec<Reading> {
    reading::readings(texts, encoder, lexicon)
}

/// English time expressions; values that need a document date are resolved against `anchor` (ISO 8601) if there is one.
pub fn times(text: &str, reading: &Reading, lexicon: &Lexicon, anchor: Option<&str>) -> Layer<Time> {
    times_in(None, text, reading, lexicon, anchor)
}

/// The same in a language (ISO 639-1) that has tables; in English where it has none.
pub fn times_in(
    language: Option<&str>,
    text: &str,
    reading: &Reading,
    lexicon: &Lexicon,
    anchor: Option<&str>,
) -> Layer<Time> {
    let cut = grammar::Cut::new(text, lexicon.times.of(language));
    times::resolved(
        &times::expressions(&cut, readable(language, lexicon, reading, &Reading::default())),
        anchor,
    )
}

/// The model reads English: of another language its trees tell nothing about tense.
fn readable<'r>(
    language: Option<&str>,
    lexicon: &Lexicon,
    reading: &'r Reading,
    none: &'r Reading,
) -> &'r Reading {
    if language.is_some_and(|code| code != "en" && lexicon.times.has(code)) { none } else { reading }
}

/// Numbers with what they count or measure. Parts of time expressions (`reading.times`) are left out.
pub fn quantities(text: &str, reading: &Reading, lexicon: &Lexicon) -> Layer<Quantity> {
    quantities::quantities(&grammar::Cut::new(text, &lexicon.units.grammar), reading)
}

/// The publication date that is believed, and remarks where a label is not. Reads the time expressions itself: what
/// they mean before they have a date to be set against.
pub fn published(
    article: &Article,
    reading: &Reading,
    lexicon: &Lexicon,
) -> (Option<Published>, Vec<String>) {
    let language = article.language.as_deref();
    let grammar = lexicon.times.of(language);
    let cut = grammar::Cut::new(&article.text, grammar);
    let none = Reading::default();
    let expressions = times::expressions(&cut, readable(language, lexicon, reading, &none));
    dates::published(article, &expressions, grammar)
}
