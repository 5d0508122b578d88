//! The `onrecord` command.
// Files, the environment and the clock enter here; the lints keep them out of the other crates.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod commands;
mod inputs;
mod output;
mod terminal;

use clap::Parser;
use clap::error::ErrorKind;
use commands::Cli;
use onrecord::Engine;
use std::io::Write;
use std::process::ExitCode;
use terminal::Terminal;

/// How a run ended; the number is the exit code of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Everything was done.
    Done = 0,
    /// The input or the options are wrong.
    Wrong = 1,
    /// Done, but some inputs could not be read.
    Partly = 2,
    /// A defect of the program.
    Defect = 255,
}

fn main() -> ExitCode {
    terminal::explain_defects();
    let outcome = std::panic::catch_unwind(|| match Cli::try_parse() {
        Ok(cli) => run(&cli),
        Err(error) => usage(&error),
    });
    ExitCode::from(outcome.unwrap_or(Outcome::Defect) as u8)
}

fn usage(error: &clap::Error) -> Outcome {
    if error.kind() == ErrorKind::DisplayVersion {
        return versions();
    }
    // Nothing is left to do where even the message cannot be printed.
    let _ = error.print();
    if error.use_stderr() { Outcome::Wrong } else { Outcome::Done }
}

fn versions() -> Outcome {
    let lines: String = Engine::new().versions().iter().map(|(what, v)| format!("{what} {v}\n")).collect();
    let mut out = output::Stdout::new();
    match out.write(&lines).and_then(|()| out.flush()) {
        Err(error) if !output::is_closed(&error) => {
            // Nothing is left to do where even the message cannot be printed.
            let _ = writeln!(std::io::stderr(), "onrecord: {error:#}");
            Outcome::Wrong
        }
        _ => Outcome::Done,
    }
}

fn run(cli: &Cli) -> Outcome {
    let terminal = Terminal::new(&cli.global);
    match commands::run(cli, &terminal) {
        Ok(outcome) => outcome,
        Err(error) if output::is_closed(&error) => Outcome::Done,
        Err(error) => {
            terminal.error(&format!("{error:#}"));
            Outcome::Wrong
        }
    }
}
