//! `onrecord stories`: which reports belong together.

use crate::Outcome;
use crate::inputs::{self, Inputs};
use crate::output::Stdout;
use crate::terminal::{Bar, Terminal};
use anyhow::{Context, bail};
use clap::Args;
use onrecord::present::contract;
use onrecord::record::{KnownStory, Layer, Reading, Report};
use onrecord::{Engine, Progress};
use std::path::{Path, PathBuf};

/// Reports of a run from which on no more is kept of each than grouping needs, and undated ones stay undated.
const MANY: usize = 4096;

/// Print which reports tell one story as JSON Lines
///
/// Every report is in exactly one story.
#[derive(Args, Debug)]
#[command(after_long_help = "Examples:
  onrecord stories reports/
  onrecord stories --known yesterday.jsonl reports/ > today.jsonl
  onrecord stories monday/ tuesday/ | jq '[.title, (.sources | length)]'")]
pub struct Options {
    #[command(flatten)]
    inputs: inputs::Paths,
    #[command(flatten)]
    lexicons: inputs::Lexicons,
    /// What an earlier run printed; its stories keep their ids
    #[arg(long, value_name = "FILE")]
    known: Option<PathBuf>,
}

pub fn run(options: &Options, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let known = options.known.as_deref().map_or(Ok(Vec::new()), known)?;
    let engine = options.lexicons.engine()?;
    let mut inputs = Inputs::new(&options.inputs, None, &engine, terminal);
    let progress = terminal.progress();
    let reports = read(&mut inputs, &engine, &progress);
    progress.show(Progress::Linking);
    let stories = engine.stories(&reports, &known);
    progress.finish();
    let outcome = inputs.outcome()?;
    let mut out = Stdout::new();
    out.write(&contract::stories(&reports, &stories))?;
    out.flush()?;
    Ok(outcome)
}

/// All reports; of many only what grouping needs, so that memory stays small.
fn read(inputs: &mut Inputs<'_>, engine: &Engine, progress: &Bar) -> Vec<Report> {
    let mut reports: Vec<Report> = Vec::new();
    while let Some(articles) = inputs.next_chunk() {
        let before = reports.len();
        reports.extend(engine.read(articles, &|step| {
            progress.show(match step {
                Progress::Read(done, total) => Progress::Read(before + done, before + total),
                step => step,
            });
        }));
        if reports.len() > MANY {
            let whole = if before > MANY { before } else { 0 };
            reports[whole..].iter_mut().for_each(lighten);
        }
    }
    if reports.len() > MANY { reports } else { engine.align(reports) }
}

fn lighten(report: &mut Report) {
    report.reading = Reading::default();
    report.findings.mentions = Layer::default();
    report.findings.statements = Vec::new();
    report.findings.events = Vec::new();
}

/// The stories that an earlier run printed.
fn known(path: &Path) -> anyhow::Result<Vec<KnownStory>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let stories = lines.map(|(number, line)| match story(line) {
        Some(story) => Ok(story),
        None => bail!(
            "{}, line {}: expected a story as `onrecord stories` prints it; give --known the output of an earlier run",
            path.display(),
            number + 1
        ),
    });
    stories.collect()
}

fn story(line: &str) -> Option<KnownStory> {
    let line: serde_json::Value = serde_json::from_str(line).ok()?;
    let articles = line.get("articles")?.as_array()?.iter();
    Some(KnownStory {
        id: line.get("id")?.as_str().filter(|_| line["kind"] == "story")?.to_owned(),
        articles: articles.map(|a| a.as_str().map(str::to_owned)).collect::<Option<_>>()?,
    })
}
