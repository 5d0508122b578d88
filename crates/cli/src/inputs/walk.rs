//! Files of the given paths, folders walked in bytewise order of names, JSON Lines in parts.

use super::lines::Lines;
use super::own::{HEAD, Identity, written_by_us};
use onrecord::Input;
use onrecord::acquire::Format;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Files about a folder rather than in it.
const ABOUT: &[&str] = &["readme", "about", "license", "licence", "copying"];
/// A file that is read as a whole may have this many bytes.
const LARGEST: u64 = 1 << 30;

/// One step of a walk.
pub enum Found {
    /// A file, or a part of one.
    Part(Input),
    /// What could not be read, what was expected, what to do.
    Unreadable { source: String, message: String },
    /// What is no report, and why.
    PassedOver { source: String, message: String },
    /// A report that the run would overwrite; the walk ends.
    Endangered(String),
}

/// Why a file or folder gives no input.
enum Stop {
    Unreadable(String),
    PassedOver(String),
    Endangered(String),
}

impl From<String> for Stop {
    fn from(message: String) -> Self {
        Self::Unreadable(message)
    }
}

/// Walks paths as given; what lies in a folder comes in bytewise order of its name.
pub struct Walk {
    format: Format,
    /// The next one last.
    ahead: Vec<Step>,
    /// JSON Lines of which a part has been read.
    open: Option<Lines>,
    /// Canonical paths of what was met.
    met: BTreeSet<PathBuf>,
    /// The file that the run will write.
    output: Option<Identity>,
    /// The file that standard output goes to.
    stdout: Option<Identity>,
}

struct Step {
    path: PathBuf,
    given: bool,
    /// Canonical paths of the folders around it.
    inside: Rc<[PathBuf]>,
}

impl Walk {
    /// `output` is the file that the run will write, if it is known.
    pub fn new(paths: &[PathBuf], format: Format, output: Option<&Path>) -> Self {
        let step = |path: &PathBuf| Step { path: path.clone(), given: true, inside: Rc::new([]) };
        Self {
            format,
            ahead: paths.iter().rev().map(step).collect(),
            open: None,
            met: BTreeSet::new(),
            output: output.and_then(Identity::at),
            stdout: Identity::of_stdout(),
        }
    }

    /// Reads a file, or what comes first of it; steps into a folder.
    fn step(&mut self, step: &Step) -> Result<Option<Input>, Stop> {
        if step.given && step.path.as_os_str() == "-" {
            self.meet(PathBuf::from("-"))?;
            return self.stream("-".to_owned(), Box::new(io::stdin()), false).map(Some);
        }
        let meta = fs::metadata(&step.path).map_err(|e| unreadable(&e))?;
        if meta.is_dir() {
            return self.enter(step).map(|()| None);
        }
        if is_endless(&meta) {
            return Err("a device or socket; expected a file, a folder or a pipe".to_owned().into());
        }
        let identity = Identity::of(&step.path, &meta);
        if identity.is_some() && identity == self.stdout {
            return Err(Stop::PassedOver("the output of this run goes there; passed over".to_owned()));
        }
        if let (true, Ok(canonical)) = (meta.is_file(), fs::canonicalize(&step.path)) {
            self.meet(canonical)?;
        }
        let file = File::open(&step.path).map_err(|e| unreadable(&e))?;
        let is_output = identity.is_some() && identity == self.output;
        self.stream(step.path.to_string_lossy().into_owned(), Box::new(file), is_output).map(Some)
    }

    /// Refuses what was met before.
    fn meet(&mut self, canonical: PathBuf) -> Result<(), Stop> {
        let again = || Stop::PassedOver("given more than once; it is read once".to_owned());
        self.met.insert(canonical).then_some(()).ok_or_else(again)
    }

    /// Steps into a folder; says what is wrong with it otherwise.
    fn enter(&mut self, step: &Step) -> Result<(), Stop> {
        let here = fs::canonicalize(&step.path).map_err(|e| unreadable(&e))?;
        if step.inside.contains(&here) {
            return Err("a link that leads back to a folder around it; it was not followed"
                .to_owned()
                .into());
        }
        self.meet(here.clone())?;
        let names = names(&step.path).map_err(|e| unreadable(&e))?;
        if names.is_empty() && step.given {
            return Err("an empty folder; expected .txt, .html or .jsonl reports in it".to_owned().into());
        }
        let inside: Rc<[PathBuf]> = step.inside.iter().cloned().chain([here]).collect();
        let steps = names.into_iter().rev();
        self.ahead.extend(steps.map(|path| Step { path, given: false, inside: inside.clone() }));
        Ok(())
    }

