//! Files of the given paths, folders walked in bytewise order of names.

use std::fs::{self, FileType};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Files about a folder rather than in it.
const ABOUT: &[&str] = &["readme", "about", "license", "licence", "copying"];

/// One step of a walk.
pub enum Found {
    /// A file, read.
    File { source: String, bytes: Vec<u8> },
    /// What could not be read, what was expected, what to do.
    Unreadable { source: String, message: String },
}

/// Walks paths as given; what lies in a folder comes in bytewise order of its name.
pub struct Walk {
    /// The next one last.
    ahead: Vec<Step>,
}

struct Step {
    path: PathBuf,
    given: bool,
    /// Canonical paths of the folders around it.
    inside: Rc<[PathBuf]>,
}

impl Walk {
    pub fn new(paths: &[PathBuf]) -> Self {
        let step = |path: &PathBuf| Step { path: path.clone(), given: true, inside: Rc::new([]) };
        Self { ahead: paths.iter().rev().map(step).collect() }
    }

    /// Steps into a folder; says what is wrong with it otherwise.
    fn enter(&mut self, step: &Step) -> Result<(), String> {
        let here = fs::canonicalize(&step.path).map_err(|e| unreadable_folder(&e))?;
        if step.inside.contains(&here) {
            return Err(format!("a link that leads back to {}; it was not followed", here.display()));
        }
        let names = names(&step.path).map_err(|e| unreadable_folder(&e))?;
        if names.is_empty() && step.given {
            return Err("an empty folder; expected .txt, .html or .jsonl reports in it".to_owned());
        }
        let inside: Rc<[PathBuf]> = step.inside.iter().cloned().chain([here]).collect();
        let steps = names.into_iter().rev();
        self.ahead.extend(steps.map(|path| Step { path, given: false, inside: inside.clone() }));
        Ok(())
    }

    fn step(&mut self, step: &Step) -> Option<Result<Vec<u8>, String>> {
        if step.given && step.path.as_os_str() == "-" {
            return Some(stdin());
        }
        match fs::metadata(&step.path) {
            Err(error) => Some(Err(unreadable(&error))),
            Ok(meta) if meta.is_dir() => self.enter(step).err().map(Err),
            Ok(meta) => Some(file(&step.path, meta.file_type())),
        }
    }
}

impl Iterator for Walk {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        loop {
            let step = self.ahead.pop()?;
            let source = step.path.to_string_lossy().into_owned();
            match self.step(&step) {
                None => {}
                Some(Ok(bytes)) => return Some(Found::File { source, bytes }),
                Some(Err(message)) => return Some(Found::Unreadable { source, message }),
            }
        }
    }
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

fn stdin() -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    match io::stdin().lock().read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(error) => Err(unreadable(&error)),
    }
}

fn file(path: &Path, kind: FileType) -> Result<Vec<u8>, String> {
    if is_endless(kind) {
        return Err("a device or socket; expected a file, a folder or a pipe".to_owned());
    }
    fs::read(path).map_err(|e| unreadable(&e))
}

#[cfg(unix)]
fn is_endless(kind: FileType) -> bool {
    use std::os::unix::fs::FileTypeExt;
    kind.is_char_device() || kind.is_block_device() || kind.is_socket()
}

#[cfg(not(unix))]
fn is_endless(_kind: FileType) -> bool {
    false
}

fn unreadable(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder; check the path".to_owned(),
        io::ErrorKind::PermissionDenied => {
            "may not be read; change its permissions or leave it out".to_owned()
        }
        _ => format!("could not be read ({error}); expected a file, a folder or a pipe"),
    }
}

fn unreadable_folder(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => {
            "the folder may not be opened; change its permissions or leave it out".to_owned()
        }
        _ => unreadable(error),
    }
}
