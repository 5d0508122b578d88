//! Learns the sound tables of names and measures the matcher, on public name lists that lie outside the repository:
//! `cargo run -p lexicon --example names -- learn|decide|score DIR`, where DIR holds `sanctions-names` and `ne-transliteration`.
//! Half of the entities tune, the other half report (`Half::of`). Without DIR there is nothing to do, and it says so.
#![allow(clippy::print_stdout, clippy::disallowed_methods)]

mod conventions;
mod decide;
mod learn;
mod pairs;
mod people;
mod score;
mod transliteration;

use std::path::Path;

fn main() -> std::io::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (task, folder) = match args.as_slice() {
        [task, folder, ..] => (task.as_str(), Path::new(folder)),
        _ => ("", Path::new("../shared/data")),
    };
    if !folder.join("sanctions-names").is_dir() {
        println!("{}: no name lists here; nothing is measured", folder.display());
        return Ok(());
    }
    match task {
        "learn" => learn::learn(folder),
        "decide" => decide::decide(folder),
        _ => score::score(folder),
    }
}

/// The half that an entity belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// For learning and for choosing thresholds.
    Tune,
    /// For figures only.
    Report,
}

impl Half {
    /// By a hash of the entity's key, the same on every machine (FNV-1a).
    pub fn of(key: &str) -> Self {
        if hash(key) >> 17 & 1 == 0 { Self::Tune } else { Self::Report }
    }
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo).
pub fn hash(key: &str) -> u64 {
    key.bytes().fold(0xcbf2_9ce4_8422_2325, |sum: u64, b| (sum ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}
