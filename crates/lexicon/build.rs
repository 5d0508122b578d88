//! Gives the words and rules a version: a hash of all data files, so that any change of a rule shows in results. Lists the languages
//! that have time tables: the folders of `data/times` are the registry.
#![allow(clippy::disallowed_methods, clippy::print_stdout)]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=data");
    let mut files = Vec::new();
    collect(Path::new("data"), &mut files)?;
    files.sort();
    let mut hash = Fnv::default();
    for file in &files {
        hash.add(file.to_string_lossy().replace('\\', "/").as_bytes());
        hash.add(&fs::read(file)?);
    }
    fs::write(generated(), time_languages()?)?;
    println!("cargo::rustc-env=LEXICON_VERSION={:08x}", (hash.0 >> 32) as u32 ^ hash.0 as u32);
    Ok(())
}

/// Rule files of a language, in the order in which their rules are tried.
const RULES: [&str; 6] = ["dates", "periods", "durations", "sets", "references", "clock"];

fn generated() -> PathBuf {
    PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default()).join("time_languages.rs")
}

/// A slice of (language, word files, rule files), each file with its path and text.
fn time_languages() -> io::Result<String> {
    let root = std::env::current_dir()?.join("data");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(root.join("times"))?.map(|e| Ok(e?.path())).collect::<io::Result<_>>()?;
    folders.retain(|folder| folder.join("words.txt").is_file());
    folders.sort();
    let mut out = String::from("&[");
    for folder in folders {
        let language = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let file =
            |name: String, path: PathBuf| format!("({name:?}, include_str!({:?})),", path.to_string_lossy());
        let numbers = root.join("numbers").join(format!("{language}.txt"));
        let words = file(format!("numbers/{language}"), numbers)
            + &file(format!("times/{language}/words"), folder.join("words.txt"));
        let rules: String = RULES
            .iter()
            .map(|name| (name, folder.join("rules").join(format!("{name}.txt"))))
            .filter(|(_, path)| path.is_file())
            .map(|(name, path)| file(format!("times/{language}/{name}"), path))
            .collect();
        out.push_str(&format!("({language:?}, &[{words}], &[{rules}]),"));
    }
    out.push(']');
    Ok(out)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        match path.is_dir() {
            true => collect(&path, files)?,
            false => files.push(path),
        }
    }
    Ok(())
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo).
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn add(&mut self, bytes: &[u8]) {
        // The length keeps two parts from running together.
        for byte in (bytes.len() as u64).to_le_bytes().iter().chain(bytes) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
