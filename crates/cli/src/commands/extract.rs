//! `onrecord extract`: what each report says.

use crate::Outcome;
use crate::inputs::{self, Inputs};
use crate::output::Stdout;
use crate::terminal::Terminal;
use clap::Args;
use onrecord::Engine;
use onrecord::present::{contract, explanation};
use onrecord::record::{Report, StatementIx};

/// Print what each report says as JSON Lines: article, mentions, entities, times, statements, events
///
/// One object a line, the field `kind` first; offsets count Unicode code points and every quote stands at
/// its offsets. Reports are printed in input order, as they are read.
#[derive(Args, Debug)]
#[command(after_long_help = "Examples:
  onrecord extract report.txt
  onrecord extract reports/ > record.jsonl
  onrecord extract --explain s3 report.txt
  cat articles.jsonl | onrecord extract --input-format jsonl -
  onrecord extract report.html | jq 'select(.kind == \"statement\") | [.speaker.name, .content[0].quote]'")]
pub struct Options {
    #[command(flatten)]
    inputs: inputs::Paths,
    #[command(flatten)]
    lexicons: inputs::Lexicons,
    /// Instead of the record, print what made the statement with this id (`s3`): rules and scores, whom else its
    /// source could mean, and the tree around it.
    #[arg(long, value_name = "ID", value_parser = statement)]
    explain: Option<StatementIx>,
    /// After each report, print for each statement what its confidence is computed from (lines of kind `features`);
    /// `training/calibrate.py` fits the map from them.
    #[arg(long, conflicts_with = "explain")]
    features: bool,
}

/// The statement that `s3` means.
fn statement(id: &str) -> Result<StatementIx, String> {
    let number = id.strip_prefix('s').and_then(|n| n.parse::<u32>().ok());
    let index = number.and_then(|n| n.checked_sub(1));
    index
        .map(StatementIx)
        .ok_or_else(|| "no id of a statement; give one as `extract` prints it, like `s3`".to_owned())
}

pub fn run(options: &Options, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let engine = options.lexicons.engine()?;
    let mut out = Stdout::new();
    let mut inputs = Inputs::new(&options.inputs, None, &engine, terminal);
    let progress = terminal.progress();
    while let Some(articles) = inputs.next_chunk() {
        let mut reports = engine.read(articles, &|step| progress.show(step));
        if inputs.is_whole_run() {
            reports = engine.align(reports);
        }
        let printed = engine.each(&reports, |report| match (options.explain, options.features) {
            (Some(id), _) => explained(&engine, report, id),
            (None, false) => contract::extract(report),
            (None, true) => contract::extract(report) + &contract::features(report, &engine.features(report)),
        });
        for printed in printed {
            out.write(&printed)?;
        }
    }
    progress.finish();
    out.flush()?;
    inputs.outcome()
}

fn explained(engine: &Engine, report: &Report, id: StatementIx) -> String {
    match engine.explain(report, id) {
        Some(found) => explanation::text(report, id, &found),
        None => format!("s{} in {}: no such statement\n", id.0 + 1, report.article.source),
    }
}
