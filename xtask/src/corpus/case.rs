//! Short texts with expectations: `corpus/cases/*.txt`.
//!
//! ```text
//! # A remark.
//! == what the case shows
//! @published 2024-03-05
//! The text, up to the line of two dashes.
//! --
//! statement: speaker="Anna Bell" act=refuse
//! ```
//! A line `++` begins another report of the same story.

use super::expect::{Expectation, Mood};
use super::{Said, files, name, read};
use anyhow::{Context, bail};
use onrecord::acquire::Format;
use onrecord::{Engine, Input};
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

pub(crate) struct Case {
    path: PathBuf,
    /// File and title.
    pub(crate) name: String,
    /// Reports, each an article of the JSON Lines input.
    reports: Vec<Map<String, Value>>,
    /// With their line numbers.
    pub(crate) expectations: Vec<(usize, Expectation)>,
}

impl Case {
    fn new(path: &Path, title: &str) -> Self {
        let name = format!("{}: {title}", name(path));
        Self { path: path.to_owned(), name, reports: vec![Map::new()], expectations: Vec::new() }
    }

    pub(crate) fn said(&self, engine: &Engine) -> anyhow::Result<Said> {
        let record = |(n, report): (usize, &Map<String, Value>)| {
            let mut report = report.clone();
            let text = report.get("text").and_then(Value::as_str).unwrap_or_default().trim().to_owned();
            report.insert("text".into(), text.into());
            report.insert("id".into(), format!("{}", n + 1).into());
            Value::Object(report).to_string() + "\n"
        };
        let bytes = self.reports.iter().enumerate().map(record).collect::<String>().into_bytes();
        let input = Input { source: self.name.clone(), first_line: 1, bytes, format: Format::Jsonl };
        Said::of(engine, &[input]).with_context(|| self.name.clone())
    }

    fn text_line(&mut self, line: &str) {
        let Some(report) = self.reports.last_mut() else { return };
        match line.strip_prefix('@').and_then(|l| l.split_once(' ')) {
            Some((field, value)) => drop(report.insert(field.to_owned(), value.into())),
            None => {
                let text = report.entry("text").or_insert_with(|| "".into());
                *text = format!("{}{line}\n", text.as_str().unwrap_or_default()).into();
            }
        }
    }
}

/// Strikes `wanted` from every expectation that is met by now.
pub(crate) fn promote(engine: &Engine) -> anyhow::Result<()> {
    for case in all()? {
        let said = case.said(engine)?;
        let met = |(_, e): &&(usize, Expectation)| e.mood == Mood::Wanted && e.holds(&said);
        for (number, _) in case.expectations.iter().filter(met) {
            strike(&case.path, *number)?;
            println!("{}: line {number} is met", case.name);
        }
    }
    Ok(())
}

fn strike(path: &Path, number: usize) -> anyhow::Result<()> {
    let text = read(path)?;
    let line = |(n, line): (usize, &str)| match line.strip_prefix("wanted ") {
        Some(rest) if n + 1 == number => format!("{rest}\n"),
        _ => format!("{line}\n"),
    };
    Ok(std::fs::write(path, text.lines().enumerate().map(line).collect::<String>())?)
}

/// All cases of the corpus.
pub(crate) fn all() -> anyhow::Result<Vec<Case>> {
    let mut cases = Vec::new();
    for path in files("cases", "txt")? {
        cases.extend(parse(&path, &read(&path)?).with_context(|| path.display().to_string())?);
    }
    Ok(cases)
}

fn parse(path: &Path, text: &str) -> anyhow::Result<Vec<Case>> {
    let mut cases: Vec<Case> = Vec::new();
    let mut expecting = false;
    for (number, line) in text.lines().enumerate().map(|(n, line)| (n + 1, line)) {
        if let Some(title) = line.strip_prefix("== ") {
            cases.push(Case::new(path, title));
            expecting = false;
            continue;
        }
        let Some(case) = cases.last_mut() else {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            bail!("line {number}: expected `== title`");
        };
        match line {
            "--" => expecting = true,
            "++" => case.reports.push(Map::new()),
            _ if !expecting => case.text_line(line),
            _ if line.is_empty() || line.starts_with('#') => {}
            _ => {
                let expectation = Expectation::parse(line).with_context(|| format!("line {number}"))?;
                case.expectations.push((number, expectation));
            }
        }
    }
    Ok(cases)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_case_meets_its_expectations() {
        let engine = Engine::new();
        let mut unmet = Vec::new();
        for case in all().expect("the cases are well formed") {
            let said = case.said(&engine).expect("the case is readable");
            assert!(!case.expectations.is_empty(), "{} expects nothing", case.name);
            for (line, expectation) in &case.expectations {
                if expectation.mood != Mood::Wanted && !expectation.holds(&said) {
                    unmet.push(format!("{} (line {line}): {expectation:?}", case.name));
                }
            }
        }
        assert!(unmet.is_empty(), "unmet expectations:\n{}", unmet.join("\n"));
    }

    #[test]
    fn reports_headers_and_expectations_are_told_apart() {
        let text =
            "# remark\n== two\n@published 2024-03-05\nOne.\n++\nTwo.\n--\nno claim: relation=conflict\n";
        let cases = parse(Path::new("x.txt"), text).expect("well formed");
        assert_eq!(cases[0].name, "x: two");
        assert_eq!(cases[0].reports[0]["published"], "2024-03-05");
        assert_eq!(cases[0].reports[1]["text"], "Two.\n");
        assert_eq!(cases[0].expectations[0].0, 8);
    }
}
