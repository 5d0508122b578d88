//! A user's own list of people, states and bodies: JSON Lines of the shape below, or FollowTheMoney entities.
//!
//! ```json
//! {"name": "Lena Strand", "kind": "person", "names": ["L. Strand"], "wikidata": "Q4115189", "gender": "f",
//!  "represents": "Haldria", "role": "minister", "terms": [{"office": "minister", "of": "Haldria", "from": "2020"}]}
//! ```
//! Only `name` and `kind` are needed. `kind` is one of [`KnownKind::ALL`]; a state may have `demonyms` and a `capital`.

use super::{Known, KnownKind, Term, state_of_code};
use crate::people::Gender;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gazetteer {
    /// Its entries, in order.
    pub entries: Vec<Known>,
    /// Lines of FollowTheMoney that are neither people nor bodies, passed over.
    pub passed_over: usize,
}

/// A line that could not be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// Its number, from 1.
    pub line: usize,
    /// What is wrong and what was expected.
    pub what: String,
}

/// Reads a file's text; every line that is not understood is named.
pub fn read(source: &str, text: &str) -> Result<Gazetteer, Vec<BadLine>> {
    let (mut gazetteer, mut bad) = (Gazetteer::default(), Vec::new());
    for (line, number) in text.trim_start_matches('\u{feff}').lines().zip(1..) {
        if line.trim().is_empty() {
            continue;
        }
        match entry(source, line) {
            Ok(Some(known)) => gazetteer.entries.push(known),
            Ok(None) => gazetteer.passed_over += 1,
            Err(what) => bad.push(BadLine { line: number, what }),
        }
    }
    if bad.is_empty() { Ok(gazetteer) } else { Err(bad) }
}

/// Either shape: what is absent from one is empty.
#[derive(Debug, Deserialize)]
struct Line {
    name: Option<String>,
    kind: Option<String>,
    #[serde(default)]
    names: Vec<String>,
    wikidata: Option<String>,
    gender: Option<String>,
    represents: Option<String>,
    role: Option<String>,
    #[serde(default)]
    terms: Vec<TermLine>,
    #[serde(default)]
    demonyms: Vec<String>,
    capital: Option<String>,
    schema: Option<String>,
    #[serde(default)]
    properties: BTreeMap<String, serde_json::Value>,
}

#[derive(Debug, Deserialize)]
struct TermLine {
    office: String,
    of: Option<String>,
    from: Option<String>,
    to: Option<String>,
}

fn entry(source: &str, line: &str) -> Result<Option<Known>, String> {
    let line: Line = serde_json::from_str(line)
        .map_err(|error| format!("{error}; expected an object such as {EXAMPLE}"))?;
    if line.schema.is_some() { follow_the_money(source, line) } else { own(source, line).map(Some) }
}

const EXAMPLE: &str = r#"{"name": "Lena Strand", "kind": "person", "names": ["L. Strand"]}"#;

fn own(source: &str, line: Line) -> Result<Known, String> {
    let name = line.name.as_deref().map(str::trim).filter(|n| !n.is_empty());
    let name = name.ok_or_else(|| format!("no `name`; expected an object such as {EXAMPLE}"))?.to_owned();
    let kinds = KnownKind::ALL.map(|(_, text)| text).join(", ");
    let kind =
        line.kind.as_deref().ok_or_else(|| format!("{name} has no `kind`; expected one of {kinds}"))?;
    let kind = KnownKind::parse(kind)
        .ok_or_else(|| format!("`kind` of {name} is {kind}; expected one of {kinds}"))?;
    let wikidata = line.wikidata.map(|id| item(&name, id)).transpose()?;
    let gender = line.gender.map(|g| gender(&g).ok_or(g)).transpose();
    let gender = gender.map_err(|g| format!("`gender` of {name} is {g}; expected m or f"))?;
    let of = line.represents.clone().unwrap_or_default();
    let term = |t: TermLine| {
        let (from, to) = (year(&name, t.from)?, year(&name, t.to)?);
        Ok(Term { office: t.office, of: t.of.unwrap_or_else(|| of.clone()), from, to })
    };
    Ok(Known {
        kind,
        names: line.names,
        wikidata,
        gender,
        represents: line.represents,
        role: line.role,
        terms: line.terms.into_iter().map(term).collect::<Result<_, String>>()?,
        demonyms: line.demonyms,
        capital: line.capital,
        source: source.to_owned(),
        name,
    })
}

fn item(name: &str, id: String) -> Result<String, String> {
    let good = id.strip_prefix('Q').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    if good { Ok(id) } else { Err(format!("`wikidata` of {name} is {id}; expected an item such as Q42")) }
}

fn gender(text: &str) -> Option<Gender> {
    match text {
        "m" | "male" => Some(Gender::Male),
        "f" | "female" => Some(Gender::Female),
        _ => None,
    }
}

