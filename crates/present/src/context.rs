//! What stands around the words of a claim: the value, the line it is from, and whose voice it is.

use crate::dates::Date;
use crate::view::{Place, View, Who, one_line};
use record::{Claim, ClaimValue, Evidence, Slot};

/// Characters shown on either side.
const SIDE: usize = 44;
/// Words longer than this stand alone.
const ENOUGH: usize = 90;

/// What stands before and after a place on its own line, cut between words, with a mark where cut.
pub(crate) fn context(view: &View<'_>, place: Place) -> (String, String) {
    let Some(paper) = view.papers.get(place.article) else { return Default::default() };
    let text = paper.report.text();
    let words = view.words(place);
    let sides = (text.get(..place.span.start as usize), text.get(place.span.end as usize..));
    match sides {
        (Some(before), Some(after)) if words.chars().count() <= ENOUGH => (left(before), right(after)),
        _ => Default::default(),
    }
}

/// A value as people read it: a date in words where its normal form is one.
pub(crate) fn shown(claim: &Claim, value: &ClaimValue) -> String {
    let normal = value.text.as_deref().unwrap_or(&value.value);
    match Date::parse(normal).filter(|_| claim.slot == Slot::Date) {
        Some(date) => date.words(),
        None => value.value.clone(),
    }
}

/// Who says the words, where somebody does.
pub(crate) fn voice(view: &View<'_>, evidence: &Evidence) -> Option<String> {
    let article = evidence.article.0 as usize;
    let statement = view.statement(article, evidence.said_in?.0 as usize)?;
    match view.speaker(article, statement) {
        Who::Unknown => Some("a source".to_owned()),
        who => Some(view.name(&who).to_owned()),
    }
}

fn left(text: &str) -> String {
    let start = text.char_indices().rev().take(SIDE).take_while(|(_, c)| *c != '\n').last();
    let Some((at, _)) = start else { return String::new() };
    let whole = text[..at].chars().next_back().is_none_or(|c| c == '\n');
    let side = &text[at..];
    let kept = if whole { side } else { side.split_once(char::is_whitespace).map_or("", |(_, rest)| rest) };
    let gap = if side.ends_with(char::is_whitespace) { " " } else { "" };
    let cut = if whole { "" } else { "… " };
    match one_line(kept) {
        kept if kept.is_empty() => String::new(),
        kept => format!("{cut}{kept}{gap}"),
    }
}

fn right(text: &str) -> String {
    let end = text.char_indices().take(SIDE).take_while(|(_, c)| *c != '\n').last();
    let Some((at, c)) = end else { return String::new() };
    let (side, rest) = text.split_at(at + c.len_utf8());
    let whole = rest.chars().next().is_none_or(|c| c == '\n');
    let kept = if whole { side } else { side.rsplit_once(char::is_whitespace).map_or("", |(kept, _)| kept) };
    let gap = if side.starts_with(char::is_whitespace) { " " } else { "" };
    let cut = if whole { "" } else { " …" };
    match one_line(kept) {
        kept if kept.is_empty() => String::new(),
        kept => format!("{gap}{kept}{cut}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_on_the_line_and_cuts_between_words() {
        assert_eq!(left("Title\nThe blast killed "), "The blast killed ");
        assert_eq!(left("Title\n"), "");
        assert_eq!(right(" people.\nNext"), " people.");
        assert_eq!(right(""), "");
        let long = "word ".repeat(30);
        assert_eq!(left(&long), format!("… {}", "word ".repeat(8)));
        assert_eq!(right(&long), format!("{}…", "word ".repeat(8)));
        assert_eq!(left("“"), "“");
    }
}
