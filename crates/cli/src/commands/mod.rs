//! One file a command.

mod brief;
mod compare;
mod completions;
mod export;
mod extract;
mod man;
mod stories;
mod verify;
mod who;

use crate::Outcome;
use crate::terminal::Terminal;
use anyhow::Context;
use clap::{Args, Parser, Subcommand};

/// Reads news reports of one story and reconstructs, with proof for every line, who said what to whom,
/// who did what, when and where, and where the reports agree, add to, or contradict one another.
#[derive(Debug, Parser)]
#[command(name = "onrecord", version, propagate_version = true, max_term_width = 100)]
#[command(after_long_help = "Examples:
  onrecord brief reports/ -o brief.html      a page to read: who said what, side by side
  onrecord extract report.txt                what one report says, as JSON Lines
  onrecord compare a.txt b.html              where two reports agree and differ
  cat articles.jsonl | onrecord extract --input-format jsonl -

Exit codes:
  0  done
  1  the input or the options are wrong
  2  done, but some inputs could not be read (each is named on standard error)
  255  a defect of the program")]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    command: Command,
}

/// Options of every command.
#[derive(Args, Debug)]
pub struct Global {
    /// Say nothing on standard error but errors and inputs that could not be read.
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// Write messages on standard error as JSON, one object a line (`kind`: note, problem or error); no progress bar.
    #[arg(long, global = true)]
    pub json: bool,
    /// Use N threads [default: one a processor, or RAYON_NUM_THREADS].
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

/// Stack of a worker thread (bytes): pages nest deeply.
const STACK: usize = 16 << 20;

#[derive(Debug, Subcommand)]
enum Command {
    Brief(brief::Options),
    Extract(extract::Options),
    Compare(compare::Options),
    Stories(stories::Options),
    Export(export::Options),
    Verify(verify::Options),
    Who(who::Options),
    Completions(completions::Options),
    Man(man::Options),
}

pub fn run(cli: &Cli, terminal: &Terminal) -> anyhow::Result<Outcome> {
    threads(cli.global.threads)?;
    match &cli.command {
        Command::Brief(options) => brief::run(options, terminal),
        Command::Extract(options) => extract::run(options, terminal),
        Command::Compare(options) => compare::run(options, terminal),
        Command::Stories(options) => stories::run(options, terminal),
        Command::Export(options) => export::run(options, terminal),
        Command::Verify(options) => verify::run(options, terminal),
        Command::Who(options) => who::run(options, cli.global.json, terminal),
        Command::Completions(options) => completions::run(options),
        Command::Man(options) => man::run(options),
    }
}

fn threads(wanted: Option<u16>) -> anyhow::Result<()> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(wanted.map_or(0, usize::from)).stack_size(STACK);
    pool.build_global().context("the worker threads could not be started; try --threads 1")
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    /// The sections of the documentation by heading.
    fn section(heading: &str) -> String {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/commands.md");
        let page = std::fs::read_to_string(path).expect("the documentation of the commands");
        let found = page.split("\n## ").find(|section| section.lines().next() == Some(heading));
        found.unwrap_or_else(|| panic!("docs/commands.md has no section `{heading}`")).to_owned()
    }

    #[test]
    fn every_command_and_option_is_documented() {
        let shared = section("Inputs") + &section("Options of every command");
        for command in Cli::command().get_subcommands() {
            let own = section(&format!("onrecord {}", command.get_name()));
            for option in command.get_arguments().filter_map(|a| a.get_long()) {
                let named = format!("`--{option}`");
                let text = if ["input-format", "lexicon"].contains(&option) { &shared } else { &own };
                assert!(
                    text.contains(&named),
                    "{named} of {} is not in docs/commands.md",
                    command.get_name()
                );
            }
        }
        for option in Cli::command().get_arguments().filter_map(|a| a.get_long()) {
            assert!(shared.contains(&format!("`--{option}`")), "--{option} is not in docs/commands.md");
        }
    }

    #[test]
    fn every_command_shows_examples() {
        for command in Cli::command().get_subcommands() {
            let help = command.get_after_long_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains("onrecord"), "{} --help has no example", command.get_name());
        }
    }

    #[test]
    fn the_definition_of_the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
