//! How well copies are found: `cargo run --release -p link --example copies -- FOLDER`.
//!
//! Takes the `.txt` files below a folder as articles and adds copies edited in seven ways. True pairs are the copies
//! with their originals and with each other, and natural pairs: articles of which one holds a quarter of the other's
//! word 8-grams, counted by comparing all with all.

#![allow(clippy::print_stdout, clippy::disallowed_methods, clippy::disallowed_types)]

use lexicon::Lexicon;
use record::{Article, Findings, Reading, Report};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Share of the shorter text's 8-grams from which two texts are a pair by nature.
const CONTAINED: f64 = 0.25;
/// Words of an article that is edited.
const WORDS: usize = 80;

fn main() {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    let mut texts = Vec::new();
    read(Path::new(&folder), &mut texts);
    let natural = texts.len();
    let mut edited: Vec<(usize, &str)> = vec![(0, ""); 0];
    let mut made: Vec<String> = Vec::new();
    for (i, text) in texts.iter().enumerate().filter(|(_, text)| text.split_whitespace().count() >= WORDS) {
        let (how, copy) = edit(i, text);
        edited.push((i, how));
        made.push(copy);
    }
    texts.extend(made);
    let reports: Vec<Report> = texts.iter().map(|text| report(text.clone())).collect();
    let found: BTreeSet<(usize, usize)> = link::copies(&reports, &Lexicon::load())
        .iter()
        .map(|copy| (copy.articles[0].0 as usize, copy.articles[1].0 as usize))
        .collect();
    let grams: Vec<BTreeSet<u64>> = texts.iter().map(|text| grams(text)).collect();
    let shared = |a: usize, b: usize| {
        let common = grams[a].intersection(&grams[b]).count() as f64;
        common / grams[a].len().min(grams[b].len()).max(1) as f64
    };
    let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let (mut right, mut all) = (0, 0);
    for a in 0..texts.len() {
        for b in a + 1..texts.len() {
            let own =
                b.checked_sub(natural).and_then(|e| edited.get(e)).filter(|(original, _)| *original == a);
            let alike = shared(a, b) >= CONTAINED;
            let kind = match own {
                Some((_, how)) => *how,
                None if b < natural && alike => "natural",
                None if alike => "copy of a copy",
                None => continue,
            };
            let entry = kinds.entry(kind).or_default();
            *entry = (entry.0 + 1, entry.1 + usize::from(found.contains(&(a, b))));
        }
    }
    for (kind, (n, hit)) in &kinds {
        println!("{kind}: {hit} of {n} found");
        (right, all) = (right + hit, all + n);
    }
    // What is found although neither made nor a pair by nature shares at least a passage; count those without any 8-gram in common.
    let wrong = found.iter().filter(|(a, b)| shared(*a, *b) < 0.02).count();
    println!("recall {:.3} ({right} of {all})", right as f64 / all.max(1) as f64);
    println!("precision {:.3} ({} pairs found)", 1.0 - wrong as f64 / found.len().max(1) as f64, found.len());
}

/// One of seven edits, by the number of the article.
fn edit(number: usize, text: &str) -> (&'static str, String) {
    let sentences: Vec<&str> = text.split_inclusive(". ").collect();
    let n = sentences.len();
    match number % 7 {
        0 => ("cut to half", sentences[..n.div_ceil(2)].concat()),
        1 => (
            "new lead",
            format!(
                "A day after the news broke, this is what is known so far in Lomara. {}",
                sentences[1.min(n - 1)..].concat()
            ),
        ),
        2 => (
            "header and footer",
            format!("HARBOUR NEWS | Latest\n\n{text}\n\nRead more at the Harbour News. All rights reserved."),
        ),
        3 => ("sentences turned round", sentences.iter().rev().copied().collect()),
        4 => ("words replaced", swapped(text)),
        5 => (
            "every fourth sentence left out",
            sentences.iter().enumerate().filter(|(i, _)| i % 4 != 3).map(|(_, s)| *s).collect(),
        ),
        _ => (
            "inside a longer text",
            format!(
                "{} {text}",
                "The council of Lomara met again on the harbour wall and put off its vote once more. "
                    .repeat(3)
            ),
        ),
    }
}

/// The text with common words replaced by others of one meaning.
fn swapped(text: &str) -> String {
    const PAIRS: [(&str, &str); 12] = [
        (" said", " stated"),
        (" people", " persons"),
        (" about ", " around "),
        (" police", " officers"),
        (" killed", " slain"),
        (" began", " started"),
        (" also ", " moreover "),
        (" after ", " following "),
        (" big ", " large "),
        (" several", " a number of"),
        (" home", " house"),
        (" near ", " close to "),
    ];
    PAIRS.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

fn grams(text: &str) -> BTreeSet<u64> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.windows(8).map(|gram| xxhash_rust::xxh3::xxh3_64(gram.join(" ").as_bytes())).collect()
}

fn read(folder: &Path, texts: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            read(&path, texts);
        } else if path.extension().is_some_and(|e| e == "txt") {
            texts.extend(std::fs::read_to_string(&path).ok());
        }
    }
}

fn report(text: String) -> Report {
    let (reading, findings) = (Reading::default(), Findings::default());
    Report { article: Article::of_text("", &text), published: None, reading, findings, notes: Vec::new() }
}
