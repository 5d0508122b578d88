//! Tables of events and positions, as people make them.
// Tests of the outside: they read and write files, and a failed expectation is a failed test.
#![allow(clippy::expect_used, clippy::disallowed_methods, clippy::disallowed_types)]

mod support;

use std::fs;
use support::{GOOD, code, err, onrecord, out, sources};
use tempfile::TempDir;

const REPORT: &str = "France accused Germany of dumping steel on Monday, March 4, 2024. “We demand guarantees now,” said \
    Anna Bell, the mayor of Larkhaven.\n";

fn folder() -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    fs::create_dir(folder.path().join("r")).expect("a folder");
    fs::write(folder.path().join("r/a.txt"), REPORT).expect("a file");
    folder
}

#[test]
fn tables_are_written_and_never_read_as_reports() {
    let folder = folder();
    for (what, file) in
        [("events", "r/events.csv"), ("events", "r/events.jsonl"), ("positions", "r/positions.csv")]
    {
        let output = onrecord(folder.path(), &["export", what, "r", "-o", file]);
        assert_eq!(code(&output), 0, "{}", err(&output));
    }
    let table = fs::read_to_string(folder.path().join("r/events.csv")).expect("the table");
    assert!(table.starts_with("Event ID,Event Date,Event Type,") && table.contains("\r\n"), "{table}");
    let output = onrecord(folder.path(), &["extract", "r"]);
    assert_eq!(sources(&output), ["r/a.txt"], "{}", err(&output));
}

#[test]
fn a_report_is_not_overwritten_and_a_wrong_table_is_named() {
    let folder = folder();
    fs::write(folder.path().join("r/b.txt"), GOOD).expect("a file");
    let output = onrecord(folder.path(), &["export", "events", "r/a.txt", "r/b.txt", "-o", "r/b.txt"]);
    assert_eq!(code(&output), 1, "{}", err(&output));
    assert_eq!(fs::read_to_string(folder.path().join("r/b.txt")).expect("the report"), GOOD);
    let output = onrecord(folder.path(), &["export", "poems", "r"]);
    assert_eq!(code(&output), 1);
    assert!(err(&output).contains("events, positions"), "{}", err(&output));
}

#[test]
fn standard_output_has_the_columns_asked_for() {
    let folder = folder();
    let output = onrecord(folder.path(), &["export", "events", "--columns", "cameo", "r"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(out(&output).starts_with("GLOBALEVENTID,SQLDATE,"), "{}", out(&output));
}
