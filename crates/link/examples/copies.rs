//! How well copies are found: `cargo run --release -p link --example copies -- FOLDER [--list]`.
//!
//! Takes the `.txt` files below a folder as articles and adds two edited copies of each that has 80 words (the edits are
//! in `made/edits.rs`). What is true is counted apart from the program, from the 8-grams of plain words:
//! - pairs to be found: each copy with its original, and pairs of articles of which the shorter has half of its 8-grams in
//!   the other (those with a quarter to a half are told beside them);
//! - pairs found rightly: those, pairs with a quarter of the 8-grams, and pairs of one family (copies of one article, or of
//!   articles that are such a pair). All other pairs are errors, also where they share a passage. `--list` names them.

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

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let corpus = Corpus::of(made::texts(arguments.first().map_or(".", String::as_str)));
    let reports: Vec<Report> = corpus.texts.iter().map(|(_, text)| made::report(text)).collect();
    let found = link::copies(&reports, &Lexicon::load());
    recall(&corpus, &found);
    precision(&corpus, &found, arguments.iter().any(|a| a == "--list"));
}

/// Articles, copies after the originals, with what is true of them.
struct Corpus {
    texts: Vec<(String, String)>,
    /// For each made copy its original and the edit.
    made: Vec<(usize, &'static str)>,
    natural: usize,
    /// Share of the shorter text's 8-grams, for all pairs that share one.
    shares: BTreeMap<(usize, usize), f64>,
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
        Self { texts, made, natural, shares, family }
    }

    fn share(&self, pair: (usize, usize)) -> f64 {
        self.shares.get(&pair).copied().unwrap_or_default()
    }
}

fn root(family: &[usize], mut text: usize) -> usize {
    while family[text] != text {
        text = family[text];
    }
    text
}

fn shares(texts: &[(String, String)]) -> BTreeMap<(usize, usize), f64> {
    let grams: Vec<BTreeSet<u64>> = texts.iter().map(|(_, text)| grams(text)).collect();
    let mut places: Vec<(u64, usize)> =
        grams.iter().enumerate().flat_map(|(i, grams)| grams.iter().map(move |g| (*g, i))).collect();
    places.sort_unstable();
    let mut common: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for run in places.chunk_by(|x, y| x.0 == y.0) {
        for (i, x) in run.iter().enumerate() {
            run[i + 1..].iter().for_each(|y| *common.entry((x.1, y.1)).or_default() += 1);
        }
    }
    let shorter = |(a, b): (usize, usize)| grams[a].len().min(grams[b].len()).max(1);
    common.into_iter().map(|(pair, n)| (pair, n as f64 / shorter(pair) as f64)).collect()
}

fn grams(text: &str) -> BTreeSet<u64> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.windows(8).map(|gram| xxhash_rust::xxh3::xxh3_64(gram.join(" ").as_bytes())).collect()
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
    for copy in found {
        let (a, b) = pair_of(copy);
        let right = corpus.share((a, b)) >= 0.25 || root(&corpus.family, a) == root(&corpus.family, b);
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
    let (all, right) = tally.values().fold((0, 0), |sum, (n, right)| (sum.0 + n, sum.1 + right));
    println!("precision {:.4} ({right} of {all})", right as f64 / all.max(1) as f64);
}
