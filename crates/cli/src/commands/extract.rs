//! `onrecord extract`: what each report says.

use crate::Outcome;
use crate::inputs::{self, Inputs};
use crate::output::Stdout;
use crate::terminal::Terminal;
use clap::Args;
use onrecord::Engine;
use onrecord::present::contract;

/// Print what each report says as JSON Lines: article, mentions, entities, times, statements, events
///
/// One object a line, the field `kind` first; offsets count Unicode code points and every quote stands at
/// its offsets. Reports are printed in input order, as they are read.
#[derive(Args, Debug)]
#[command(after_long_help = "Examples:
  onrecord extract report.txt
  onrecord extract reports/ > record.jsonl
  cat articles.jsonl | onrecord extract --input-format jsonl -
  onrecord extract report.html | jq 'select(.kind == \"statement\") | [.speaker.name, .content[0].quote]'")]
pub struct Options {
    #[command(flatten)]
    inputs: inputs::Paths,
}

pub fn run(options: &Options, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let engine = Engine::new();
    let mut out = Stdout::new();
    let mut inputs = Inputs::new(&options.inputs, None, &engine, terminal);
    let progress = terminal.progress();
    while let Some(articles) = inputs.next_chunk() {
        let mut reports = engine.read(articles, &|step| progress.show(step));
        if inputs.is_whole_run() {
            reports = engine.align(reports);
        }
        for report in &reports {
            out.write(&contract::extract(report))?;
        }
    }
    progress.finish();
    out.flush()?;
    inputs.outcome()
}
