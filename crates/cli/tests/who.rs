//! `onrecord who`, and users' gazetteers.
// Tests of the outside: they read and write files, and a failed expectation is a failed test.
#![allow(clippy::expect_used, clippy::disallowed_methods, clippy::disallowed_types)]

mod support;

use std::fs;
use support::{code, err, lines, onrecord, out};
use tempfile::TempDir;

const STRAND: &str = "{\"name\": \"Lena Strand\", \"kind\": \"person\", \"wikidata\": \"Q4115189\", \"represents\": \"Haldria\", \"role\": \"minister\"}\n";

fn folder() -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    put("own.jsonl", STRAND);
    put("a.txt", "“The port stays open,” said Lena Strand on Monday. Strand gave no date.\n");
    put("b.txt", "“The port stays open,” said Lena Strandt on Monday. Karl Strand was silent.\n");
    folder
}

#[test]
fn who_explains_what_is_known_and_why_spellings_are_one() {
    let folder = folder();
    let output = onrecord(folder.path(), &["who", "Vladimir Poutine", "--of", "Wladimir Putin"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let page = out(&output);
    assert!(page.contains("president, Russia, 2012–") && page.contains("source: lexicon/"), "{page}");
    assert!(page.contains("Vladimir Poutine / Wladimir Putin: one person"), "{page}");
    let apart = out(&onrecord(folder.path(), &["who", "Ana Hallow", "--of", "Robert Hallow"]));
    assert!(
        apart.contains("two people of one surname") && apart.contains("only in Ana Hallow: Ana"),
        "{apart}"
    );
}

#[test]
fn the_answer_is_one_json_object_if_asked() {
    let output = onrecord(folder().path(), &["who", "Kremlin", "--json"]);
    let answer: serde_json::Value = serde_json::from_str(&out(&output)).expect("a JSON object");
    assert_eq!(answer["stands_for"][0]["of"], "Russia");
    assert_eq!(answer["known"].as_array().map(Vec::len), Some(0));
}

#[test]
fn a_gazetteer_tells_who_is_meant_in_reports() {
    let folder = folder();
    let output = onrecord(folder.path(), &["extract", "--lexicon", "own.jsonl", "a.txt"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let people = lines(&output, "entity");
    let strand = people.iter().find(|e| e["name"] == "Lena Strand").expect("the minister");
    assert_eq!(
        (strand["wikidata"].as_str(), strand["represents"].as_str()),
        (Some("Q4115189"), Some("Haldria"))
    );
    let page =
        out(&onrecord(folder.path(), &["who", "Lena Strand", "--lexicon", "own.jsonl", "a.txt", "b.txt"]));
    assert!(page.contains("is in the reports: Lena Strand"), "{page}");
}

#[test]
fn bad_lines_of_a_gazetteer_are_named() {
    let folder = folder();
    fs::write(folder.path().join("bad.jsonl"), format!("{STRAND}{{\"name\": \"Venn\"}}\n")).expect("a file");
    let output = onrecord(folder.path(), &["extract", "--lexicon", "bad.jsonl", "a.txt"]);
    assert_eq!(code(&output), 1);
    let message = err(&output);
    assert!(message.contains("bad.jsonl, line 2: Venn has no `kind`; expected one of person"), "{message}");
    assert!(message.contains("correct these lines"), "{message}");
    let absent = onrecord(folder.path(), &["stories", "--lexicon", "absent.jsonl", "a.txt"]);
    assert!(
        code(&absent) == 1 && err(&absent).contains("absent.jsonl: could not be read"),
        "{}",
        err(&absent)
    );
}
