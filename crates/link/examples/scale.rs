//! How time and memory of copies and stories grow: `cargo run --release -p link --example scale -- FOLDER 1000 10000`.
//!
//! Makes so many articles from the sentences of the `.txt` files of a folder (and of folders in it), in stories of one to ten reports, one
//! in twenty-five of fifty: each story has names of its own, each report leaves out or adds sentences, and one in
//! three is the one before with an edit of `made/edits.rs`. Each story tells its sentences with other words in them, at least one in
//! any six, so that only reports of one story copy one another: pairs of copies grow as the articles do, as they do where there are
//! more articles because more happens. The same folder and number give the same articles.

#![allow(clippy::print_stdout, clippy::disallowed_methods, clippy::disallowed_types)]

mod made;

use lexicon::Lexicon;
use made::{Random, edits::EDITS};
use record::Report;
use std::sync::LazyLock;
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
        let start = seconds();
        let copies = link::copies(&reports, &lexicon).len();
        let copied = seconds() - start;
        let start = seconds();
        let stories = link::stories(&reports, &encoder, &lexicon);
        let grouped = seconds() - start;
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
    let vocabulary: Vec<&str> = sentences.iter().flat_map(|s| s.split_whitespace()).collect();
    let (mut reports, mut told): (Vec<Report>, Vec<u32>) = (Vec::new(), Vec::new());
    for story in 0.. {
        let names: Vec<String> = (0..4).map(|_| name(&mut random)).collect();
        let anew =
            |random: &mut Random| reworded(sentences[random.below(sentences.len())], &vocabulary, random);
        let plot: Vec<String> = (0..14).map(|_| anew(&mut random)).collect();
        let size = if story % 25 == 12 { 50 } else { 1 + random.below(10) };
        let mut before = String::new();
        for _ in 0..size.min(number - reports.len()) {
            before = match random.below(3) {
                0 if !before.is_empty() => EDITS[random.below(EDITS.len())].1(&before, &mut random),
                _ => {
                    let own = anew(&mut random);
                    written(&plot, &own, &names, &mut random)
                }
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

/// A sentence with one of each four to six words replaced by a word of another.
fn reworded(words: &str, vocabulary: &[&str], random: &mut Random) -> String {
    let mut words: Vec<&str> = words.split_whitespace().collect();
    let mut at = random.below(4);
    while at < words.len() {
        words[at] = vocabulary[random.below(vocabulary.len())];
        at += 4 + random.below(3);
    }
    words.join(" ")
}

/// Two thirds of a plot's sentences and one of its own, with names of the story.
fn written(plot: &[String], own: &str, names: &[String], random: &mut Random) -> String {
    let mut kept: Vec<&str> = plot.iter().map(String::as_str).filter(|_| random.below(3) > 0).collect();
    kept.push(own);
    let told: Vec<String> = kept.iter().map(|words| sentence(words, names, random)).collect();
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

/// Time that this thread has had of a processor, so that other programs do not count; where the system does not tell, that of the clock.
fn seconds() -> f64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = told.split_whitespace().next().and_then(|n| n.parse::<f64>().ok());
    nanoseconds.map_or_else(|| START.elapsed().as_secs_f64(), |n| n / 1e9)
}

/// Most memory held so far, in MiB; 0 where the system does not tell.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|l| l.split_whitespace().next()?.parse::<usize>().ok()).unwrap_or_default() / 1024
}
