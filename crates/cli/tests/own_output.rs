//! The program neither destroys reports nor reads its own output as reports.
// Tests of the outside: they read and write files, and a failed expectation is a failed test.
#![allow(clippy::expect_used, clippy::disallowed_methods, clippy::disallowed_types)]

mod support;

use std::fs::{self, File};
use std::process::Command;
use support::{GOOD, code, err, onrecord, out, sources, with_input};
use tempfile::TempDir;

/// A folder `own` with one report.
fn folder() -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    fs::create_dir(folder.path().join("own")).expect("a folder");
    fs::write(folder.path().join("own/a.txt"), GOOD).expect("a file");
    folder
}

#[test]
fn a_report_is_never_overwritten() {
    let folder = folder();
    fs::write(folder.path().join("own/p.html"), format!("<!DOCTYPE html><p>{GOOD}</p>")).expect("a file");
    for arguments in [
        &["brief", "own/a.txt", "-o", "own/a.txt"][..],
        &["brief", "own/a.txt", "--format", "html", "-o", "own/../own/a.txt"],
        &["brief", "own", "--format", "md", "-o", "own/a.txt"],
        &["brief", "own/a.txt", "own/p.html", "-o", "own/p.html"],
    ] {
        let output = onrecord(folder.path(), arguments);
        assert_eq!(code(&output), 1, "{arguments:?}");
        assert!(err(&output).contains(arguments[arguments.len() - 1].rsplit('/').next().unwrap_or("")));
        assert!(err(&output).contains("expected"), "{}", err(&output));
    }
    assert_eq!(fs::read_to_string(folder.path().join("own/a.txt")).expect("the report"), GOOD);
    assert!(fs::read_to_string(folder.path().join("own/p.html")).expect("the report").contains(GOOD));
}

#[test]
fn briefs_and_records_are_passed_over_with_a_note() {
    let folder = folder();
    for name in ["own/brief.html", "own/brief.md", "own/brief.json"] {
        for _ in 0..2 {
            let output = onrecord(folder.path(), &["brief", "own", "-o", name]);
            assert_eq!(code(&output), 0, "{}", err(&output));
        }
    }
    for command in ["extract", "stories"] {
        let result = onrecord(folder.path(), &[command, "own"]);
        fs::write(folder.path().join(format!("own/{command}.jsonl")), &result.stdout).expect("a file");
    }
    let output = onrecord(folder.path(), &["extract", "own"]);
    assert_eq!((code(&output), sources(&output)), (0, vec!["own/a.txt".to_owned()]));
    assert_eq!(err(&output).matches("passed over").count(), 5, "{}", err(&output));
}

#[cfg(unix)]
#[test]
fn the_file_that_standard_output_goes_to_is_passed_over() {
    let folder = folder();
    let file = File::create(folder.path().join("own/r.jsonl")).expect("a file");
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("onrecord"));
    let output = command.current_dir(folder.path()).args(["extract", "own"]).stdout(file).output();
    let output = output.expect("the command ends");
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(err(&output).contains("own/r.jsonl"), "{}", err(&output));
}

#[test]
fn a_file_given_twice_is_read_once_and_equal_texts_stay() {
    let folder = folder();
    fs::write(folder.path().join("own/b.txt"), GOOD).expect("a file");
    let output = onrecord(folder.path(), &["extract", "own/a.txt", "own/../own/a.txt", "own/b.txt"]);
    assert_eq!(code(&output), 0);
    assert_eq!(sources(&output), ["own/a.txt", "own/b.txt"]);
    assert_eq!(err(&output).matches("more than once").count(), 1, "{}", err(&output));
}

#[test]
fn what_holds_no_record_lines_is_not_verified() {
    let folder = folder();
    for (name, result) in [("empty.jsonl", ""), ("text.jsonl", GOOD), ("other.jsonl", "{\"x\": 1}\n")] {
        fs::write(folder.path().join(name), result).expect("a file");
        let output = onrecord(folder.path(), &["verify", name, "own"]);
        assert_eq!((code(&output), out(&output).as_str()), (1, ""), "{name}");
        assert!(err(&output).contains("no record lines") && err(&output).contains(name), "{}", err(&output));
    }
}

#[test]
fn verify_reads_a_result_from_standard_input_and_counts_quotes_and_lines_apart() {
    let folder = folder();
    let result = out(&onrecord(folder.path(), &["extract", "own"]));
    let output = with_input(folder.path(), &["verify", "-", "own"], result.as_bytes());
    assert!(code(&output) == 0 && out(&output).contains("all in place"), "{}", err(&output));
    assert_eq!(code(&onrecord(folder.path(), &["verify", "-", "-"])), 1);
    let output = with_input(folder.path(), &["verify", "-", "own"], (result + "no json\n").as_bytes());
    assert_eq!(code(&output), 1);
    assert!(err(&output).contains("0 of ") && err(&output).contains(" and 1 of "), "{}", err(&output));
}

#[test]
fn the_ending_of_the_output_gives_the_form_and_a_dash_is_standard_output() {
    let folder = folder();
    let output = onrecord(folder.path(), &["brief", "own", "-o", "-"]);
    assert!(out(&output).contains("<meta name=\"generator\" content=\"onrecord "), "{}", err(&output));
    assert!(!folder.path().join("-").exists());
    let output = onrecord(folder.path(), &["brief", "own", "-o", "z.pdf"]);
    assert_eq!(code(&output), 1);
    assert!(err(&output).contains("z.pdf") && err(&output).contains(".html"), "{}", err(&output));
    assert_eq!(code(&onrecord(folder.path(), &["brief", "own", "-o", "z.pdf", "--format", "md"])), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_standard_output_is_named() {
    let folder = folder();
    let full = File::options().write(true).open("/dev/full").expect("the full device");
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("onrecord"));
    let output = command.current_dir(folder.path()).args(["extract", "own"]).stdout(full).output();
    let output = output.expect("the command ends");
    assert_eq!(code(&output), 1);
    assert!(err(&output).contains("standard output"), "{}", err(&output));
}
