//! Events and positions as tables for spreadsheets and statistics: CSV (RFC 4180) and JSON Lines.
//!
//! Events come in the columns of PLOVER's data sets (POLECAT's names) or in those of the older CAMEO data (GDELT's names). The CAMEO
//! code is derived from the PLOVER type: its root code only, for PLOVER has no finer ones. What neither scheme has (words,
//! offsets, who told it) stands in further columns, so that each row can be checked.

mod rows;

use crate::Brief;
use crate::positions::positions as board;
use crate::view::View;
use record::EventType;
use rows::{event_rows, position_rows};

/// Which names the columns of events have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Columns {
    /// PLOVER types, modes and modality, with POLECAT's names.
    Plover,
    /// CAMEO root codes and quad classes, with GDELT's names.
    Cameo,
}

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A line of names, then one line a row.
    Csv,
    /// One object a line.
    JsonLines,
}

/// A place as a gazetteer knows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Location {
    /// ISO 3166-1 alpha-3 code of its state.
    pub country: String,
    /// Whether it is a state rather than a city.
    pub is_state: bool,
    /// Latitude and longitude, in degrees (WGS 84).
    pub coordinates: Option<(f32, f32)>,
}

/// Finds a place by its name, given the states (alpha-3 codes) that are spoken of beside it.
pub type Locate<'l> = &'l dyn Fn(&str, &[&str]) -> Option<Location>;

/// A cell: a name and a value; an unknown is empty in CSV and `null` in JSON.
pub(crate) type Row = Vec<(&'static str, Option<String>)>;

/// The events of all reports, one row each.
pub fn events(brief: &Brief<'_>, columns: Columns, form: Form, locate: Locate<'_>) -> String {
    written(&event_rows(&View::of(brief), columns, locate), form)
}

/// The positions of all sides, one row each.
pub fn positions(brief: &Brief<'_>, form: Form) -> String {
    let view = View::of(brief);
    written(&position_rows(&view, &board(&view)), form)
}

fn written(rows: &[Row], form: Form) -> String {
    match form {
        Form::Csv => csv(rows),
        Form::JsonLines => rows.iter().map(json).collect(),
    }
}

fn json(row: &Row) -> String {
    let object: serde_json::Map<String, serde_json::Value> =
        row.iter().map(|(name, value)| ((*name).to_owned(), value.clone().into())).collect();
    format!("{}\n", serde_json::Value::Object(object))
}

fn csv(rows: &[Row]) -> String {
    let Some(first) = rows.first() else { return String::new() };
    let mut out = line(first.iter().map(|(name, _)| *name));
    for row in rows {
        out.push_str(&line(row.iter().map(|(_, value)| value.as_deref().unwrap_or_default())));
    }
    out
}

/// One line; a cell that holds a comma, a quotation mark or a line break is quoted.
fn line<'c>(cells: impl Iterator<Item = &'c str>) -> String {
    let cells: Vec<String> = cells.map(cell).collect();
    format!("{}\r\n", cells.join(","))
}

fn cell(text: &str) -> String {
    // A spreadsheet would take a cell that begins so for a formula.
    let text = if text.starts_with(['=', '+', '@', '\t']) { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.
pub(crate) fn quad(kind: EventType) -> &'static str {
    match kind {
        EventType::Agree | EventType::Consult | EventType::Support | EventType::Concede => "1",
        EventType::Cooperate | EventType::Aid | EventType::Retreat => "2",
        EventType::Request | EventType::Accuse | EventType::Reject | EventType::Threaten => "3",
        EventType::Protest
        | EventType::Sanction
        | EventType::Mobilize
        | EventType::Coerce
        | EventType::Assault => "4",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(line(["a", "b, \"c\"", "d\ne"].into_iter()), "a,\"b, \"\"c\"\"\",\"d\ne\"\r\n");
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(json(&vec![("a", Some("b".into())), ("c", None)]), "{\"a\":\"b\",\"c\":null}\n");
    }

    #[test]
    fn every_type_has_a_code() {
        assert!(EventType::ALL.iter().all(|&k| k.cameo(None).len() >= 2 && quad(k).len() == 1));
    }
}
