//! `onrecord completions`: completion scripts for shells.

use super::Cli;
use crate::Outcome;
use crate::output::Stdout;
use clap::{Args, CommandFactory};
use clap_complete::Shell;

/// Print a completion script for a shell
#[derive(Args, Debug)]
#[command(after_long_help = "Examples:
  onrecord completions bash > ~/.local/share/bash-completion/completions/onrecord
  onrecord completions zsh > ~/.zfunc/_onrecord")]
pub struct Options {
    /// The shell
    shell: Shell,
}

pub fn run(options: &Options) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Cli::command(), "onrecord", &mut script);
    let mut out = Stdout::new();
    out.write_bytes(&script)?;
    out.flush()?;
    Ok(Outcome::Done)
}
