//! What the tests of the command share.
#![allow(dead_code)]

use assert_cmd::cargo::cargo_bin_cmd;
use std::path::Path;
use std::process::Output;

/// A report that can always be read.
pub const GOOD: &str = "The bridge will be repaired in May, the mayor of Larkhaven said on Tuesday.\n";

/// Runs the command in a folder.
pub fn onrecord(folder: &Path, arguments: &[&str]) -> Output {
    with_input(folder, arguments, b"")
}

/// The same with something on standard input.
pub fn with_input(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut command = cargo_bin_cmd!("onrecord");
    command.current_dir(folder).args(arguments).write_stdin(input).output().expect("the command starts")
}

pub fn code(output: &Output) -> i32 {
    output.status.code().expect("the command ends by itself")
}

pub fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("standard output is UTF-8")
}

pub fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Lines of one kind of a result.
pub fn lines(output: &Output, kind: &str) -> Vec<serde_json::Value> {
    let all = out(output);
    let parsed =
        all.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a JSON object"));
    parsed.filter(|line| line["kind"] == kind).collect()
}

/// Sources of the articles of a result.
pub fn sources(output: &Output) -> Vec<String> {
    lines(output, "article").iter().map(|a| a["source"].as_str().expect("a source").to_owned()).collect()
}
