//! Users' gazetteers.

use anyhow::{Context, bail};
use clap::Args;
use onrecord::Engine;
use onrecord::lexicon::entities::gazetteer::{self, Gazetteer};
use std::path::{Path, PathBuf};

/// Bad lines that are named before the rest is only counted.
const NAMED: usize = 10;

#[derive(Args, Debug)]
pub struct Lexicons {
    /// Your own people, states and bodies (JSON Lines, or FollowTheMoney); they win over those that ship with the
    /// program. May be given several times: the first wins
    #[arg(long = "lexicon", value_name = "FILE")]
    files: Vec<PathBuf>,
}

impl Lexicons {
    /// The engine with these gazetteers.
    pub fn engine(&self) -> anyhow::Result<Engine> {
        let gazetteers = self.files.iter().map(|file| read(file)).collect::<anyhow::Result<Vec<_>>>()?;
        Ok(Engine::new().with_gazetteers(gazetteers))
    }
}

fn read(file: &Path) -> anyhow::Result<Gazetteer> {
    let shown = file.display();
    let text = std::fs::read_to_string(file).with_context(|| {
        format!("{shown}: could not be read as a lexicon; give a UTF-8 file of JSON Lines that exists")
    })?;
    gazetteer::read(&shown.to_string(), &text).or_else(|bad| {
        let lines: Vec<String> =
            bad.iter().take(NAMED).map(|b| format!("{shown}, line {}: {}", b.line, b.what)).collect();
        let more = match bad.len().saturating_sub(NAMED) {
            0 => String::new(),
            n => format!("\n… and {n} more"),
        };
        bail!(
            "{}{more}\ncorrect these lines or take them out; docs/commands.md shows the shape",
            lines.join("\n")
        )
    })
}
