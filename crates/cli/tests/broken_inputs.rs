//! Broken inputs: each is named with what to do, and the good report beside it is read.
// Tests of the outside: they read and write files, and a failed expectation is a failed test.
#![allow(clippy::expect_used, clippy::disallowed_methods, clippy::disallowed_types)]

mod support;

use std::fs;
use std::path::Path;
use support::{GOOD, code, err, lines, onrecord, out, sources, with_input};
use tempfile::TempDir;

/// A folder `in` with a good report that comes last.
fn folder() -> TempDir {
    let folder = TempDir::new().expect("a temporary folder");
    fs::create_dir(folder.path().join("in")).expect("a folder");
    put(&folder, "in/z.txt", GOOD.as_bytes());
    folder
}

fn put(folder: &TempDir, name: &str, bytes: &[u8]) {
    fs::write(folder.path().join(name), bytes).expect("a file");
}

/// The input is refused by name, with a message that holds `words`, and the good report is read.
fn assert_refused(folder: &TempDir, arguments: &[&str], name: &str, words: &str) {
    let output = onrecord(folder.path(), arguments);
    let errors = err(&output);
    assert_eq!(code(&output), 2, "{errors}");
    assert_eq!(sources(&output), ["in/z.txt"], "{errors}");
    let line = errors.lines().find(|line| line.contains(name));
    assert!(line.is_some_and(|line| line.contains(words)), "expected {words:?} about {name} in: {errors}");
}

/// The input is read, with a text that holds `words`.
fn assert_read(folder: &TempDir, name: &str, words: &str) {
    let output = onrecord(folder.path(), &["extract", "in"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert_eq!(sources(&output), [name, "in/z.txt"]);
    let text = lines(&output, "article")[0]["text"].as_str().unwrap_or_default().to_owned();
    assert!(text.contains(words), "{text}");
}

#[test]
fn an_empty_file() {
    let folder = folder();
    put(&folder, "in/a.txt", b"");
    assert_refused(&folder, &["extract", "in"], "in/a.txt", "empty");
}

#[test]
fn a_binary_file() {
    let folder = folder();
    let bytes: Vec<u8> = (0..40_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    put(&folder, "in/a.bin", &bytes);
    assert_refused(&folder, &["extract", "in"], "in/a.bin", "expected");
}

#[test]
fn utf8_cut_inside_a_character() {
    let folder = folder();
    let text = "The café owner said that the café would close. ".repeat(3) + "Fin du café";
    put(&folder, "in/a.txt", &text.as_bytes()[..text.len() - 1]);
    assert_read(&folder, "in/a.txt", "The café owner");
}

#[test]
fn utf16_with_a_byte_order_mark() {
    let folder = folder();
    let bytes: Vec<u8> =
        "\u{feff}The café will close, the mayor said.".encode_utf16().flat_map(u16::to_le_bytes).collect();
    put(&folder, "in/a.txt", &bytes);
    assert_read(&folder, "in/a.txt", "The café will close");
}

#[test]
fn fifty_megabytes_of_one_line() {
    let folder = folder();
    put(&folder, "in/a.txt", "word after word ".repeat(50 << 16).as_bytes());
    assert_refused(&folder, &["extract", "in"], "in/a.txt", "longer than any report");
}

#[test]
fn deep_html_nesting() {
    let folder = folder();
    let page = format!("<html><body>{}<p>{GOOD}</p>", "<div>".repeat(100_000));
    put(&folder, "in/a.html", page.as_bytes());
    let output = onrecord(folder.path(), &["extract", "in"]);
    assert!([0, 2].contains(&code(&output)), "{}", err(&output));
    assert!(sources(&output).contains(&"in/z.txt".to_owned()));
    assert_eq!(code(&output) == 2, err(&output).contains("in/a.html"), "a page that is not read is named");
}

#[test]
fn a_missing_file() {
    assert_refused(&folder(), &["extract", "in/missing.txt", "in"], "in/missing.txt", "no such file");
}

#[cfg(unix)]
#[test]
fn an_unreadable_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    put(&folder, "in/a.txt", GOOD.as_bytes());
    let path = folder.path().join("in/a.txt");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).expect("permissions are set");
    if fs::read(&path).is_ok() {
        // The superuser may read everything; a socket is unreadable for all.
        fs::remove_file(&path).expect("the file is removed");
        let _socket = std::os::unix::net::UnixListener::bind(&path).expect("a socket");
        return assert_refused(&folder, &["extract", "in"], "in/a.txt", "a device or socket");
    }
    assert_refused(&folder, &["extract", "in"], "in/a.txt", "may not be read");
}

#[cfg(unix)]
#[test]
fn a_folder_that_holds_itself() {
    let folder = folder();
    std::os::unix::fs::symlink("../in", folder.path().join("in/loop")).expect("a link");
    assert_refused(&folder, &["extract", "in"], "in/loop", "leads back");
}

#[test]
fn a_broken_json_line() {
    let folder = folder();
    let good = |id: u32| format!("{{\"id\": \"{id}\", \"text\": {:?}}}\n", GOOD.trim());
    put(&folder, "a.jsonl", format!("{}{{\"id\": \"2\", \"text\": \n{}", good(1), good(3)).as_bytes());
    let output = onrecord(folder.path(), &["extract", "a.jsonl"]);
    assert_eq!(code(&output), 2);
    let ids: Vec<_> = lines(&output, "article").iter().map(|a| a["source_id"].clone()).collect();
    assert_eq!(ids, ["1", "3"]);
    assert!(err(&output).contains("a.jsonl:2"), "{}", err(&output));
}

#[test]
fn nothing_readable_at_all_is_the_users_error() {
    let folder = folder();
    put(&folder, "a.txt", b"");
    let output = onrecord(folder.path(), &["extract", "a.txt", "missing"]);
    assert_eq!((code(&output), out(&output).as_str()), (1, ""));
    assert!(err(&output).contains("a.txt") && err(&output).contains("missing"));
}

#[test]
fn a_broken_line_on_standard_input() {
    let good = format!("{{\"id\": \"1\", \"text\": {:?}}}\n", GOOD.trim());
    let input = format!("not json\n{good}");
    let output = with_input(Path::new("."), &["extract", "--input-format", "jsonl", "-"], input.as_bytes());
    assert_eq!(code(&output), 2);
    assert_eq!(lines(&output, "article").len(), 1);
    assert!(err(&output).contains("-:1"), "{}", err(&output));
}
