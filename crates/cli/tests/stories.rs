//! `onrecord stories` over several runs.
// Tests of the outside: they read and write files, and a failed expectation is a failed test.
#![allow(clippy::expect_used, clippy::disallowed_methods, clippy::disallowed_types)]

mod support;

use std::fs;
use support::{code, err, lines, onrecord, out};
use tempfile::TempDir;

const DAM: [&str; 3] = [
    "The dam at Orsk broke on Monday after a week of rain, and three villages below it were flooded.",
    "Three villages were flooded when the dam at Orsk broke after a week of rain, the governor said.",
    "The governor said the dam at Orsk had been repaired twice before it broke and flooded three villages.",
];

#[test]
fn a_story_keeps_its_id_when_reports_are_added_and_says_why_they_joined() {
    let folder = TempDir::new().expect("a temporary folder");
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    put("b.txt", DAM[0]);
    put("c.txt", DAM[1]);
    let first = onrecord(folder.path(), &["stories", "b.txt", "c.txt"]);
    assert_eq!(code(&first), 0, "{}", err(&first));
    put("known.jsonl", &out(&first));
    put("a.txt", DAM[2]);
    put("d.txt", "Parliament in Veldt passed the pension bill after a long night of debate.");
    let second =
        onrecord(folder.path(), &["stories", "--known", "known.jsonl", "a.txt", "b.txt", "c.txt", "d.txt"]);
    let (before, after) = (lines(&first, "story"), lines(&second, "story"));
    assert_eq!((before.len(), after.len()), (1, 2));
    assert_eq!(after[0]["id"], before[0]["id"]);
    assert_eq!(after[0]["before"][0], before[0]["id"]);
    assert_eq!(after[0]["joined"][0]["source"], "a.txt");
    assert!(after[0]["joined"][0]["because"].to_string().contains("Orsk"));
    assert!(after[1].get("before").is_none());
}

#[test]
fn what_is_no_earlier_result_is_named_with_its_line() {
    let folder = TempDir::new().expect("a temporary folder");
    fs::write(folder.path().join("a.txt"), DAM[0]).expect("a file");
    let output = onrecord(folder.path(), &["stories", "--known", "a.txt", "a.txt"]);
    assert_eq!(code(&output), 1);
    assert!(err(&output).contains("a.txt, line 1: expected a story"), "{}", err(&output));
}
