//! Files of the given paths, folders walked in bytewise order of names, JSON Lines in parts.

use super::lines::Lines;
use onrecord::Input;
use onrecord::acquire::Format;
use std::fs::{self, File};
use std::io::{self, Read};
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
}

/// Walks paths as given; what lies in a folder comes in bytewise order of its name.
pub struct Walk {
    format: Format,
    /// The next one last.
    ahead: Vec<Step>,
    /// JSON Lines of which a part has been read.
    open: Option<Lines>,
}

struct Step {
    path: PathBuf,
    given: bool,
    /// Canonical paths of the folders around it.
    inside: Rc<[PathBuf]>,
}

impl Walk {
    pub fn new(paths: &[PathBuf], format: Format) -> Self {
        let step = |path: &PathBuf| Step { path: path.clone(), given: true, inside: Rc::new([]) };
        Self { format, ahead: paths.iter().rev().map(step).collect(), open: None }
    }

    /// Reads a file, or what comes first of it; steps into a folder.
    fn step(&mut self, step: &Step) -> Result<Option<Input>, String> {
        if step.given && step.path.as_os_str() == "-" {
            return self.stream("-".to_owned(), Box::new(io::stdin())).map(Some);
        }
        let meta = fs::metadata(&step.path).map_err(|e| unreadable(&e))?;
        if meta.is_dir() {
            return self.enter(step).map(|()| None);
        }
        if is_endless(&meta) {
            return Err("a device or socket; expected a file, a folder or a pipe".to_owned());
        }
        let file = File::open(&step.path).map_err(|e| unreadable(&e))?;
        self.stream(step.path.to_string_lossy().into_owned(), Box::new(file)).map(Some)
    }

    /// Steps into a folder; says what is wrong with it otherwise.
    fn enter(&mut self, step: &Step) -> Result<(), String> {
        let here = fs::canonicalize(&step.path).map_err(|e| unreadable(&e))?;
        if step.inside.contains(&here) {
            return Err("a link that leads back to a folder around it; it was not followed".to_owned());
        }
        let names = names(&step.path).map_err(|e| unreadable(&e))?;
        if names.is_empty() && step.given {
            return Err("an empty folder; expected .txt, .html or .jsonl reports in it".to_owned());
        }
        let inside: Rc<[PathBuf]> = step.inside.iter().cloned().chain([here]).collect();
        let steps = names.into_iter().rev();
        self.ahead.extend(steps.map(|path| Step { path, given: false, inside: inside.clone() }));
        Ok(())
    }

    fn stream(&mut self, source: String, from: Box<dyn Read>) -> Result<Input, String> {
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
                Err(message) => {
                    let source = step.path.to_string_lossy().into_owned();
                    return Some(Found::Unreadable { source, message });
                }
            }
        }
    }
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
