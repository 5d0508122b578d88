//! Who said what, in Markdown.

use super::{cited, escaped, list, reference};
use crate::dates;
use crate::said::{Group, Item, StatementRef, Version};
use crate::view::{Place, View, one_line};
use crate::words;

pub(super) fn part(view: &View<'_>, groups: &[Group]) -> String {
    let mut out = String::from("## Who said what\n");
    for group in groups {
        out.push_str(&format!("\n### {}\n\n", escaped(view.name(&group.who))));
        group.items.iter().for_each(|item| out.push_str(&list(self::item(view, item))));
    }
    out
}

fn item(view: &View<'_>, item: &Item) -> Option<String> {
    match item {
        Item::Alone(statement) => alone(view, *statement),
        Item::Shared(_, versions) => shared(view, versions),
    }
}

fn alone(view: &View<'_>, at: StatementRef) -> Option<String> {
    let statement = view.statement(at.article, at.index)?;
    let pieces: Vec<String> =
        statement.content.iter().map(|&c| cited(view, Place::new(at.article, c))).collect();
    Some(format!("{}: {}{}", deed(view, at)?, pieces.join(" … "), how(view, at)?))
}

/// `*demands* to Haldria, Thursday, 14 March 2024`.
fn deed(view: &View<'_>, at: StatementRef) -> Option<String> {
    let statement = view.statement(at.article, at.index)?;
    let to = statement.addressee.as_ref().map(|p| format!(" to {}", escaped(&p.name))).unwrap_or_default();
    let time =
        statement.time.as_deref().map(|t| format!(", {}", escaped(&dates::in_words(t)))).unwrap_or_default();
    Some(format!("*{}*{to}{time}", words::deed(statement)))
}

/// `; quoted, cue “said”; on condition: “if …” [a1:1–2]`.
fn how(view: &View<'_>, at: StatementRef) -> Option<String> {
    let statement = view.statement(at.article, at.index)?;
    let words = |span| escaped(&one_line(view.words(Place::new(at.article, span))));
    let source = statement.source.map(|s| format!(", source “{}”", words(s))).unwrap_or_default();
    let cue = statement.cue.map(|s| format!(", cue “{}”", words(s))).unwrap_or_default();
    let condition =
        statement.condition.map(|c| format!("; on condition: {}", cited(view, Place::new(at.article, c))));
    Some(format!("; {}{source}{cue}{}", words::form(statement.form), condition.unwrap_or_default()))
}

fn shared(view: &View<'_>, versions: &[Version]) -> Option<String> {
    let first = versions.iter().flat_map(|v| &v.statements).next();
    let deed = first.and_then(|&at| deed(view, at)).unwrap_or_else(|| "*says*".to_owned());
    let version = |(i, version): (usize, &Version)| {
        let place = *version.places.first()?;
        let relation = if i == 0 { "fullest form" } else { words::variant(version.relation) };
        let others: String =
            version.places.iter().skip(1).map(|&p| format!(" {}", reference(view, p))).collect();
        Some(format!("  - {relation}: {}{others}\n", cited(view, place)))
    };
    let versions: String = versions.iter().enumerate().filter_map(version).collect();
    Some(format!("{deed}, in several reports:\n{}", versions.trim_end_matches('\n')))
}
