//! How well copies are found: `cargo run --release -p link --example copies -- FOLDER [STORIES.tsv] [--list]`.
//!
//! Takes the `.txt` files below a folder as articles and adds two edited copies of each that has 80 words (the edits are
//! in `made/edits.rs`). What is true is counted apart from the program, from runs of plain words:
//! - pairs to be found: each copy with its original, and pairs of articles of which the shorter has half of its 8-grams in
//!   the other (those with a quarter to a half, or with one passage, are told beside them);
//! - pairs found rightly: those, pairs with a quarter of the 8-grams, pairs of one family (copies of one article, or of
//!   articles that are such a pair), and pairs that have, or whose originals have, a passage in common: 14 words in a row
//!   outside quotation marks. All other pairs are errors. `--list` names them.
//!
//! The length of a passage is a measured one. The second file names the story of each article, one a line: `NAME<tab>STORY`. Articles of
//! two stories are surely no copies, though the events may be alike; how long the runs are that they have in common, and how
//! many of them are found nevertheless, is told last.

#![allow(clippy::print_stdout, clippy::disallowed_methods, clippy::disallowed_types)]

mod made;

use lexicon::Lexicon;
use made::{Random, edits::EDITS};
use record::{Copy, CopyRelation, Report};
use std::collections::{BTreeMap, BTreeSet};

/// Words of an article that is edited.
const WORDS: usize = 80;
/// Edited copies of each.
const COPIES: usize = 2;
/// Words of the runs that two texts are compared by.
const GRAM: usize = 8;
/// Words in a row outside quotation marks that are copied: none of 293,115 pairs of reports of two events, 4,566 of them of
/// similar events, has as many.
const PASSAGE: usize = 14;

fn main() {
    let (options, arguments): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let corpus = Corpus::of(made::texts(arguments.first().map_or(".", String::as_str)));
    let reports: Vec<Report> = corpus.texts.iter().map(|(_, text)| made::report(text)).collect();
    let found = link::copies(&reports, &Lexicon::load());
    recall(&corpus, &found);
    precision(&corpus, &found, options.iter().any(|option| option == "--list"));
    if let Some(stories) = arguments.get(1) {
        apart(&corpus, &found, &std::fs::read_to_string(stories).unwrap_or_default());
    }
}

/// Articles, copies after the originals, with what is true of them.
struct Corpus {
    texts: Vec<(String, String)>,
    /// For each made copy its original and the edit.
    made: Vec<(usize, &'static str)>,
    natural: usize,
    /// Share of the shorter text's 8-grams, for all pairs that share one.
    shares: BTreeMap<(usize, usize), f64>,
    /// Pairs that have a passage in common.
    passages: BTreeSet<(usize, usize)>,
    family: Vec<usize>,
}

impl Corpus {
    fn of(mut texts: Vec<(String, String)>) -> Self {
        let (natural, mut random, mut made) = (texts.len(), Random(7), Vec::new());
        for i in (0..natural).filter(|&i| texts[i].1.split_whitespace().count() >= WORDS).collect::<Vec<_>>()
        {
            for copy in 0..COPIES {
                let (name, edit) = EDITS[(i + copy * (EDITS.len() / COPIES)) % EDITS.len()];
                texts.push((format!("{} {name}", texts[i].0), edit(&texts[i].1, &mut random)));
                made.push((i, name));
            }
        }
        let shares = shares(&texts);
        let mut family: Vec<usize> = (0..texts.len()).collect();
        let pairs = shares.iter().filter(|(_, share)| **share >= 0.25).map(|(pair, _)| *pair);
        let copied = made.iter().enumerate().map(|(i, (original, _))| (*original, natural + i));
        for (a, b) in pairs.chain(copied) {
            let (a, b) = (root(&family, a), root(&family, b));
            family[a.max(b)] = a.min(b);
        }
        let passages = common(&texts, |text| grams(text, PASSAGE, true)).into_keys().collect();
        Self { texts, made, natural, shares, passages, family }
    }

    fn share(&self, pair: (usize, usize)) -> f64 {
        self.shares.get(&pair).copied().unwrap_or_default()
    }

    /// Whether two texts are of one family or have a passage in common.
    fn is_copy(&self, pair: (usize, usize)) -> bool {
        root(&self.family, pair.0) == root(&self.family, pair.1) || self.passages.contains(&pair)
    }

