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
  onrecord compare --explain \"14 people\" \"two passengers\" reports/
  onrecord compare reports/ | jq 'select(.relation == \"conflict\")'")]
pub struct Options {
    #[command(flatten)]
    inputs: inputs::Paths,
    #[command(flatten)]
    lexicons: inputs::Lexicons,
    /// Instead, say why two values are or are not set against each other
    ///
    /// Each value is given by its words, as they stand in a report (“14 people”).
    #[arg(long, num_args = 2, value_names = ["WORDS", "WORDS"])]
    explain: Option<Vec<String>>,
}

pub fn run(options: &Options, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let engine = options.lexicons.engine()?;
    let (reports, outcome) = inputs::reports(&options.inputs, &engine, terminal)?;
    let mut out = Stdout::new();
    if let Some([left, right]) = options.explain.as_deref() {
        let lines = engine.explain_claim(&reports, [left, right]);
        out.write(&(lines.join("\n") + "\n"))?;
        out.flush()?;
        return Ok(outcome);
    }
    out.write(&contract::compare(&reports, &engine.link(&reports)))?;
    out.flush()?;
    Ok(outcome)
}
