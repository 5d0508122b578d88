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
    /// The result: output of extract, compare or stories; - is standard input
    #[arg(value_name = "FILE.jsonl")]
    result: PathBuf,
    #[command(flatten)]
    inputs: inputs::Paths,
}

pub fn run(options: &Options, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let result = result(options)?;
    let engine = Engine::new();
    let mut inputs = Inputs::new(&options.inputs, None, &engine, terminal);
    let mut texts = Texts::default();
    while let Some(articles) = inputs.next_chunk() {
        articles.iter().for_each(|article| texts.add(article));
    }
    let outcome = inputs.outcome()?;
    let verdict = verify(&result, &texts);
    if verdict.records == 0 || verdict.quotes + verdict.articles == 0 {
        bail!(
            "{}: no record lines in it that name a quote or an article; \
             expected the output of extract, compare or stories; make it again from these texts",
            options.result.display()
        );
    }
    report(&verdict)?;
    Ok(outcome)
}

/// The result to check.
fn result(options: &Options) -> anyhow::Result<String> {
    let stdin = options.result.as_os_str() == "-";
    if stdin && options.inputs.has_stdin() {
        bail!("-: standard input cannot be both the result and a report; expected a file for one of them");
    }
    let read = if stdin {
        std::io::read_to_string(std::io::stdin())
    } else {
        std::fs::read_to_string(&options.result)
    };
    read.with_context(|| {
        format!(
            "{}: could not be read; expected JSON Lines from extract, compare or stories",
            options.result.display()
        )
    })
}

fn report(verdict: &Verdict) -> anyhow::Result<()> {
    let mut out = Stdout::new();
    for fault in &verdict.faults {
        out.write(&format!("line {}: {}\n", fault.line, fault.what))?;
    }
    if verdict.faults.is_empty() {
        out.write(&format!("{}\n", praise(verdict)))?;
    }
    out.flush()?;
    if !verdict.faults.is_empty() {
        bail!(
            "{} of {} quotes are not in their places, and {} of {} lines do not fit otherwise; \
             expected a result made from these texts; make it again",
            verdict.misplaced,
            verdict.quotes,
            other_lines(verdict),
            verdict.lines
        );
    }
    Ok(())
}

fn praise(verdict: &Verdict) -> String {
    let Verdict { quotes, lines, articles, .. } = verdict;
    if *quotes == 0 {
        return format!("no quotes in {lines} lines; the {articles} articles they name are among the texts");
    }
    format!("{quotes} quotes in {lines} lines, all in place")
}

/// Lines with a fault that is not one of a quote.
fn other_lines(verdict: &Verdict) -> usize {
    let lines = verdict.faults.iter().filter(|fault| !fault.of_quote).map(|fault| fault.line);
    lines.collect::<std::collections::BTreeSet<_>>().len()
}
