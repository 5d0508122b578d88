//! `onrecord compare`: where the reports of one story agree and differ.

use crate::Outcome;
use crate::inputs;
use crate::output::Stdout;
use crate::terminal::Terminal;
use clap::Args;
use onrecord::present::contract;

/// Print where the reports of one story agree and differ as JSON Lines: claims, utterances, copies
///
/// All given reports are taken as one story.
#[derive(Args, Debug)]
#[command(after_long_help = "Examples:
  onrecord compare agency.txt rewrite.html
  onrecord compare reports/ | jq 'select(.relation == \"conflict\")'")]
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
    out.write(&contract::compare(&reports, &engine.link(&reports)))?;
    out.flush()?;
    Ok(outcome)
}
