//! How well reports are grouped into stories: `cargo run --release -p link --example stories -- FOLDER STORIES.tsv`.
//!
//! The second file names the story of each `.txt` file below the folder, one a line: `NAME<tab>STORY`. Prints the B-cubed F1,
//! then each story that is found in pieces or mixed with another, as `STORY: NAMES | NAMES`. Only the texts are read.

#![allow(clippy::print_stdout, clippy::disallowed_methods, clippy::disallowed_types)]

mod made;

use std::collections::BTreeMap;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, gold] = arguments.as_slice() else { return println!("give a folder and a file of stories") };
    let gold = std::fs::read_to_string(gold).unwrap_or_default();
    let named: BTreeMap<&str, &str> = gold.lines().filter_map(|line| line.split_once('\t')).collect();
    let texts: Vec<(String, String)> =
        made::texts(folder).into_iter().filter(|(name, _)| named.contains_key(name.as_str())).collect();
    let reports: Vec<_> = texts.iter().map(|(_, text)| made::report(text)).collect();
    let stories = link::stories(&reports, &encoder::Encoder::embedded(), &lexicon::Lexicon::load());
    let numbers: BTreeMap<&str, u32> = named.values().copied().zip(0..).collect();
    let told: Vec<u32> = texts.iter().map(|(name, _)| numbers[named[name.as_str()]]).collect();
    let mut found = vec![0; texts.len()];
    for (story, number) in stories.iter().zip(0..) {
        story.articles.iter().for_each(|article| found[article.0 as usize] = number);
    }
    println!(
        "B-cubed {:.4}, {} reports, {} stories found",
        made::b_cubed(&told, &found),
        texts.len(),
        stories.len()
    );
    for story in &stories {
        let members = story.articles.iter().map(|a| texts[a.0 as usize].0.as_str());
        let mut parts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        members.for_each(|name| parts.entry(named[name]).or_default().push(name));
        let whole = |(story, names): (&&str, &Vec<&str>)| {
            named.values().filter(|s| **s == *story).count() == names.len()
        };
        if parts.len() > 1 || !parts.iter().all(whole) {
            let parts: Vec<String> =
                parts.iter().map(|(s, names)| format!("{s}: {}", names.join(" "))).collect();
            println!("{}", parts.join(" | "));
        }
    }
}
