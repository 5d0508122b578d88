//! Chores of the repository: `cargo xtask check | gate | bless | notices`.
// Chores read and write files and talk to the person who runs them.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, clippy::print_stdout, clippy::print_stderr)]

mod check;
mod corpus;
#[cfg(test)]
mod docs;
mod notices;

use std::path::PathBuf;
use std::process::ExitCode;

const HELP: &str = "cargo xtask check             formatting, lints, tests, documentation, gate
cargo xtask gate [DIR]        measures the corpus against its floors; with DIR (scorers and data) also the scorers'
cargo xtask bless             takes what the program says now as right: corpus/golden/*.record, `wanted` expectations
cargo xtask notices           writes THIRD_PARTY.md anew from the packages that go into the program";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["check"] => check::run(),
        ["gate"] => corpus::gate::run(None),
        ["gate", folder] => corpus::gate::run(Some(folder.as_ref())),
        ["bless"] => corpus::golden::bless(),
        ["notices"] => notices::write(),
        _ => Err(anyhow::anyhow!("expected one of these:\n{HELP}")),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The repository's root.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().map(PathBuf::from).unwrap_or_default()
}
