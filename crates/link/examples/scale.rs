//! How time and memory of copies and stories grow: `cargo run --release -p link --example scale -- FOLDER 1000 10000`.
//!
//! Makes so many articles from the sentences of the `.txt` files of a folder (and of folders in it), in stories of one to ten reports, one
//! in a hundred of them in stories of hundreds: each story has names of its own, each report leaves out or adds sentences, and one in
//! three is the one before with an edit of `made/edits.rs`. The same folder and number give the same articles.

#![allow(clippy::print_stdout, clippy::disallowed_methods, clippy::disallowed_types)]

mod made;

use lexicon::Lexicon;
use made::{Random, edits::EDITS};
use record::Report;
use std::time::Instant;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let texts = made::texts(&arguments.next().unwrap_or_else(|| ".".to_owned()));
    let sentences: Vec<&str> = texts.iter().flat_map(|(_, text)| sentences(text)).collect();
    let (lexicon, encoder) = (Lexicon::load(), encoder::Encoder::embedded());
    println!("{} sentences", sentences.len());
    println!("articles | words | copies s | pairs | stories s | stories | B-cubed | MiB before | peak MiB");
    for number in arguments.filter_map(|n| n.parse().ok()) {
        let (reports, told) = articles(&sentences, number);
        let words: usize = reports.iter().map(|r| r.text().split_whitespace().count()).sum();
        let before = peak();
        let start = Instant::now();
        let copies = link::copies(&reports, &lexicon).len();
        let copied = start.elapsed().as_secs_f64();
        let start = Instant::now();
        let stories = link::stories(&reports, &encoder, &lexicon);
        let grouped = start.elapsed().as_secs_f64();
        let mut found = vec![0; reports.len()];
        for (story, number) in stories.iter().zip(0..) {
            story.articles.iter().for_each(|a| found[a.0 as usize] = number);
        }
        let (right, stories) = (made::b_cubed(&told, &found), stories.len());
        println!(
            "{number} | {words} | {copied:.2} | {copies} | {grouped:.2} | {stories} | {right:.3} | {before} | {}",
            peak()
        );
    }
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['.', '\n']).map(str::trim).filter(|s| s.len() > 30)
}

/// So many articles, and the story that each tells.
fn articles(sentences: &[&str], number: usize) -> (Vec<Report>, Vec<u32>) {
    let mut random = Random(number as u64);
    let (mut reports, mut told): (Vec<Report>, Vec<u32>) = (Vec::new(), Vec::new());
    for story in 0.. {
        let names: Vec<String> = (0..4).map(|_| name(&mut random)).collect();
        let plot: Vec<usize> = (0..14).map(|_| random.below(sentences.len())).collect();
        let size = if random.chance(1) && number > 5000 { 200 } else { 1 + random.below(10) };
        let mut before = String::new();
        for _ in 0..size.min(number - reports.len()) {
            before = match random.below(3) {
                0 if !before.is_empty() => EDITS[random.below(EDITS.len())].1(&before, &mut random),
                _ => written(&plot, sentences, &names, &mut random),
            };
            reports.push(made::report(&before));
            told.push(story);
        }
        if reports.len() == number {
            break;
        }
    }
    (reports, told)
}

/// Two thirds of a plot's sentences and one of its own, with names of the story.
fn written(plot: &[usize], sentences: &[&str], names: &[String], random: &mut Random) -> String {
    let mut kept: Vec<usize> = plot.iter().copied().filter(|_| random.below(3) > 0).collect();
    kept.push(random.below(sentences.len()));
    let told: Vec<String> = kept.iter().map(|&s| sentence(sentences[s], names, random)).collect();
    told.join(" ")
}

/// A sentence with a name of the story in place of one word.
fn sentence(words: &str, names: &[String], random: &mut Random) -> String {
    let mut words: Vec<&str> = words.split_whitespace().collect();
    let cut = random.below(words.len());
    words[cut] = names[random.below(names.len())].as_str();
    words.join(" ")
}

fn name(random: &mut Random) -> String {
    const PARTS: [&str; 12] =
        ["bel", "dor", "gan", "hol", "kir", "lom", "mar", "nes", "ost", "rav", "tul", "vek"];
    let word: String = (0..3).map(|_| PARTS[random.below(PARTS.len())]).collect();
    format!("{}{}", word[..1].to_uppercase(), &word[1..])
}

/// Most memory held so far, in MiB; 0 where the system does not tell.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|l| l.split_whitespace().next()?.parse::<usize>().ok()).unwrap_or_default() / 1024
}
