//! `onrecord brief`: the page to read.

use crate::Outcome;
use crate::inputs;
use crate::output::Stdout;
use crate::terminal::Terminal;
use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use onrecord::present::{self, Brief, contract};
use onrecord::record::{Links, Report};
use std::path::{Path, PathBuf};

/// Where a brief goes if standard output is a terminal.
const DEFAULT_FILE: &str = "brief.html";

/// Write a brief of one story: who said what, the timeline, where the reports agree and differ
///
/// The page is one self-contained file that works from disk without a network; each line in it leads to
/// the words it rests on. All given reports are taken as one story.
#[derive(Args, Debug)]
#[command(after_long_help = "Examples:
  onrecord brief reports/ -o brief.html
  onrecord brief agency.txt rewrite.html --format md
  onrecord brief reports/ --format json | jq '.records[] | select(.kind == \"claim\")'")]
pub struct Options {
    #[command(flatten)]
    inputs: inputs::Paths,
    #[command(flatten)]
    lexicons: inputs::Lexicons,
    /// Write to FILE; - is standard output [default: standard output; brief.html if that is a terminal]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Form of the brief [default: by the ending of FILE, else html]
    #[arg(long, value_enum, value_name = "FORM")]
    format: Option<Form>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// One self-contained web page
    Html,
    /// Markdown
    Md,
    /// One JSON object: versions, unread inputs, and all lines of the record format
    Json,
}

pub fn run(options: &Options, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let form = options.format.map_or_else(|| form_of(options.output.as_deref()), Ok)?;
    let destination = destination(options, form, terminal);
    let engine = options.lexicons.engine()?;
    let (read, outcome) = inputs::read_all(&options.inputs, destination.as_deref(), &engine, terminal)?;
    let links = engine.link(&read.reports);
    let versions = engine.versions();
    let brief = Brief { reports: &read.reports, links: &links, unread: &read.unread, versions: &versions };
    let page = match form {
        Form::Html => present::html(&brief),
        Form::Md => present::markdown(&brief),
        Form::Json => json(&brief, &read.reports, &links)?,
    };
    match destination {
        Some(path) => to_file(&path, &page, terminal)?,
        None => to_stdout(&page)?,
    }
    Ok(outcome)
}

/// The form that the ending of a file names; a file without an ending is a page.
fn form_of(path: Option<&Path>) -> anyhow::Result<Form> {
    let Some((path, ending)) = path.and_then(|path| Some((path, path.extension()?))) else {
        return Ok(Form::Html);
    };
    match ending.to_string_lossy().to_lowercase().as_str() {
        "html" | "htm" => Ok(Form::Html),
        "md" | "markdown" => Ok(Form::Md),
        "json" | "jsonl" => Ok(Form::Json),
        other => bail!(
            "{}: no form of a brief ends in .{other}; expected .html, .htm, .md, .json or .jsonl; \
             name such a file or say which form with --format",
            path.display()
        ),
    }
}

fn destination(options: &Options, form: Form, terminal: &Terminal) -> Option<PathBuf> {
    let shown = form == Form::Html && terminal.shows_output();
    match &options.output {
        Some(path) if path.as_os_str() == "-" => None,
        Some(path) => Some(path.clone()),
        None => shown.then(|| PathBuf::from(DEFAULT_FILE)),
    }
}

fn to_file(path: &Path, page: &str, terminal: &Terminal) -> anyhow::Result<()> {
    std::fs::write(path, page).with_context(|| {
        format!(
            "{}: could not be written; name a file in a folder that exists and may be written to",
            path.display()
        )
    })?;
    terminal.note(&format!("the brief is in {}", path.display()));
    Ok(())
}

fn to_stdout(page: &str) -> anyhow::Result<()> {
    let mut out = Stdout::new();
    out.write(page)?;
    out.flush()
}

fn json(brief: &Brief<'_>, reports: &[Report], links: &Links) -> anyhow::Result<String> {
    let mut lines: String = reports.iter().map(contract::extract).collect();
    lines.push_str(&contract::compare(reports, links));
    lines.push_str(&contract::stories(reports, &links.stories));
    let records: Vec<serde_json::Value> =
        lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let unread = brief
        .unread
        .iter()
        .map(|(source, message)| serde_json::json!({"source": source, "message": message}));
    let versions: serde_json::Map<_, _> =
        brief.versions.iter().map(|(what, version)| (what.clone(), version.as_str().into())).collect();
    let whole = serde_json::json!({
        "kind": "brief", "format": contract::FORMAT, "versions": versions,
        "unread": unread.collect::<Vec<_>>(), "records": records,
    });
    Ok(format!("{whole}\n"))
}