    /// The articles that two texts were made from.
    fn originals(&self, pair: (usize, usize)) -> (usize, usize) {
        let original = |i: usize| if i < self.natural { i } else { self.made[i - self.natural].0 };
        let (a, b) = (original(pair.0), original(pair.1));
        (a.min(b), a.max(b))
    }
}

fn root(family: &[usize], mut text: usize) -> usize {
    while family[text] != text {
        text = family[text];
    }
    text
}

fn shares(texts: &[(String, String)]) -> BTreeMap<(usize, usize), f64> {
    let sizes: Vec<usize> = texts.iter().map(|(_, text)| grams(text, GRAM, false).len()).collect();
    let shorter = |(a, b): (usize, usize)| sizes[a].min(sizes[b]).max(1);
    let common = common(texts, |text| grams(text, GRAM, false));
    common.into_iter().map(|(pair, n)| (pair, n as f64 / shorter(pair) as f64)).collect()
}

/// For all pairs that share marks how many they share.
fn common(
    texts: &[(String, String)],
    marks: impl Fn(&str) -> BTreeSet<u64>,
) -> BTreeMap<(usize, usize), usize> {
    let mut places: Vec<(u64, usize)> = Vec::new();
    for (i, (_, text)) in texts.iter().enumerate() {
        places.extend(marks(text).into_iter().map(|mark| (mark, i)));
    }
    places.sort_unstable();
    let mut common: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for run in places.chunk_by(|x, y| x.0 == y.0) {
        for (i, x) in run.iter().enumerate() {
            run[i + 1..].iter().for_each(|y| *common.entry((x.1, y.1)).or_default() += 1);
        }
    }
    common
}

/// Hashes of runs of so many words, each once; outside quotation marks only, or all.
fn grams(text: &str, words: usize, told: bool) -> BTreeSet<u64> {
    let pieces = if told { told_pieces(text) } else { vec![text] };
    let mut grams = BTreeSet::new();
    for piece in pieces {
        let plain: Vec<String> = piece
            .split(|c: char| !c.is_alphanumeric() && c != '\'')
            .filter(|w| !w.is_empty())
            .map(str::to_lowercase)
            .collect();
        grams.extend(plain.windows(words).map(|gram| xxhash_rust::xxh3::xxh3_64(gram.join(" ").as_bytes())));
    }
    grams
}

/// The stretches outside quotation marks, line by line; a single mark quotes from a blank on to the next one before a blank.
fn told_pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    for line in text.lines() {
        let (mut open, mut from) = (None, 0);
        for (at, c) in line.char_indices() {
            let before = line[..at].chars().next_back().is_none_or(char::is_whitespace);
            let after = line[at + c.len_utf8()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
            let mark = match c {
                '"' | '“' | '”' | '«' | '»' | '„' => '"',
                '\'' | '‘' | '’' if before && open.is_none() || after && open == Some('\'') => '\'',
                _ => continue,
            };
            match open {
                None => (open, pieces) = (Some(mark), [pieces, vec![&line[from..at]]].concat()),
                Some(opened) if opened == mark => (open, from) = (None, at + c.len_utf8()),
                Some(_) => {}
            }
        }
        if open.is_none() {
            pieces.push(&line[from..]);
        }
    }
    pieces
}

fn pair_of(copy: &Copy) -> (usize, usize) {
    (copy.articles[0].0 as usize, copy.articles[1].0 as usize)
}

fn recall(corpus: &Corpus, found: &[Copy]) {
    let found: BTreeSet<(usize, usize)> = found.iter().map(pair_of).collect();
    // Pairs to find by kind, how many of them are found, and the sum of the 8-grams they share.
    let mut kinds: BTreeMap<&str, (usize, usize, f64)> = BTreeMap::new();
    let mut count = |kind, pair| {
        let entry = kinds.entry(kind).or_default();
        *entry = (entry.0 + 1, entry.1 + usize::from(found.contains(&pair)), entry.2 + corpus.share(pair));
    };
    for (i, (original, edit)) in corpus.made.iter().enumerate() {
        count(edit, (*original, corpus.natural + i));
    }
    let edited: BTreeSet<(usize, usize)> =
        corpus.made.iter().enumerate().map(|(i, (original, _))| (*original, corpus.natural + i)).collect();
    for (pair, share) in corpus.shares.iter().filter(|(pair, _)| !edited.contains(pair)) {
        match (pair.1 < corpus.natural, *share) {
            (true, share) if share >= 0.5 => count("natural, a half and more", *pair),
            (true, share) if share >= 0.25 => count("(natural, a quarter to a half)", *pair),
            (true, _) if corpus.passages.contains(pair) => count("(natural, a passage)", *pair),
            (false, share) if share >= 0.5 => count("copies of one article, a half and more", *pair),
            _ => {}
        }
    }
    println!("kind: found of all, mean share of 8-grams");
    for (kind, (n, hit, share)) in &kinds {
        println!("{kind}: {hit} of {n} ({:.3}), {:.2}", *hit as f64 / *n as f64, share / *n as f64);
    }
    let counted = kinds.iter().filter(|(kind, _)| !kind.starts_with('('));
    let (all, hit) = counted.fold((0, 0), |sum, (_, (n, hit, _))| (sum.0 + n, sum.1 + hit));
    println!("recall {:.4} ({hit} of {all})", hit as f64 / all.max(1) as f64);
}

fn precision(corpus: &Corpus, found: &[Copy], list: bool) {
    let mut tally: BTreeMap<CopyRelation, (usize, usize)> = BTreeMap::new();
    let mut natural = (0, 0);
    for copy in found {
        let (a, b) = pair_of(copy);
        let right = corpus.is_copy((a, b)) || corpus.is_copy(corpus.originals((a, b)));
        if b < corpus.natural {
            natural = (natural.0 + 1, natural.1 + usize::from(right));
        }
        let entry = tally.entry(copy.relation).or_default();
        *entry = (entry.0 + 1, entry.1 + usize::from(right));
        if list && !right {
            let words = |i: usize| corpus.texts[i].1.split_whitespace().count();
            let spans = copy.evidence.iter().filter(|e| e.article == copy.articles[0]);
            println!(
                "wrong: {} ({} words) / {} ({} words): {} {:.2}, 8-grams {:.3}",
                corpus.texts[a].0,
                words(a),
                corpus.texts[b].0,
                words(b),
                copy.relation.as_str(),
                copy.overlap,
                corpus.share((a, b))
            );
            for words in spans.take(3).map(|e| e.span.text(&corpus.texts[a].1)) {
                println!("    {}", words.split_whitespace().collect::<Vec<_>>().join(" "));
            }
        }
    }
    for (relation, (n, right)) in &tally {
        println!("{}: {right} of {n} right", relation.as_str());
    }
    println!("of articles as they are: {} of {} right", natural.1, natural.0);
    let (all, right) = tally.values().fold((0, 0), |sum, (n, right)| (sum.0 + n, sum.1 + right));
    println!("precision {:.4} ({right} of {all})", right as f64 / all.max(1) as f64);
}

/// Articles of two stories: how many words in a row they have in common, and which pairs of them are found.
fn apart(corpus: &Corpus, found: &[Copy], stories: &str) {
    let named: BTreeMap<&str, &str> = stories.lines().filter_map(|line| line.split_once('\t')).collect();
    let story = |i: usize| named.get(corpus.texts[i].0.as_str()).filter(|_| i < corpus.natural);
    let apart = |(a, b): (usize, usize)| story(a).zip(story(b)).is_some_and(|(a, b)| a != b);
    let known: Vec<usize> = (0..corpus.natural).filter(|&i| story(i).is_some()).collect();
    let pairs = known.iter().enumerate();
    let all: usize = pairs.map(|(i, &a)| known[i + 1..].iter().filter(|&&b| apart((a, b))).count()).sum();
    for words in [GRAM, 10, 12, PASSAGE, 16] {
        let common = common(&corpus.texts[..corpus.natural], |text| grams(text, words, true));
        let number = common.into_keys().filter(|pair| apart(*pair)).count();
        println!(
            "{number} of {all} pairs of two stories have {words} words in a row outside quotation marks"
        );
    }
    let wrong: Vec<(usize, usize)> = found.iter().map(pair_of).filter(|pair| apart(*pair)).collect();
    println!("{} of them are found", wrong.len());
    for (a, b) in wrong {
        println!("    {} / {}", corpus.texts[a].0, corpus.texts[b].0);
    }
}
