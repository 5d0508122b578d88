//! `onrecord man`: the manual page.

use super::Cli;
use crate::Outcome;
use crate::output::Stdout;
use clap::{Args, CommandFactory};

/// Print the manual page (roff): of the program, or of one command
#[derive(Args, Debug)]
#[command(after_long_help = "Examples:
  onrecord man | man -l -
  onrecord man extract > onrecord-extract.1")]
pub struct Options {
    /// The command [default: the whole program]
    command: Option<String>,
}

pub fn run(options: &Options) -> anyhow::Result<Outcome> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command(options.command.as_deref())?).render(&mut page)?;
    let mut out = Stdout::new();
    out.write_bytes(&page)?;
    out.flush()?;
    Ok(Outcome::Done)
}

fn command(name: Option<&str>) -> anyhow::Result<clap::Command> {
    let mut program = Cli::command();
    program.build();
    let Some(name) = name else { return Ok(program) };
    let found = program.find_subcommand(name).cloned();
    found.ok_or_else(|| anyhow::anyhow!("no command {name}; `onrecord --help` lists them"))
}
