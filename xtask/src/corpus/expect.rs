//! Expectations on the record: `statement: speaker="Anna Bell" act=refuse content~="not sell"`.
//!
//! The first word is the `kind` of a line of the record format; it must have all the named fields. `=` asks for
//! equal text, `~=` for text that holds the given one; `speaker.type` and `articles.1` look inside. Where a field is an
//! object its `quote` or `name` is meant, where it is a list any item will do; `null` is the unknown.
//! `no` before the kind: there must be none. `wanted`: not there yet, counted by the gate only.

use super::Said;
use anyhow::{Context, bail, ensure};
use serde_json::Value;

#[derive(Debug, PartialEq)]
pub(crate) struct Expectation {
    pub(crate) mood: Mood,
    pub(crate) kind: String,
    pub(crate) fields: Vec<Field>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Mood {
    Must,
    MustNot,
    Wanted,
}

#[derive(Debug, PartialEq)]
pub(crate) struct Field {
    pub(crate) path: String,
    /// `~=`: the text need only hold the given one.
    pub(crate) within: bool,
    pub(crate) wanted: String,
}

impl Expectation {
    pub(crate) fn parse(line: &str) -> anyhow::Result<Self> {
        let (head, fields) = line.split_once(':').context("expected `kind: field=value …`")?;
        let (mood, kind) = match head.trim().split_once(' ') {
            None => (Mood::Must, head.trim()),
            Some(("no", kind)) => (Mood::MustNot, kind),
            Some(("wanted", kind)) => (Mood::Wanted, kind),
            Some((word, _)) => bail!("`{word}` is neither `no` nor `wanted`"),
        };
        Ok(Self { mood, kind: kind.to_owned(), fields: parse_fields(fields)? })
    }

    pub(crate) fn holds(&self, said: &Said) -> bool {
        let found = said.of_kind(&self.kind).any(|line| self.fields.iter().all(|field| field.fits(line)));
        found != (self.mood == Mood::MustNot)
    }
}

impl Field {
    pub(crate) fn fits(&self, line: &Value) -> bool {
        self.fits_at(line, &self.path)
    }

    /// Whether what `path` leads to fits; in a list without a number, whether any item does.
    fn fits_at(&self, value: &Value, path: &str) -> bool {
        let (step, rest) = path.split_once('.').unwrap_or((path, ""));
        match (value, step.parse::<usize>()) {
            _ if path.is_empty() => self.fits_value(value),
            (Value::Array(items), Err(_)) => items.iter().any(|item| self.fits_at(item, path)),
            (_, Ok(item)) => self.fits_at(&value[item], rest),
            _ => self.fits_at(&value[step], rest),
        }
    }

    fn fits_value(&self, value: &Value) -> bool {
        match value {
            Value::Array(items) => items.iter().any(|item| self.fits_value(item)),
            Value::Object(object) => {
                let words =
                    ["quote", "name", "value", "number", "text"].iter().find_map(|key| object.get(*key));
                words.is_some_and(|words| self.fits_value(words))
            }
            Value::String(text) => self.fits_text(text),
            other => self.fits_text(&other.to_string()),
        }
    }

    fn fits_text(&self, text: &str) -> bool {
        if self.within { text.contains(&self.wanted) } else { text == self.wanted }
    }
}

fn parse_fields(mut rest: &str) -> anyhow::Result<Vec<Field>> {
    let mut fields = Vec::new();
    while !rest.trim_start().is_empty() {
        let (path, after) = rest.trim_start().split_once('=').context("expected `field=value`")?;
        let (value, after) = match after.strip_prefix('"') {
            Some(quoted) => closed(quoted).context("a value lacks its closing quotation mark")?,
            None => after.split_once(' ').unwrap_or((after, "")),
        };
        let within = path.ends_with('~');
        let path = path.trim_end_matches('~').to_owned();
        ensure!(!path.is_empty() && !path.contains(' '), "`{path}` is no field name");
        fields.push(Field { path, within, wanted: value.to_owned() });
        rest = after;
    }
    Ok(fields)
}

/// A quoted value ends at the mark before the next field or the end of the line; it may hold such marks.
fn closed(quoted: &str) -> Option<(&str, &str)> {
    let marks = quoted.match_indices('"').map(|(at, _)| (&quoted[..at], &quoted[at + 1..]));
    marks.into_iter().find(|(_, after)| after.trim().is_empty() || begins_field(after))
}

fn begins_field(text: &str) -> bool {
    let Some((name, _)) = text.strip_prefix(' ').and_then(|text| text.split_once('=')) else { return false };
    !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || "._~".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn holds(expectation: &str) -> bool {
        let lines = vec![json!({
            "kind": "statement", "act": "refuse", "condition": null, "negated": false,
            "speaker": {"name": "Anna Bell", "type": "person"},
            "content": [{"quote": "We will not sell"}, {"quote": "ever"}],
        })];
        Expectation::parse(expectation).expect("well formed").holds(&Said { lines })
    }

    #[test]
    fn fields_are_looked_up_inside_objects_and_lists() {
        assert!(holds(r#"statement: speaker="Anna Bell" speaker.type=person act=refuse content=ever"#));
        assert!(holds(r#"statement: content~="not sell" condition=null negated=false"#));
        assert!(!holds(r#"statement: content="not sell""#));
        assert!(holds("statement: content.quote=ever content.1~=ev"));
        assert!(!holds("statement: speaker=Anna"));
    }

    #[test]
    fn a_quoted_value_may_hold_quotation_marks() {
        let fields = parse_fields(r#" content="so "good" today" act=deny"#).expect("well formed");
        assert_eq!(fields[0].wanted, r#"so "good" today"#);
        assert_eq!((fields[1].path.as_str(), fields[1].wanted.as_str()), ("act", "deny"));
    }

    #[test]
    fn no_asks_for_absence() {
        assert!(holds("no statement: act=threaten"));
        assert!(!holds("no statement: act=refuse"));
        assert!(!holds("event: type=ASSAULT"));
    }

    #[test]
    fn malformed_expectations_are_refused() {
        for line in [
            "statement act=refuse",
            "maybe statement: act=refuse",
            "statement: content=\"open",
            "statement: act",
        ] {
            assert!(Expectation::parse(line).is_err(), "{line}");
        }
    }
}
