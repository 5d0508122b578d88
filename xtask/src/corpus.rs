//! The corpus: short texts with expectations, whole articles with their record, floors.

pub(crate) mod case;
pub(crate) mod expect;
pub(crate) mod gate;
pub(crate) mod golden;
pub(crate) mod stories;
pub(crate) mod truth;

use anyhow::Context;
use onrecord::acquire::Format;
use onrecord::present::contract;
use onrecord::record::Report;
use onrecord::{Engine, Input};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// What the program says of some reports: the lines of `extract`, and of `compare` where there are several.
pub(crate) struct Said {
    pub(crate) lines: Vec<Value>,
}

impl Said {
    pub(crate) fn of(engine: &Engine, inputs: &[Input]) -> anyhow::Result<Self> {
        let acquired = engine.acquire(inputs);
        if let Some(problem) = acquired.problems.first() {
            anyhow::bail!("{}: {}", problem.source, problem.message);
        }
        let reports = engine.align(engine.read(acquired.articles, &|_| {}));
        let mut lines: String = reports.iter().map(contract::extract).collect();
        if reports.len() > 1 {
            lines.push_str(&between(engine, &reports));
        }
        let lines: Result<_, _> = lines.lines().map(serde_json::from_str).collect();
        Ok(Self { lines: lines? })
    }

    pub(crate) fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Value> {
        self.lines.iter().filter(move |line| line["kind"] == kind)
    }
}

fn between(engine: &Engine, reports: &[Report]) -> String {
    contract::compare(reports, &engine.link(reports))
        + &contract::stories(reports, &engine.stories(reports, &[]))
}

/// Files of a corpus folder with this ending, sorted.
pub(crate) fn files(folder: &str, ending: &str) -> anyhow::Result<Vec<PathBuf>> {
    let folder = crate::root().join("corpus").join(folder);
    let entries = std::fs::read_dir(&folder).with_context(|| folder.display().to_string())?;
    let mut paths: Vec<PathBuf> = entries.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|e| e == ending));
    paths.sort();
    Ok(paths)
}

pub(crate) fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| path.display().to_string())
}

pub(crate) fn name(path: &Path) -> String {
    path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// A whole article as an input of its own name, so that the record is the same in every folder.
pub(crate) fn article(path: &Path) -> anyhow::Result<Input> {
    let source = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Input { source, first_line: 1, bytes: read(path)?.into_bytes(), format: Format::Auto })
}
