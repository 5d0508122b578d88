//! When a report was published: labels, and what its own dates say about them.
//!
//! In order: the label that came with the report, a byline or dateline in the text, the date in its web address,
//! and the dates the text names. A weekday with a day of the month fixes the year. A label is not believed when
//! all such expressions point to one other week and nothing in the text supports the label.

mod labels;
mod own;

#[cfg(test)]
mod tests;

use crate::times::{Context, Expression, Meaning, Point, Unit, weekday};
use jiff::civil::Date;
use own::Own;
use record::{Article, Basis, Published, Span};

/// Dates that do not agree with themselves, told at most.
const WRONG: usize = 3;

/// Labels so many days apart may mean one publication: time zones, print and web.
const NEIGHBOURS: i64 = 1;

/// A label this many days from what the text says of itself is in doubt.
const DOUBT: i64 = 10;

/// The publication date that is believed, and remarks where a label is not.
pub(crate) fn published(
    article: &Article,
    expressions: &[Expression],
    grammar: &lexicon::grammar::Grammar,
) -> (Option<Published>, Vec<String>) {
    let label = label(article, expressions, grammar);
    let lines: Vec<Span> = label.iter().flat_map(|l| l.evidence.iter().copied()).collect();
    let prose: Vec<&Expression> = expressions
        .iter()
        .filter(|e| !article.is_boilerplate(e.span) && !lines.iter().any(|l| l.overlaps(e.span)))
        .collect();
    let (published, mut notes) = match label {
        Some(label) => {
            let differing = disagreement(article, &label, expressions, grammar);
            let (published, mut notes) = checked(article, label, &prose);
            notes.extend(differing);
            (published, notes)
        }
        None => (inferred(&prose), Vec::new()),
    };
    notes.extend(prose.iter().filter_map(|e| wrong_weekday(article, e)).take(WRONG));
    (published, notes)
}

/// Says of a full date whose weekday does not fit that one of the two is wrong: “Friday, May 5, 2021”.
fn wrong_weekday(article: &Article, expression: &Expression) -> Option<String> {
    let meaning = own::day_meaning(&expression.spoken.meaning);
    let Meaning::Day { weekday: Some(day), year: Some(_), .. } = meaning else { return None };
    let date = Context::default().point(meaning)?.date;
    let words = clean(expression.span.text(&article.text));
    (weekday(date) != *day).then(|| {
        format!(
            "“{words}” does not agree with itself: that day was a {}; the day of the month is used",
            date.strftime("%A")
        )
    })
}

/// Says which other label of the report names another day than the one that is used.
fn disagreement(
    article: &Article,
    used: &Published,
    expressions: &[Expression],
    grammar: &lexicon::grammar::Grammar,
) -> Vec<String> {
    let others = [
        ("byline", labels::byline(&article.text, expressions, grammar)),
        ("dateline", labels::dateline(&article.text, expressions)),
        ("web address", article.url.as_deref().and_then(labels::address)),
    ];
    let day = |p: &Published| Point::parse(&p.value).filter(|p| p.grain == Unit::Day).map(|p| p.date);
    let differs = |other: &Published| {
        day(used).zip(day(other)).is_some_and(|(a, b)| i64::from((a - b).get_days()).abs() > NEIGHBOURS)
    };
    let found = others.into_iter().filter_map(|(name, label)| Some((name, label.filter(&differs)?)));
    found
        .map(|(name, other)| {
            format!(
                "the date label {} ({}) and the {name} ({}) differ: the first is used",
                used.value, used.basis, other.value
            )
        })
        .collect()
}

fn label(
    article: &Article,
    expressions: &[Expression],
    grammar: &lexicon::grammar::Grammar,
) -> Option<Published> {
    let known = article.published.clone().filter(|p| Point::parse(&p.value).is_some());
    known
        .or_else(|| labels::byline(&article.text, expressions, grammar))
        .or_else(|| labels::dateline(&article.text, expressions))
        .or_else(|| article.url.as_deref().and_then(labels::address))
        .or_else(|| article.published.clone())
}

/// The label, or what the text says of itself if that speaks clearly against it.
fn checked(article: &Article, label: Published, prose: &[&Expression]) -> (Option<Published>, Vec<String>) {
    let Some(point) = Point::parse(&label.value).filter(|p| p.grain == Unit::Day) else {
        return (Some(label), Vec::new());
    };
    let own = Own::read(prose, point.date, point.date.year());
    match own.week_against(point.date) {
        Some((date, evidence)) => {
            let note = contradiction(article, &label, date, &evidence);
            (Some(Published { value: date.to_string(), basis: Basis::Inferred, evidence }), vec![note])
        }
        None => (Some(label), Vec::new()),
    }
}

/// An undated report: its weekday dates, if the years it names leave one year for them.
fn inferred(prose: &[&Expression]) -> Option<Published> {
    let latest = own::latest_year(prose)?;
    let hint = Date::new(latest, 12, 31).ok()?;
    let (date, evidence) = Own::read(prose, hint, latest).week()?;
    let fits = (latest..=latest.saturating_add(1)).contains(&date.year());
    fits.then(|| Published { value: date.to_string(), basis: Basis::Inferred, evidence })
}

fn contradiction(article: &Article, label: &Published, date: Date, evidence: &[Span]) -> String {
    let words: Vec<String> = evidence.iter().map(|s| format!("“{}”", clean(s.text(&article.text)))).collect();
    format!(
        "the date label {} ({}) does not fit the text, whose own dates ({}) point to {date}: not believed",
        label.value,
        label.basis,
        words.join(", ")
    )
}

fn clean(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
