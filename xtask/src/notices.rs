//! `THIRD_PARTY.md`: what goes into the program, by whom, under which licence.

use crate::root;
use anyhow::{Context, ensure};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;
use std::process::Command;

/// The packages of one platform are listed, so that the file is the same wherever it is made.
const PLATFORM: &str = "x86_64-unknown-linux-gnu";
/// What stands above the list; kept by hand.
const HEAD: &str = include_str!("notices/head.md");
/// Where a package leaves the choice, the licence whose text is needed only once.
const PREFERRED: &str = "Apache-2.0";

/// Writes the file anew.
pub(crate) fn write() -> anyhow::Result<()> {
    std::fs::write(root().join("THIRD_PARTY.md"), page()?)?;
    Ok(())
}

fn page() -> anyhow::Result<String> {
    let metadata = metadata()?;
    let mut page = HEAD.to_owned();
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    page.push_str(
        "\n## Packages\n\n| package | version | licence | authors or repository |\n|---|---|---|---|\n",
    );
    for package in packages(&metadata)? {
        let field = |name: &str| package[name].as_str().unwrap_or_default();
        let licence = field("license").replace('/', " OR ");
        let people = authors(package);
        let whose = if people.is_empty() { field("repository").to_owned() } else { people };
        writeln!(page, "| {} | {} | {licence} | {whose} |", field("name"), field("version"))?;
        for text in licence_texts(package, &licence)? {
            texts.entry(text).or_default().push(field("name").to_owned());
        }
    }
    page.push_str("\n## Licence texts\n");
    for (text, names) in texts {
        write!(page, "\n### {}\n\n```text\n{text}\n```\n", names.join(", "))?;
    }
    Ok(page)
}

fn metadata() -> anyhow::Result<Value> {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["metadata", "--format-version", "1", "--locked", "--filter-platform", PLATFORM]);
    let output = command.current_dir(root()).output()?;
    ensure!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Foreign packages that the `cli` package is linked with, by name.
fn packages(metadata: &Value) -> anyhow::Result<Vec<&Value>> {
    let list = |value: &'_ Value| value.as_array().cloned().unwrap_or_default();
    let nodes = list(&metadata["resolve"]["nodes"]);
    let all = metadata["packages"].as_array().context("cargo metadata lists no packages")?;
    let start = all.iter().find(|p| p["name"] == "cli").context("there is no package cli")?;
    let mut ahead = vec![start["id"].clone()];
    let mut seen = BTreeSet::new();
    while let Some(id) = ahead.pop() {
        if !seen.insert(id.to_string()) {
            continue;
        }
        let dependencies = nodes.iter().find(|n| n["id"] == id).map(|n| list(&n["deps"])).unwrap_or_default();
        let linked = |d: &Value| list(&d["dep_kinds"]).iter().any(|k| k["kind"].is_null());
        ahead.extend(dependencies.iter().filter(|d| linked(d)).map(|d| d["pkg"].clone()));
    }
    let mut found: Vec<&Value> =
        all.iter().filter(|p| seen.contains(&p["id"].to_string()) && !p["source"].is_null()).collect();
    found.sort_by_key(|p| (p["name"].to_string(), p["version"].to_string()));
    Ok(found)
}

fn authors(package: &Value) -> String {
    let names = package["authors"].as_array().map(Vec::as_slice).unwrap_or_default();
    let plain =
        names.iter().filter_map(Value::as_str).map(|name| name.split(" <").next().unwrap_or(name).trim());
    plain.collect::<Vec<_>>().join(", ")
}

/// Licence and notice files of a package, as far as the chosen licence asks for them.
fn licence_texts(package: &Value, licence: &str) -> anyhow::Result<BTreeSet<String>> {
    let manifest = Path::new(package["manifest_path"].as_str().unwrap_or_default());
    let folder = manifest.parent().context("a manifest lies in a folder")?;
    let mut names: Vec<String> = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.retain(|name| {
        is_needed(&name.to_lowercase(), licence.contains(PREFERRED) && !licence.contains(" AND "))
    });
    names.sort();
    let texts = names.iter().map(|name| std::fs::read_to_string(folder.join(name)).map(|text| tidy(&text)));
    Ok(texts.collect::<Result<_, _>>()?)
}

/// Apache-2.0 asks for the notice file; its own text stands once at the root. Others ask for their text.
fn is_needed(name: &str, apache: bool) -> bool {
    let licence = ["license", "licence", "copying", "unlicense"].iter().any(|word| name.starts_with(word));
    name.starts_with("notice") || (licence && !apache)
}

fn tidy(text: &str) -> String {
    let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_notices_are_those_of_the_packages_in_use() {
        let kept = std::fs::read_to_string(root().join("THIRD_PARTY.md")).unwrap_or_default();
        assert!(
            kept == page().expect("cargo metadata answers"),
            "`cargo xtask notices` writes THIRD_PARTY.md anew"
        );
    }

    #[test]
    fn every_package_says_its_licence() {
        let metadata = metadata().expect("cargo metadata answers");
        let silent: Vec<&Value> = packages(&metadata)
            .expect("there are packages")
            .into_iter()
            .filter(|p| p["license"].as_str().is_none_or(str::is_empty))
            .collect();
        assert!(silent.is_empty(), "{silent:?}");
    }
}
