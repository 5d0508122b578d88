//! `onrecord export`: events and positions as tables.

use crate::Outcome;
use crate::inputs;
use crate::output::Stdout;
use crate::terminal::Terminal;
use anyhow::Context;
use clap::{Args, ValueEnum};
use onrecord::lexicon::places::Places;
use onrecord::present::{Brief, export};
use std::path::PathBuf;

/// Write events or positions as a table: CSV or JSON Lines
///
/// Events come in PLOVER's columns or in those of the older CAMEO data (GDELT's names); every row names the words it rests on. All
/// given reports are taken as one story.
#[derive(Args, Debug)]
#[command(after_long_help = "Examples:
  onrecord export events reports/ -o events.csv
  onrecord export events --columns cameo reports/ > events.csv
  onrecord export events --format jsonl reports/ | jq '.[\"Event Type\"]'
  onrecord export positions reports/ -o positions.csv")]
pub struct Options {
    /// What to write
    #[arg(value_enum)]
    what: What,
    #[command(flatten)]
    inputs: inputs::Paths,
    #[command(flatten)]
    lexicons: inputs::Lexicons,
    /// Write to FILE; - is standard output [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Form of the table [default: jsonl if FILE ends so, else csv]
    #[arg(long, value_enum, value_name = "FORM")]
    format: Option<Form>,
    /// Names of the columns of events
    #[arg(long, value_enum, default_value = "plover", value_name = "SCHEME")]
    columns: Columns,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    /// Who did what to whom, one row an event
    Events,
    /// What each side demands, offers, refuses, threatens, concedes, one row a position
    Positions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Comma-separated values, names in the first line
    Csv,
    /// One JSON object a line
    Jsonl,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Columns {
    /// PLOVER types and modes
    Plover,
    /// CAMEO root codes, GDELT's names
    Cameo,
}

pub fn run(options: &Options, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let destination = options.output.as_deref().filter(|path| path.as_os_str() != "-");
    let engine = options.lexicons.engine()?;
    let (read, outcome) = inputs::read_all(&options.inputs, destination, &engine, terminal)?;
    let links = engine.link(&read.reports);
    let versions = engine.versions();
    let brief = Brief { reports: &read.reports, links: &links, unread: &read.unread, versions: &versions };
    let places = Places::load();
    let locate = |name: &str, near: &[&str]| {
        places.find(name, near).map(|place| export::Location {
            country: place.alpha3.to_owned(),
            is_state: place.is_state,
            coordinates: place.coordinates,
        })
    };
    let table = match options.what {
        What::Events => export::events(&brief, options.columns(), options.form(), &locate),
        What::Positions => export::positions(&brief, options.form()),
    };
    match destination {
        Some(path) => std::fs::write(path, table).with_context(|| {
            format!(
                "{}: could not be written; name a file in a folder that exists and may be written to",
                path.display()
            )
        })?,
        None => {
            let mut out = Stdout::new();
            out.write(&table)?;
            out.flush()?;
        }
    }
    Ok(outcome)
}

impl Options {
    fn form(&self) -> export::Form {
        let ending = self.output.as_deref().and_then(|path| path.extension());
        let lines = ending.is_some_and(|e| e.eq_ignore_ascii_case("jsonl") || e.eq_ignore_ascii_case("json"));
        match self.format {
            Some(Form::Jsonl) => export::Form::JsonLines,
            None if lines => export::Form::JsonLines,
            _ => export::Form::Csv,
        }
    }

    fn columns(&self) -> export::Columns {
        match self.columns {
            Columns::Plover => export::Columns::Plover,
            Columns::Cameo => export::Columns::Cameo,
        }
    }
}
