//! Whole articles and their record in a form for people: `corpus/golden/*.record`, rewritten by `cargo xtask bless` only.

use super::{Said, article, files, read};
use onrecord::Engine;
use serde_json::Value;
use std::fmt::Write;
use std::path::Path;

/// Writes every record anew from what the program says now, and strikes `wanted` from the expectations it meets.
pub(crate) fn bless() -> anyhow::Result<()> {
    let engine = Engine::new();
    for path in files("golden", "txt")? {
        let target = path.with_extension("record");
        let record = record(&engine, &path)?;
        if read(&target).ok().as_ref() != Some(&record) {
            std::fs::write(&target, record)?;
            println!("blessed {}", target.display());
        }
    }
    super::case::promote(&engine)
}

fn record(engine: &Engine, path: &Path) -> anyhow::Result<String> {
    let said = Said::of(engine, &[article(path)?])?;
    let mut page = String::new();
    for line in &said.lines {
        show(&said, line, &mut page)?;
    }
    Ok(page)
}

fn show(said: &Said, line: &Value, page: &mut String) -> std::fmt::Result {
    match line["kind"].as_str().unwrap_or_default() {
        "article" => show_article(line, page),
        "entity" => show_entity(said, line, page),
        "time" => writeln!(page, "time {} {} {}", words(line), plain(&line["type"]), plain(&line["value"])),
        "statement" => show_statement(line, page),
        "event" => show_event(line, page),
        _ => Ok(()),
    }
}

fn show_article(line: &Value, page: &mut String) -> std::fmt::Result {
    writeln!(page, "article {}", plain(&line["source"]))?;
    writeln!(page, "    title {}", words(&line["title"]))?;
    for field in ["outlet", "author", "language"] {
        writeln!(page, "    {field} {}", plain(&line[field]))?;
    }
    let published = &line["published"];
    writeln!(
        page,
        "    published {} {}{}",
        plain(&published["value"]),
        plain(&published["basis"]),
        list(&published["evidence"])
    )?;
    for part in items(&line["boilerplate"]) {
        writeln!(page, "    boilerplate {} {}", plain(&part["reason"]), words(part))?;
    }
    for note in items(&line["notes"]) {
        writeln!(page, "    note {}", plain(note))?;
    }
    Ok(())
}

fn show_entity(said: &Said, line: &Value, page: &mut String) -> std::fmt::Result {
    writeln!(page, "entity {} ({})", plain(&line["name"]), plain(&line["type"]))?;
    for field in ["role", "represents", "wikidata"] {
        if !line[field].is_null() {
            writeln!(page, "    {field} {}", plain(&line[field]))?;
        }
    }
    let mentions: Vec<String> =
        said.of_kind("mention").filter(|m| m["entity"] == line["id"]).map(words).collect();
    writeln!(page, "    {}", mentions.join(" "))
}

fn show_statement(line: &Value, page: &mut String) -> std::fmt::Result {
    let speaker = &line["speaker"];
    writeln!(
        page,
        "statement {} {} {} · {} [{}]",
        plain(&line["id"]),
        plain(&line["form"]),
        plain(&line["act"]),
        plain(&speaker["name"]),
        plain(&speaker["type"])
    )?;
    writeln!(page, "   {}", list(&line["content"]))?;
    writeln!(page, "    source {} cue {}", words(&line["source"]), words(&line["cue"]))?;
    for field in ["addressee", "condition", "time", "said_in"] {
        if !line[field].is_null() {
            writeln!(page, "    {field} {}", short(&line[field]))?;
        }
    }
    if line["negated"] == true { writeln!(page, "    negated") } else { Ok(()) }
}

fn show_event(line: &Value, page: &mut String) -> std::fmt::Result {
    let head = ["id", "type", "modality"].map(|field| plain(&line[field])).join(" ");
    writeln!(page, "event {head} {}", words(&line["trigger"]))?;
    for field in ["mode", "actor", "recipient", "time", "place", "said_in"] {
        if !line[field].is_null() {
            writeln!(page, "    {field} {}", short(&line[field]))?;
        }
    }
    Ok(())
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// The words of a span with their place: `“said”@120`.
fn words(span: &Value) -> String {
    match span["quote"].as_str() {
        Some(quote) => format!("“{}”@{}", quote.replace('\n', "⏎"), span["start"]),
        None => "-".to_owned(),
    }
}

fn list(spans: &Value) -> String {
    items(spans).iter().map(|span| format!(" {}", words(span))).collect()
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn short(value: &Value) -> String {
    match value {
        Value::Object(object) if object.contains_key("quote") => words(value),
        Value::Object(object) => object.get("name").map(plain).unwrap_or_default(),
        other => plain(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_record_of_each_article_is_the_blessed_one() {
        let engine = Engine::new();
        let mut changed = Vec::new();
        for path in files("golden", "txt").expect("there is a golden folder") {
            let now = record(&engine, &path).expect("the article is readable");
            let blessed = read(&path.with_extension("record")).unwrap_or_default();
            let first = now.lines().zip(blessed.lines()).find(|(a, b)| a != b);
            if now != blessed {
                changed.push(format!("{}: first difference (now, blessed): {first:?}", path.display()));
            }
        }
        let help = "if the new record is right, `cargo xtask bless` writes it";
        assert!(changed.is_empty(), "{help}\n{}", changed.join("\n"));
    }
}
