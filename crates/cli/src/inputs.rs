//! Paths to articles: files, folders, standard input.

mod lexicons;
mod lines;
mod own;
mod walk;

use crate::Outcome;
use crate::terminal::Terminal;
use anyhow::bail;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
pub use lexicons::Lexicons;
use onrecord::Engine;
use onrecord::acquire::Format;
use onrecord::record::{Article, Report};
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use walk::{Found, Walk};

/// Articles read before their findings are printed. Runs of at most this many have their undated reports
/// aligned with dated ones.
pub const CHUNK: usize = 256;
/// Text (in bytes) that ends a chunk early, so that memory stays bounded.
const CHUNK_BYTES: usize = 8 << 20;

#[derive(Args, Debug)]
pub struct Paths {
    /// Files or folders of reports; - is standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How inputs are to be read
    #[arg(long, value_name = "FORMAT", default_value_t = Format::Auto, value_parser = formats())]
    input_format: Format,
}

/// The formats that `acquire` reads, by name.
fn formats() -> impl TypedValueParser<Value = Format> {
    let value = |format: &Format| PossibleValue::new(format.as_str()).help(format.meaning());
    PossibleValuesParser::new(Format::ALL.iter().map(value))
        .map(|name| Format::parse(&name).unwrap_or_default())
}

/// All reports of a run, and the inputs that could not be read.
pub struct Read {
    pub reports: Vec<Report>,
    /// Input and reason.
    pub unread: Vec<(String, String)>,
}

impl Paths {
    /// These paths, read as their names and contents suggest.
    pub fn of(paths: Vec<PathBuf>) -> Self {
        Self { paths, input_format: Format::Auto }
    }

    /// Whether standard input is among them.
    pub fn has_stdin(&self) -> bool {
        self.paths.iter().any(|path| path.as_os_str() == "-")
    }
}

/// Reads everything into memory, dates aligned. An error where a report would be overwritten by `output`.
pub fn read_all(
    options: &Paths,
    output: Option<&Path>,
    engine: &Engine,
    terminal: &Terminal,
) -> anyhow::Result<(Read, Outcome)> {
    let mut inputs = Inputs::new(options, output, engine, terminal);
    let progress = terminal.progress();
    let mut reports = Vec::new();
    while let Some(articles) = inputs.next_chunk() {
        reports.extend(engine.read(articles, &|step| progress.show(step)));
    }
    let reports = engine.align(reports);
    progress.finish();
    let outcome = inputs.outcome()?;
    Ok((Read { reports, unread: inputs.unread }, outcome))
}

/// The same without the list of what could not be read.
pub fn reports(
    options: &Paths,
    engine: &Engine,
    terminal: &Terminal,
) -> anyhow::Result<(Vec<Report>, Outcome)> {
    read_all(options, None, engine, terminal).map(|(read, outcome)| (read.reports, outcome))
}

/// The articles of a run in chunks, in input order.
pub struct Inputs<'a> {
    engine: &'a Engine,
    terminal: &'a Terminal,
    walk: Walk,
    waiting: VecDeque<Article>,
    chunks: usize,
    unread: Vec<(String, String)>,
    /// Why nothing may be written.
    endangered: Option<String>,
}

impl<'a> Inputs<'a> {
    pub fn new(options: &Paths, output: Option<&Path>, engine: &'a Engine, terminal: &'a Terminal) -> Self {
        Self {
            engine,
            terminal,
            walk: Walk::new(&options.paths, options.input_format, output),
            waiting: VecDeque::new(),
            chunks: 0,
            unread: Vec::new(),
            endangered: None,
        }
    }

    /// The next articles; `None` at the end.
    pub fn next_chunk(&mut self) -> Option<Vec<Article>> {
        while self.waiting.len() < CHUNK && self.load() {}
        let mut size = 0;
        let fitting = self.waiting.iter().take(CHUNK).take_while(|article| {
            size += article.text.len();
            size <= CHUNK_BYTES
        });
        let n = fitting.count().max(1).min(self.waiting.len());
        self.chunks += usize::from(n > 0);
        (n > 0).then(|| self.waiting.drain(..n).collect())
    }

    /// Whether the chunk just given was the only one.
    pub fn is_whole_run(&mut self) -> bool {
        while self.waiting.is_empty() && self.load() {}
        self.chunks == 1 && self.waiting.is_empty()
    }

    /// Takes in more inputs; false where there are none.
    fn load(&mut self) -> bool {
        let mut inputs = Vec::new();
        let mut size = 0;
        while size < CHUNK_BYTES && inputs.len() < CHUNK {
            match self.walk.next() {
                None => break,
                Some(Found::Part(part)) => {
                    size += part.bytes.len();
                    inputs.push(part);
                }
                Some(Found::Unreadable { source, message }) => self.unreadable(source, message),
                Some(Found::PassedOver { source, message }) => {
                    self.terminal.note(&format!("{source}: {message}"));
                }
                Some(Found::Endangered(message)) => {
                    self.endangered = Some(message);
                    self.waiting.clear();
                    return false;
                }
            }
        }
        let acquired = self.engine.acquire(&inputs);
        self.waiting.extend(acquired.articles);
        for problem in acquired.problems {
            self.unreadable(problem.source, problem.message);
        }
        !inputs.is_empty()
    }

    fn unreadable(&mut self, source: String, message: String) {
        self.terminal.problem(&source, &message);
        self.unread.push((source, message));
    }

    /// How the run ended as far as the inputs go.
    pub fn outcome(&self) -> anyhow::Result<Outcome> {
        if let Some(message) = &self.endangered {
            bail!("{message}");
        }
        if self.chunks == 0 {
            bail!("no report could be read; give files or folders of .txt, .html or .jsonl reports");
        }
        Ok(if self.unread.is_empty() { Outcome::Done } else { Outcome::Partly })
    }
}