    /// Reads a stream, or the first part of it, unless it is our own; `is_output`: the run will write there.
    fn stream(&mut self, source: String, mut from: Box<dyn Read>, is_output: bool) -> Result<Input, Stop> {
        let mut head = Vec::new();
        from.by_ref().take(HEAD).read_to_end(&mut head).map_err(|e| unreadable(&e))?;
        if let Some(what) = written_by_us(&head) {
            return Err(Stop::PassedOver(format!("{what}, no report; passed over")));
        }
        if is_output {
            return Err(output_met(&source, &head));
        }
        let from = Box::new(Cursor::new(head).chain(from));
        if !is_lines(&source, self.format) {
            let bytes = whole(from)?;
            return Ok(Input { source, first_line: 1, bytes, format: self.format });
        }
        let mut lines = Lines::new(source, from);
        let first = lines.next_part()?;
        self.open = Some(lines);
        Ok(first.unwrap_or_else(|| self.nothing()))
    }

    /// An input without content, which is a problem of its own.
    fn nothing(&mut self) -> Input {
        let source = self.open.take().map(Lines::into_source).unwrap_or_default();
        Input { source, first_line: 1, bytes: Vec::new(), format: Format::Jsonl }
    }

    /// More of the JSON Lines that are open.
    fn more(&mut self) -> Option<Found> {
        let found = match self.open.as_mut()?.next_part() {
            Ok(Some(part)) => return Some(Found::Part(part)),
            Ok(None) => None,
            Err(message) => Some(message),
        };
        let source = self.open.take().map(Lines::into_source).unwrap_or_default();
        found.map(|message| Found::Unreadable { source, message })
    }

    fn stopped(&mut self, stop: Stop, source: String) -> Found {
        match stop {
            Stop::Unreadable(message) => Found::Unreadable { source, message },
            Stop::PassedOver(message) => Found::PassedOver { source, message },
            Stop::Endangered(message) => {
                self.ahead.clear();
                Found::Endangered(message)
            }
        }
    }
}

impl Iterator for Walk {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        if let Some(found) = self.more() {
            return Some(found);
        }
        loop {
            let step = self.ahead.pop()?;
            match self.step(&step) {
                Ok(None) => {}
                Ok(Some(input)) => return Some(Found::Part(input)),
                Err(stop) => return Some(self.stopped(stop, step.path.to_string_lossy().into_owned())),
            }
        }
    }
}

/// What to do about a file that is to be written and that is not our own work: an empty one may go.
fn output_met(source: &str, head: &[u8]) -> Stop {
    if head.is_empty() {
        return Stop::PassedOver("the brief will go there; passed over".to_owned());
    }
    Stop::Endangered(format!(
        "{source}: the brief would overwrite this input; expected a file that is no report; \
         name another one with --output"
    ))
}

fn is_lines(source: &str, format: Format) -> bool {
    let ending = Path::new(source).extension().and_then(|e| e.to_str()).map(str::to_lowercase);
    match format {
        Format::Jsonl => true,
        Format::Auto => matches!(ending.as_deref(), Some("jsonl" | "ndjson")),
        _ => false,
    }
}

fn whole(from: Box<dyn Read>) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    from.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|e| unreadable(&e))?;
    if bytes.len() as u64 > LARGEST {
        return Err(format!(
            "over {} MiB; expected one report a file, or JSON Lines in a .jsonl file",
            LARGEST >> 20
        ));
    }
    Ok(bytes)
}

/// Paths of a folder's entries that may hold reports, in bytewise order.
fn names(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        paths.push(entry?.path());
    }
    paths.retain(|path| !is_hidden(path) && !is_about(path));
    paths.sort_by(|a, b| a.as_os_str().as_encoded_bytes().cmp(b.as_os_str().as_encoded_bytes()));
    Ok(paths)
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

fn is_about(path: &Path) -> bool {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().to_lowercase());
    stem.is_some_and(|stem| ABOUT.contains(&stem.as_str()))
}

#[cfg(unix)]
fn is_endless(meta: &fs::Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt;
    let kind = meta.file_type();
    kind.is_char_device() || kind.is_block_device() || kind.is_socket()
}

#[cfg(not(unix))]
fn is_endless(_meta: &fs::Metadata) -> bool {
    false
}

pub(super) fn unreadable(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder; check the path".to_owned(),
        io::ErrorKind::PermissionDenied => {
            "may not be read; change its permissions or leave it out".to_owned()
        }
        _ => format!("could not be read ({error}); expected a file, a folder or a pipe"),
    }
}
