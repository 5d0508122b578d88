//! The one command that checks everything.

use crate::{corpus, root};
use anyhow::{Context, ensure};
use std::process::Command;

/// What is run, in this order; the first failure ends it.
const STEPS: &[(&str, &[&str])] = &[
    ("formatting (cargo fmt mends it)", &["fmt", "--all", "--check"]),
    ("lints", &["clippy", "--quiet", "--workspace", "--all-targets", "--", "--deny", "warnings"]),
    ("tests", &["test", "--workspace"]),
    ("documentation", &["doc", "--quiet", "--workspace", "--no-deps"]),
];

pub(crate) fn run() -> anyhow::Result<()> {
    for (what, arguments) in STEPS {
        println!("== {what}");
        cargo(arguments).with_context(|| format!("{what} failed"))?;
    }
    println!("== gate");
    corpus::gate::run(None)
}

fn cargo(arguments: &[&str]) -> anyhow::Result<()> {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let status =
        command.args(arguments).env("RUSTDOCFLAGS", "--deny warnings").current_dir(root()).status()?;
    ensure!(status.success(), "cargo {} ended with {status}", arguments.join(" "));
    Ok(())
}
