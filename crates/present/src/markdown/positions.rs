//! The board of positions and who acts towards whom, in Markdown.

use super::{cited, escaped, list, reference};
use crate::matrix::matrix;
use crate::positions::{Board, Line, positions};
use crate::view::View;
use crate::view::shortened;

/// Both parts.
pub(super) fn part(view: &View<'_>) -> String {
    let mut out = String::from("## Positions\n");
    for position in positions(view) {
        out.push_str(&format!("\n### {}\n\n", escaped(&position.side)));
        out.push_str(&list(position.lines.iter().filter_map(|line| self::line(view, &position, line))));
    }
    out + &who_to_whom(view)
}

fn line(view: &View<'_>, position: &Board, line: &Line) -> Option<String> {
    let references: Vec<String> = line.places.iter().map(|&p| reference(view, p)).collect();
    let day = line.day.map(|d| format!(", {}", d.plain())).unwrap_or_default();
    let voice = line.voice.as_ref().map(|who| format!(" ({})", escaped(view.name(who)))).unwrap_or_default();
    let condition = line.condition.map(|c| format!("; on condition: {}", cited(view, c))).unwrap_or_default();
    let words = escaped(&shortened(&line.words, 320));
    let words = if words.starts_with(['“', '”', '"', '«']) { words } else { format!("“{words}”") };
    let before = line.changed_from.and_then(|before| position.lines.get(before));
    let changed = before.map(|before| {
        let day = before.day.map(|d| format!(" on {}", d.plain())).unwrap_or_default();
        format!("; **changed**: {}{day}", before.stance.as_str())
    });
    let (verb, changed) = (line.stance.as_str(), changed.unwrap_or_default());
    let references = references.join(" ");
    Some(format!("**{verb}**{day}{voice}: {words} {references}{condition}{changed}"))
}

fn who_to_whom(view: &View<'_>) -> String {
    let matrix = matrix(view);
    if matrix.is_empty() {
        return String::new();
    }
    let pairs = matrix.actors.iter().flat_map(|from| matrix.recipients.iter().map(move |to| (from, to)));
    let lines = pairs.filter_map(|(from, to)| {
        let cell = matrix.cell(from, to)?;
        let act = |(act, places): (&String, &Vec<_>)| {
            let first = places.first().map(|&p| format!(" {}", reference(view, p))).unwrap_or_default();
            format!("{act} {}{first}", places.len())
        };
        let acts: Vec<String> = cell.iter().map(act).collect();
        Some(format!("{} → {}: {}", escaped(from), escaped(to), acts.join(", ")))
    });
    format!("\n### Who acts towards whom\n\n{}", list(lines))
}