fn year(name: &str, date: Option<String>) -> Result<Option<i16>, String> {
    let Some(date) = date else { return Ok(None) };
    let year = date.get(..4).and_then(|y| y.parse().ok());
    year.map(Some).ok_or_else(|| format!("a term of {name} has the date {date}; expected 2020 or 2020-05-31"))
}

/// An entity of FollowTheMoney (`schema`, `properties`): people and bodies; other schemas are passed over.
fn follow_the_money(source: &str, line: Line) -> Result<Option<Known>, String> {
    let kind = match line.schema.as_deref() {
        Some("Person") => KnownKind::Person,
        Some("PublicBody") => KnownKind::Government,
        Some("Organization" | "Company" | "LegalEntity") => KnownKind::Organisation,
        _ => return Ok(None),
    };
    let values = |name: &str| -> Vec<String> {
        let list = line.properties.get(name).and_then(|v| v.as_array()).into_iter().flatten();
        list.filter_map(|v| v.as_str()).map(str::to_owned).collect()
    };
    let mut names: Vec<String> = ["name", "alias", "previousName"].iter().flat_map(|p| values(p)).collect();
    let Some(name) = names.first().cloned() else {
        return Err("an entity without `properties.name`; expected at least one name".to_owned());
    };
    names.remove(0);
    let state = |code: &String| state_of_code(code).map(str::to_owned);
    let public = kind == KnownKind::Government || !values("position").is_empty();
    Ok(Some(Known {
        names,
        wikidata: values("wikidataId").into_iter().next().map(|id| item(&name, id)).transpose()?,
        gender: values("gender").first().and_then(|g| gender(g)),
        represents: values("country").iter().find_map(state).filter(|_| public),
        role: values("position").into_iter().next().map(|p| p.to_lowercase()),
        ..Known::named(&name, kind, source)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lexicon;

    const OWN: &str = r#"{"name": "Lena Strand", "kind": "person", "names": ["Helena Strand-Vey"], "represents": "Haldria", "role": "minister", "terms": [{"office": "minister", "from": "2020-02-01"}]}

{"name": "Haldria", "kind": "state", "names": ["Republic of Haldria"], "demonyms": ["Haldrian"], "capital": "Port Hal"}
{"name": "Velmark Council", "kind": "government", "represents": "Haldria"}"#;

    #[test]
    fn a_gazetteer_wins_over_our_words() {
        let lexicon = Lexicon::load().with(vec![read("own.jsonl", OWN).expect("good lines")]);
        let (strand, _) = &lexicon.known("L. Strand")[0];
        assert_eq!((strand.source.as_str(), strand.role.as_deref()), ("own.jsonl", Some("minister")));
        assert_eq!(strand.office(2021).map(|t| t.of.as_str()), Some("Haldria"));
        assert_eq!(lexicon.states.state("Republic of Haldria"), Some("Haldria"));
        assert_eq!(lexicon.states.demonym("Haldrian"), Some("Haldria"));
        assert_eq!(lexicon.states.seat("Velmark Council").map(|s| s.represents), Some("Haldria"));
        let other = r#"{"name": "Vladimir Putin", "kind": "person", "wikidata": "Q1"}"#;
        let lexicon = Lexicon::load().with(vec![read("b", other).expect("a good line")]);
        assert_eq!(lexicon.known("Vladimir Poutine")[0].0.wikidata.as_deref(), Some("Q1"));
    }

    #[test]
    fn follow_the_money_entities_are_read() {
        let text = r#"{"id": "x", "schema": "Person", "properties": {"name": ["Pavel Ortiz"], "alias": ["Pavlo Ortis"], "country": ["ua"], "position": ["Minister"], "gender": ["male"]}}
{"id": "y", "schema": "Ownership", "properties": {}}"#;
        let found = read("ftm", text).expect("good lines");
        assert_eq!((found.entries.len(), found.passed_over), (1, 1));
        assert_eq!(found.entries[0].represents.as_deref(), Some("Ukraine"));
        assert_eq!(found.entries[0].names, ["Pavlo Ortis"]);
    }

    #[test]
    fn bad_lines_are_named_with_what_was_expected() {
        let text = "{\"name\": \"A\", \"kind\": \"person\"}\nnonsense\n{\"kind\": \"person\"}\n{\"name\": \"B\", \"kind\": \"ship\"}\n{\"name\": \"C\", \"kind\": \"person\", \"wikidata\": \"42\"}\n{\"schema\": \"Person\", \"properties\": {}}";
        let bad = read("own", text).expect_err("bad lines");
        assert_eq!(bad.iter().map(|b| b.line).collect::<Vec<_>>(), [2, 3, 4, 5, 6]);
        assert!(bad.iter().all(|b| b.what.contains("expected")), "{bad:?}");
    }
}
