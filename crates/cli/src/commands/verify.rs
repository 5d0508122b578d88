//! `onrecord verify`: is a result true to the texts?

use crate::Outcome;
use crate::inputs::{self, Inputs};
use crate::output::Stdout;
use crate::terminal::Terminal;
use anyhow::{Context, bail};
use clap::Args;
use onrecord::Engine;
use onrecord::present::verify::{Texts, Verdict, verify};
use std::path::PathBuf;

/// Check a result against the texts: every quote at its offsets
///
/// Exit code 0 and the number of quotes if all stand where the result says; 1 and the list if not.
#[derive(Args, Debug)]
#[command(after_long_help = "Examples:
  onrecord extract reports/ > record.jsonl && onrecord verify record.jsonl reports/
  onrecord compare reports/ > claims.jsonl && onrecord verify claims.jsonl reports/")]
pub struct Options {
    /// The result: output of extract, compare or stories
    #[arg(value_name = "FILE.jsonl")]
    result: PathBuf,
    #[command(flatten)]
    inputs: inputs::Paths,
}

pub fn run(options: &Options, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let result = std::fs::read_to_string(&options.result).with_context(|| {
        format!(
            "{}: could not be read; expected JSON Lines from extract, compare or stories",
            options.result.display()
        )
    })?;
    let engine = Engine::new();
    let mut inputs = Inputs::new(&options.inputs, &engine, terminal);
    let mut texts = Texts::default();
    while let Some(articles) = inputs.next_chunk() {
        articles.iter().for_each(|article| texts.add(article));
    }
    let outcome = inputs.outcome()?;
    report(&verify(&result, &texts))?;
    Ok(outcome)
}

fn report(verdict: &Verdict) -> anyhow::Result<()> {
    let mut out = Stdout::new();
    for fault in &verdict.faults {
        out.write(&format!("line {}: {}\n", fault.line, fault.what))?;
    }
    if verdict.faults.is_empty() {
        out.write(&format!("{} quotes in {} lines, all in place\n", verdict.quotes, verdict.lines))?;
    }
    out.flush()?;
    if !verdict.faults.is_empty() {
        bail!(
            "{} of {} quotes or lines do not fit the texts; make the result again from these texts",
            verdict.faults.len(),
            verdict.quotes
        );
    }
    Ok(())
}
