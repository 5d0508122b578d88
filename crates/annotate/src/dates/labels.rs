//! Date labels: lines that hold a date and little else, datelines, dates in web addresses.

use crate::grammar::Cut;
use crate::times::{Context, Expression, Meaning, Point, Unit, is_absolute};
use lexicon::grammar::{Grammar, PieceKind};
use record::{Basis, Published, Span};

/// Lines at the top of a text that can be a byline.
const TOP_LINES: usize = 8;
/// Longest byline, in bytes.
const LINE: usize = 120;
/// A dateline's date ends within so many bytes of its line.
const DATELINE: usize = 60;

/// A line at the top that is a full date with nothing but label words or an author beside it.
pub(super) fn byline(text: &str, expressions: &[Expression], grammar: &Grammar) -> Option<Published> {
    top_lines(text).filter(|line| line.len() <= LINE).find_map(|line| {
        let mut inside = expressions.iter().filter(|e| line.contains(e.span));
        let (span, date) = inside.find_map(full_date)?;
        is_label(text, line, span, grammar).then(|| made(date, span))
    })
}

/// “PARIS, Dec. 23, 2021 (Agency) —” at the beginning of a line at the top.
pub(super) fn dateline(text: &str, expressions: &[Expression]) -> Option<Published> {
    top_lines(text).find_map(|line| {
        let mut inside = expressions.iter().filter(|e| line.contains(e.span));
        let (span, date) = inside.find_map(full_date)?;
        let before = Span::new(line.start, span.start).text(text);
        let behind = Span::new(span.end, line.end).text(text).trim_start();
        let shouted = before.chars().any(char::is_uppercase) && !before.chars().any(char::is_lowercase);
        let sign = behind.starts_with(['(', '—', '–', '-', '/', ':']);
        let dash = behind.starts_with(['—', '–', '(']) || behind.starts_with("- ");
        let place = shouted && sign || is_place(before) && dash;
        (place && span.end - line.start <= DATELINE as u32).then(|| made(date, span))
    })
}

/// Whether words can name a place before a date: “Brennau,”, “San Lorenzo, Velisk,”, “Port of Lomar”.
fn is_place(before: &str) -> bool {
    let small =
        |word: &str| ["of", "de", "la", "el", "al", "and", "on", "sur", "du", "am", "an"].contains(&word);
    let words: Vec<&str> = before.split([' ', ',', '-', '.']).filter(|w| !w.is_empty()).collect();
    let capital = |word: &&str| {
        word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || c == '\'' || c == '’')
    };
    let comma = before.trim_end().ends_with(',');
    comma
        && (1..=5).contains(&words.len())
        && words[0].starts_with(char::is_uppercase)
        && words.iter().all(|w| capital(w) || small(w))
}

/// `/2021/12/23/` or `2021-12-23` in a web address.
pub(super) fn address(url: &str) -> Option<Published> {
    let parts: Vec<&str> = url.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty()).collect();
    let date = parts.windows(3).find_map(|w| match w {
        [year, month, day] if year.len() == 4 && month.len() <= 2 && day.len() <= 2 => {
            valid(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        }
        _ => None,
    });
    let compact = || {
        let eight = parts.iter().find(|p| p.len() == 8)?;
        let number = |range: std::ops::Range<usize>| eight.get(range)?.parse::<i16>().ok();
        valid(number(0..4)?, number(4..6)? as i8, number(6..8)? as i8)
    };
    let value = date.or_else(compact)?.value();
    Some(Published { value, basis: Basis::Metadata, evidence: Vec::new() })
}

fn valid(year: i16, month: i8, day: i8) -> Option<Point> {
    Point::at(year, month, day, Unit::Day).filter(|_| (1990..2100).contains(&year))
}

fn made(date: Point, span: Span) -> Published {
    Published { value: date.value(), basis: Basis::Byline, evidence: vec![span] }
}

fn top_lines(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    let lines = text.split_inclusive('\n').map(move |line| {
        let span = Span::new(at, at + line.len() as u32);
        at = span.end;
        span.trimmed(text)
    });
    lines.filter(|line| !line.is_empty()).take(TOP_LINES)
}

/// A day that the words alone give.
fn full_date(expression: &Expression) -> Option<(Span, Point)> {
    let meaning = &expression.spoken.meaning;
    let day = matches!(meaning, Meaning::Day { .. } | Meaning::Moment { .. }) && is_absolute(meaning);
    let point = Context::default().point(meaning).filter(|p| day && p.grain == Unit::Day)?;
    Some((expression.span, point))
}

/// Whether what stands beside the date in its line belongs to a byline.
fn is_label(text: &str, line: Span, date: Span, grammar: &Grammar) -> bool {
    let rest = [Span::new(line.start, date.start), Span::new(date.end, line.end)];
    rest.iter().all(|part| {
        let words = part.trimmed_of(text, |c| !c.is_alphanumeric()).text(text);
        let author = words.get(..3).is_some_and(|by| by.eq_ignore_ascii_case("by "));
        let bar = part.text(text).contains(['|', '·', '•', '—', '–']);
        (author && bar) || only_label_words(words, grammar)
    })
}

fn only_label_words(words: &str, grammar: &Grammar) -> bool {
    let cut = Cut::new(words, grammar);
    let class = |name| grammar.class(name);
    let fits = |at: usize| {
        let listed = |class| cut.phrases_at(at, class).next().is_some();
        cut.kind(at) != Some(PieceKind::Letters)
            || class("label-word").is_some_and(listed)
            || class("zone").is_some_and(listed)
            || class("meridiem").is_some_and(listed)
    };
    (0..cut.pieces.len()).all(fits)
}
