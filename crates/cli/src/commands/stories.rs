//! `onrecord stories`: which reports belong together.

use crate::Outcome;
use crate::inputs;
use crate::output::Stdout;
use crate::terminal::Terminal;
use clap::Args;
use onrecord::present::contract;

/// Print which reports tell one story as JSON Lines
///
/// Every report is in exactly one story.
#[derive(Args, Debug)]
#[command(after_long_help = "Examples:
  onrecord stories reports/
  onrecord stories monday/ tuesday/ | jq '[.title, (.sources | length)]'")]
pub struct Options {
    #[command(flatten)]
    inputs: inputs::Paths,
    #[command(flatten)]
    lexicons: inputs::Lexicons,
}

pub fn run(options: &Options, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let engine = options.lexicons.engine()?;
    let (reports, outcome) = inputs::reports(&options.inputs, &engine, terminal)?;
    let mut out = Stdout::new();
    out.write(&contract::stories(&reports, &engine.stories(&reports)))?;
    out.flush()?;
    Ok(outcome)
}
