//! Pinned floors: `corpus/gate/floors.json` for the corpus, `corpus/gate/scores.json` for the scorers.

use super::{case, read, stories, truth};
use anyhow::{Context, bail, ensure};
use onrecord::Engine;
use serde_json::{Map, Value};
use std::path::Path;
use std::process::Command;

/// Measures the corpus against its floors; with the folder of the scorers and their data also theirs.
pub(crate) fn run(shared: Option<&Path>) -> anyhow::Result<()> {
    let mut low = hold(&floors("floors.json")?, &corpus()?);
    if let Some(folder) = shared {
        low.extend(hold(&floors("scores.json")?, &scores(folder)?));
    }
    ensure!(low.is_empty(), "below the floor: {}", low.join(", "));
    Ok(())
}

fn floors(file: &str) -> anyhow::Result<Map<String, Value>> {
    let path = crate::root().join("corpus/gate").join(file);
    serde_json::from_str(&read(&path)?).with_context(|| path.display().to_string())
}

/// Prints each measure beside its floor; names those that are lower, or missing.
fn hold(floors: &Map<String, Value>, measured: &Map<String, Value>) -> Vec<String> {
    let mut low = Vec::new();
    for (name, floor) in floors {
        let floor = floor.as_f64().unwrap_or(f64::INFINITY);
        let value = measured.get(name).and_then(Value::as_f64);
        println!("{name:60} {} (floor {floor:.3})", value.map_or("-".to_owned(), |v| format!("{v:.3}")));
        if value.is_none_or(|value| value < floor) {
            low.push(name.clone());
        }
    }
    low
}

fn corpus() -> anyhow::Result<Map<String, Value>> {
    let engine = Engine::new();
    let (mut met, mut all) = (0, 0);
    for case in case::all()? {
        let said = case.said(&engine)?;
        met += case.expectations.iter().filter(|(_, e)| e.holds(&said)).count();
        all += case.expectations.len();
    }
    let mut measured = Map::new();
    measured.insert("cases: expectations met".into(), (met as f64 / all.max(1) as f64).into());
    for (name, count) in truth::measure(&engine)? {
        measured.insert(format!("golden: {name}, F1"), count.f1().into());
    }
    let [found, trapped] = stories::measure(&engine)?;
    measured.insert("stories: conflicts and updates found".into(), found.share().into());
    measured.insert("stories: traps not taken for conflicts".into(), (1.0 - trapped.share()).into());
    Ok(measured)
}

/// Runs the scorers in `folder` on the release build; a measure goes by `task: measure`.
fn scores(folder: &Path) -> anyhow::Result<Map<String, Value>> {
    let program = crate::root().join("target/release/onrecord");
    ensure!(program.exists(), "build the program first: cargo build --release");
    let result = crate::root().join("target/scores.json");
    let mut command = Command::new("python3");
    command.arg(folder.join("score/run.py")).arg("--onrecord").arg(&program);
    command
        .arg("--data")
        .arg(folder.join("data"))
        .arg("--gold")
        .arg(folder.join("gold"))
        .arg("--json")
        .arg(&result);
    if !command.status()?.success() {
        bail!("the scorers failed");
    }
    let scores: Value = serde_json::from_str(&read(&result)?)?;
    let rows = scores["rows"].as_array().context("the scorers' result has no rows")?;
    let named = |row: &Value| {
        Some((format!("{}: {}", row["task"].as_str()?, row["measure"].as_str()?), row["value"].clone()))
    };
    Ok(rows.iter().filter_map(named).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_measure_below_its_floor_or_missing_is_named() {
        let map = |value: Value| value.as_object().cloned().expect("an object");
        let floors = map(json!({"a": 0.5, "b": 0.5, "c": 0.5}));
        let measured = map(json!({"a": 0.5, "b": 0.49}));
        assert_eq!(hold(&floors, &measured), ["b", "c"]);
    }
}
