//! What editors do to a text that they take over.

use super::Random;
use std::collections::BTreeMap;

/// A way of editing: its name, and the edit.
pub type Edit = (&'static str, fn(&str, &mut Random) -> String);

/// All ways of editing, from the mildest on.
pub const EDITS: [Edit; 12] = [
    ("header and footer", |text, random| {
        let head = filler(random).to_uppercase();
        format!("{head}\n\n{text}\n\nRead more at the Harbour News. All rights reserved.")
    }),
    ("new lead", |text, random| with_lead(&sentences(text)[1..].concat(), random)),
    ("cut to half", |text, _| part(text, 0, 2)),
    ("cut to a third, new lead", |text, random| with_lead(&part(text, 0, 3), random)),
    ("every third sentence left out", |text, _| {
        sentences(text).iter().enumerate().filter(|(i, _)| i % 3 != 2).map(|(_, s)| *s).collect()
    }),
    ("sentences shuffled", |text, random| shuffled(text, random)),
    ("inside a longer text", |text, random| {
        let before: String = (0..12).map(|_| filler(random)).collect();
        format!("{before}{text} {}", filler(random))
    }),
    ("words replaced", |text, random| replaced(text, 60, random)),
    ("a third translated back", |text, random| translated(text, 33, random)),
    ("two thirds translated back", |text, random| translated(text, 66, random)),
    ("all translated back", |text, random| translated(text, 100, random)),
    ("first half, all translated back, new lead", |text, random| {
        with_lead(&translated(&part(text, 0, 2), 100, random), random)
    }),
];

/// Pieces that end after a full stop and a blank, or after a line break.
fn sentences(text: &str) -> Vec<&str> {
    let lines = text.split_inclusive('\n');
    lines.flat_map(|line| line.split_inclusive(". ")).collect()
}

fn with_lead(rest: &str, random: &mut Random) -> String {
    format!("{}{}{rest}", filler(random), filler(random))
}

/// A sentence of a dozen words that no other text has.
fn filler(random: &mut Random) -> String {
    let words: Vec<&str> = synonyms().into_keys().collect();
    let sentence: Vec<&str> = (0..12).map(|_| words[random.below(words.len())]).collect();
    format!("The {}. ", sentence.join(" "))
}

fn part(text: &str, from: usize, of: usize) -> String {
    let sentences = sentences(text);
    let size = sentences.len().div_ceil(of);
    sentences[from * size..((from + 1) * size).min(sentences.len())].concat()
}

fn shuffled(text: &str, random: &mut Random) -> String {
    let mut sentences: Vec<String> = sentences(text).iter().map(|s| format!("{} ", s.trim())).collect();
    for i in (1..sentences.len()).rev() {
        sentences.swap(i, random.below(i + 1));
    }
    sentences.concat()
}

/// So many hundredths of the words that have a synonym are replaced by it.
fn replaced(text: &str, hundredths: usize, random: &mut Random) -> String {
    let synonyms = synonyms();
    let swap = |word: &str| {
        let core = word.trim_matches(|c: char| !c.is_alphanumeric());
        match synonyms.get(core.to_lowercase().as_str()) {
            Some(other) if random.chance(hundredths) => word.replacen(core, other, 1),
            _ => word.to_owned(),
        }
    };
    text.split_inclusive(char::is_whitespace).map(swap).collect()
}

/// So many hundredths of the sentences as they come back from another language: nearly every word that has a
/// synonym is another, articles come and go, the parts around the first comma change places.
fn translated(text: &str, hundredths: usize, random: &mut Random) -> String {
    let pieces = sentences(text);
    let back = |piece: &str| {
        if random.chance(hundredths) { reworded(piece, random) } else { piece.to_owned() }
    };
    pieces.into_iter().map(back).collect()
}

fn reworded(sentence: &str, random: &mut Random) -> String {
    let body = sentence.trim_end();
    let end = &sentence[body.len()..];
    let turned = match body.trim_end_matches('.').split_once(", ") {
        Some((first, second)) if second.len() > 20 => format!("{second}, {first}."),
        _ => body.to_owned(),
    };
    let mut words = Vec::new();
    for word in replaced(&turned, 90, random).split_whitespace() {
        match word {
            "the" | "a" | "an" if random.chance(40) => {}
            "of" if random.chance(30) => words.push("from".to_owned()),
            "in" | "on" if random.chance(50) => words.push("at".to_owned()),
            "and" if random.chance(40) => words.push("as well as".to_owned()),
            "to" if random.chance(30) => words.push("in order to".to_owned()),
            "that" if random.chance(50) => {}
            word => words.push(word.to_owned()),
        }
    }
    words.join(" ") + if end.is_empty() { " " } else { end }
}

fn synonyms() -> BTreeMap<&'static str, &'static str> {
    let lines = include_str!("synonyms.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(' ')).collect()
}
