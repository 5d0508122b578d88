//! How time and memory of copies and stories grow: `cargo run --release -p link --example scale -- FOLDER 1000 10000`.
//!
//! Makes so many articles from the sentences of the `.txt` files of a folder (and of folders in it), in stories of one to ten reports:
//! each story has names of its own, each report leaves out, reorders or adds sentences, and one in three is a near copy
//! of the one before. The same folder and number give the same articles.

#![allow(clippy::print_stdout, clippy::disallowed_methods, clippy::disallowed_types)]

use lexicon::Lexicon;
use record::{Article, Findings, Reading, Report};
use std::path::Path;
use std::time::Instant;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| ".".to_owned());
    let mut sentences = Vec::new();
    read(Path::new(&folder), &mut sentences);
    let lexicon = Lexicon::load();
    let encoder = encoder::Encoder::embedded();
    println!("{} sentences; articles | copies s | pairs | stories s | stories | peak MiB", sentences.len());
    for number in arguments.filter_map(|n| n.parse().ok()) {
        let reports = articles(&sentences, number);
        let start = Instant::now();
        let copies = link::copies(&reports, &lexicon);
        let copied = start.elapsed().as_secs_f64();
        let start = Instant::now();
        let stories = link::stories(&reports, &encoder, &lexicon);
        let told = start.elapsed().as_secs_f64();
        println!("{number} | {copied:.2} | {} | {told:.2} | {} | {}", copies.len(), stories.len(), peak());
    }
}

/// Sentences of the text files below a folder, in order of the paths.
fn read(folder: &Path, sentences: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            read(&path, sentences);
        } else if path.extension().is_some_and(|e| e == "txt") {
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            sentences.extend(
                text.split_inclusive(['.', '\n']).map(str::trim).filter(|s| s.len() > 30).map(str::to_owned),
            );
        }
    }
}

/// A generator of numbers (SplitMix64, Steele et al. 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit.max(1) as u64) as usize
    }

    fn name(&mut self) -> String {
        const PARTS: [&str; 12] =
            ["bel", "dor", "gan", "hol", "kir", "lom", "mar", "nes", "ost", "rav", "tul", "vek"];
        let word: String = (0..3).map(|_| PARTS[self.below(PARTS.len())]).collect();
        format!("{}{}", word[..1].to_uppercase(), &word[1..])
    }
}

fn articles(sentences: &[String], number: usize) -> Vec<Report> {
    let mut random = Random(number as u64);
    let mut reports: Vec<Report> = Vec::with_capacity(number);
    while reports.len() < number {
        let names: Vec<String> = (0..4).map(|_| random.name()).collect();
        let plot: Vec<usize> = (0..14).map(|_| random.below(sentences.len())).collect();
        let mut before: Vec<String> = Vec::new();
        for _ in 0..1 + random.below(10) {
            let mut told: Vec<String> = match random.below(3) {
                0 if !before.is_empty() => before.clone(),
                _ => {
                    let kept: Vec<usize> = plot.iter().copied().filter(|_| random.below(3) > 0).collect();
                    kept.iter().map(|&s| sentence(&sentences[s], &names, &mut random)).collect()
                }
            };
            if told.len() > 3 {
                let (cut, added) = (random.below(told.len()), random.below(sentences.len()));
                told.remove(cut);
                told.push(sentence(&sentences[added], &names, &mut random));
            }
            before.clone_from(&told);
            reports.push(report(told.join(" ")));
        }
    }
    reports.truncate(number);
    reports
}

/// A sentence with a name of the story and one word left out.
fn sentence(words: &str, names: &[String], random: &mut Random) -> String {
    let mut words: Vec<&str> = words.split_whitespace().collect();
    let cut = random.below(words.len());
    words[cut] = names[random.below(names.len())].as_str();
    words.join(" ")
}

fn report(text: String) -> Report {
    let (reading, findings) = (Reading::default(), Findings::default());
    Report { article: Article::of_text("", &text), published: None, reading, findings, notes: Vec::new() }
}

/// Most memory held so far, in MiB; 0 where the system does not tell.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|l| l.split_whitespace().next()?.parse::<usize>().ok()).unwrap_or_default() / 1024
}
