//! Dates for undated reports: from the days that a dated report of the same story names for the same things.

use crate::moment::civil;
use crate::tfidf::{Vector, cosine, vectors};
use crate::voices::content_key;
use crate::words::spans;
use jiff::civil::{Date, Weekday};
use jiff::{Span as Days, ToSpan};
use lexicon::Lexicon;
use record::{Basis, Published, Report, Span, TimeKind};
use std::collections::{BTreeMap, BTreeSet};

/// Bytes below which a text says too little to be dated by another (about 80 words).
const SHORT: usize = 480;
/// Cosine of word vectors from which two reports may tell one story.
const STORY: f32 = 0.20;
/// Dated reports that are tried, the nearest first.
const TRIED: usize = 5;
/// Content words that two sentences with one weekday must share.
const SHARED: usize = 3;
/// Days that a report may look back to a bare weekday.
const WEEK: i64 = 6;
/// Days that a dated report's own mention may lie from its date.
const REACH: i32 = 10;
/// Days that a dateline without a year may lie from the date of a report of the same story.
const MONTH: i32 = 31;
/// Longest place in a dateline, in bytes.
const PLACE: usize = 48;
/// Strongest words of a report that look for dated reports.
const STRONGEST: usize = 25;
/// Share of an undated report's weekdays that must fall on days the dated report names.
const NAMED: f32 = 0.75;

/// One entry a report: a date only for undated ones, where the evidence is good.
pub(crate) fn dates(reports: &[Report], lexicon: &Lexicon) -> Vec<Option<Published>> {
    let mut dates = vec![None; reports.len()];
    let undated: Vec<usize> = (0..reports.len()).filter(|&i| is_open(&reports[i])).collect();
    let dated: Vec<usize> = (0..reports.len()).filter(|&i| day_of(&reports[i]).is_some()).collect();
    if undated.is_empty() || dated.is_empty() {
        return dates;
    }
    let vectors = vectors(reports, lexicon);
    let index = index(&dated, &vectors);
    let mut days: BTreeMap<usize, Vec<Mention>> = BTreeMap::new();
    for &report in &undated {
        let mentions = mentions(&reports[report], lexicon);
        let near = nearest(report, &vectors, &index);
        let days_near = near.iter().filter_map(|&other| day_of(&reports[other]));
        dates[report] = days_near.filter_map(|day| completed(&reports[report], day)).next();
        if dates[report].is_some() {
            continue;
        }
        dates[report] = near.into_iter().find_map(|other| {
            let theirs = days.entry(other).or_insert_with(|| self::mentions(&reports[other], lexicon));
            aligned(&mentions, theirs, day_of(&reports[other])?)
        });
    }
    dates
}

/// Whether a report is undated, long enough, and names a weekday or a day of a month.
fn is_open(report: &Report) -> bool {
    let names_day =
        |t: &record::Time| t.value.as_deref().and_then(Day::of).is_some_and(|d| !matches!(d, Day::Full(_)));
    report.published.is_none()
        && (report.text().len() >= SHORT || dateline(report).is_some())
        && report.reading.times.iter().any(|(_, time)| names_day(time))
}

/// The day of a dateline that leaves out the year (“LOMARA, 5 March.”), in the year of a dated report of the same story.
fn completed(report: &Report, published: Date) -> Option<Published> {
    let (span, day) = dateline(report)?;
    let date = day.resolved(published).filter(|date| distance(*date, published) <= MONTH)?;
    Some(Published { value: date.to_string(), basis: Basis::Aligned, evidence: vec![span] })
}

/// The first day of a month in the report, if it stands in a dateline: behind capitalised words and a comma at the
/// beginning of a line, with a sign after it.
fn dateline(report: &Report) -> Option<(Span, Day)> {
    let (span, time) = report.reading.times.iter().next()?;
    let day = Day::of(time.value.as_deref()?).filter(|day| matches!(day, Day::OfMonth(..)))?;
    let line = report.text().get(..span.start as usize)?.rsplit('\n').next()?;
    let before = line.trim().strip_suffix(',').filter(|place| place.len() <= PLACE)?;
    let behind = report.text().get(span.end as usize..)?.trim_start_matches(' ');
    let small = |word: &str| ["of", "de", "la", "el", "al", "on", "sur", "du", "am", "an"].contains(&word);
    let mut words = before.split([' ', ',', '-']).filter(|word| !word.is_empty());
    let place = words.clone().next().is_some_and(|word| word.starts_with(char::is_uppercase))
        && words.all(|word| word.starts_with(char::is_uppercase) || small(word));
    (place && behind.starts_with(['.', '(', '/', ':', '-', '–', '—'])).then_some((span, day))
}

fn day_of(report: &Report) -> Option<Date> {
    report.published.as_ref().and_then(|p| civil(&p.value))
}

/// A day as a report names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Day {
    Full(Date),
    Weekday(Weekday),
    OfMonth(i8, i8),
}

impl Day {
    fn of(value: &str) -> Option<Self> {
        if let Some(rest) = value.strip_prefix("XXXX-WXX-") {
            return Weekday::from_monday_one_offset(rest.get(..1)?.parse().ok()?).ok().map(Self::Weekday);
        }
        if let Some(rest) = value.strip_prefix("XXXX-") {
            return Some(Self::OfMonth(rest.get(..2)?.parse().ok()?, rest.get(3..5)?.parse().ok()?));
        }
        civil(value).map(Self::Full)
    }

    /// The day meant by a report of `published`: the last weekday up to it, the day of the month nearest to it.
    fn resolved(self, published: Date) -> Option<Date> {
        match self {
            Self::Full(date) => Some(date),
            Self::Weekday(weekday) => {
                let back = published.weekday().since(weekday);
                published.checked_sub(Days::new().days(i64::from(back))).ok()
            }
            Self::OfMonth(month, day) => (-1..=1)
                .filter_map(|year| Date::new(published.year() + year, month, day).ok())
                .min_by_key(|date| distance(*date, published)),
        }
    }
}

fn distance(a: Date, b: Date) -> i32 {
    a.since(b).map_or(i32::MAX, |span| span.get_days().abs())
}

/// A named day with the words of its sentence.
struct Mention {
    span: Span,
    day: Day,
    words: BTreeSet<u64>,
}

fn mentions(report: &Report, lexicon: &Lexicon) -> Vec<Mention> {
    let times =
        report.reading.times.iter().filter(|(_, t)| matches!(t.kind, TimeKind::Date | TimeKind::Time));
    times
        .filter_map(|(span, time)| {
            let day = Day::of(time.value.as_deref()?)?;
            let sentence = crate::voices::sentence_of(report, span)?;
            let text = sentence.text(report.text());
            let words = spans(text).filter_map(|s| content_key(s.text(text), lexicon)).collect();
            Some(Mention { span, day, words })
        })
        .collect()
}

/// The dated reports under each of their words.
fn index(dated: &[usize], vectors: &[Vector]) -> BTreeMap<u32, Vec<usize>> {
    let mut index: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for &report in dated {
        vectors[report].iter().for_each(|(term, _)| index.entry(*term).or_default().push(report));
    }
    index
}

/// Dated reports of the same story, the nearest first.
fn nearest(report: usize, vectors: &[Vector], index: &BTreeMap<u32, Vec<usize>>) -> Vec<usize> {
    let mut terms = vectors[report].clone();
    terms.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    let found = terms.iter().take(STRONGEST).filter_map(|(term, _)| index.get(term)).flatten();
    let candidates: BTreeSet<usize> = found.copied().collect();
    let mut scored: Vec<(f32, usize)> =
        candidates.into_iter().map(|other| (cosine(&vectors[report], &vectors[other]), other)).collect();
    scored.retain(|(similarity, _)| *similarity >= STORY);
    scored.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
    scored.into_iter().take(TRIED).map(|(_, other)| other).collect()
}

/// The first day on which all matched mentions mean the days that the dated report gives them, and nearly
/// all weekdays of the undated one are days that the dated one names.
fn aligned(ours: &[Mention], theirs: &[Mention], published: Date) -> Option<Published> {
    let named: BTreeSet<Date> = theirs
        .iter()
        .filter_map(|m| m.day.resolved(published))
        .filter(|day| distance(*day, published) <= REACH)
        .collect();
    let matched = matched(ours, theirs, &named);
    let latest = matched.iter().map(|(_, date)| *date).max()?;
    let open: Vec<Day> = ours.iter().map(|m| m.day).filter(|d| !matches!(d, Day::Full(_))).collect();
    let share = |day: Date| {
        let fitting = open.iter().filter(|d| d.resolved(day).is_some_and(|date| named.contains(&date)));
        fitting.count() as f32 / open.len().max(1) as f32
    };
    let days = (0..=WEEK).filter_map(|n| latest.checked_add(n.days()).ok());
    let possible = days.filter(|day| matched.iter().all(|(m, date)| m.day.resolved(*day) == Some(*date)));
    let mut best: Option<(f32, Date)> = None;
    for day in possible.filter(|day| distance(*day, published) <= REACH) {
        if best.is_none_or(|(found, _)| share(day) > found) {
            best = Some((share(day), day));
        }
    }
    let (_, day) = best.filter(|(share, _)| *share >= NAMED)?;
    let mut evidence: Vec<Span> = matched.iter().map(|(m, _)| m.span).collect();
    evidence.sort_unstable();
    evidence.dedup();
    Some(Published { value: day.to_string(), basis: Basis::Aligned, evidence })
}

/// Our mentions that stand in a sentence like one of theirs, with the day that theirs names.
fn matched<'m>(ours: &'m [Mention], theirs: &[Mention], named: &BTreeSet<Date>) -> Vec<(&'m Mention, Date)> {
    let pairs = ours.iter().filter(|m| !matches!(m.day, Day::Full(_))).filter_map(|m| {
        let alike = theirs.iter().filter_map(|t| match t.day {
            Day::Full(date) if named.contains(&date) && is_day(m.day, date) => {
                let shared = m.words.intersection(&t.words).count();
                (shared >= SHARED).then_some((shared, date))
            }
            _ => None,
        });
        alike.max_by_key(|(shared, date)| (*shared, std::cmp::Reverse(*date))).map(|(_, date)| (m, date))
    });
    pairs.collect()
}

fn is_day(day: Day, date: Date) -> bool {
    match day {
        Day::Full(other) => other == date,
        Day::Weekday(weekday) => date.weekday() == weekday,
        Day::OfMonth(month, day) => (date.month(), date.day()) == (month, day),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::report;
    use record::{Arc, Deprel, Layer, Sentence, Time, TokenRange};

    /// The report with its lines as sentences and times where the words stand.
    fn timed(text: &str, published: Option<&str>, times: &[(&str, &str)]) -> Report {
        let mut report = report(text);
        report.reading.tokens = spans(text).collect();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let n = spans(line).count();
            let tokens = TokenRange::new(start, start + n);
            report.reading.sentences.push(Sentence { tokens, starts_paragraph: true });
            start += n;
        }
        report.reading.tree = vec![Arc { head: None, relation: Deprel::Root }; start];
        let layer = times.iter().map(|(words, value)| {
            let at = text.find(words).unwrap();
            let time = Time {
                kind: TimeKind::Date,
                value: Some((*value).to_owned()),
                modifier: None,
                absolute: false,
                interval: None,
            };
            (Span::at(at..at + words.len()), time)
        });
        report.reading.times = Layer::new(layer.collect());
        report.published = published.map(|p| Published {
            value: p.to_owned(),
            basis: Basis::Metadata,
            evidence: Vec::new(),
        });
        report
    }

    const FILLER: &str = "\nThe coast guard of Lomara sent three cutters and a helicopter into the storm, and fishing boats \
        from the salt pans joined them before dark. Relatives stood on the pier at Lomara all night long. The ferry had \
        left Orsk harbour at noon with sixty passengers, most of them workers on their way home. Its owner said the ship \
        was sound. Nobody could say on the island how many lifejackets the ferry carried when she left the harbour.";

    #[test]
    fn a_dateline_without_a_year_takes_it_from_the_story() {
        let dated = timed(
            &format!("The ferry sank off Lomara on 28 December.{FILLER}"),
            Some("2019-12-30"),
            &[("28 December", "XXXX-12-28")],
        );
        let open = |text: &str| {
            let text = format!("{text} The ferry lies off Lomara.{FILLER}");
            timed(&text, None, &[("2 January", "XXXX-01-02")])
        };
        let date = |text: &str| {
            let found = dates(&[dated.clone(), open(text)], &Lexicon::load());
            found[1].as_ref().map(|p| p.value.clone())
        };
        assert_eq!(date("Port of Lomara, 2 January. (Agency)").as_deref(), Some("2020-01-02"));
        assert_eq!(date("LOMARA, 2 January (Agency) -").as_deref(), Some("2020-01-02"));
        assert_eq!(date("He left the harbour of Lomara, 2 January."), None);
        assert_eq!(date("Lomara mourns on 2 January."), None);
    }

    #[test]
    fn a_shared_tuesday_dates_the_undated_report() {
        let dated = timed(
            &format!(
                "The ferry sank off Lomara on Tuesday evening.\nThe minister visited Lomara harbour on Thursday.{FILLER}"
            ),
            Some("2019-03-07"),
            &[("Tuesday", "2019-03-05"), ("Thursday", "2019-03-07")],
        );
        let open = timed(
            &format!(
                "Lomara harbour was visited by the minister Thursday.\nOn Tuesday evening the ferry sank off Lomara.{FILLER}"
            ),
            None,
            &[("Thursday", "XXXX-WXX-4"), ("Tuesday", "XXXX-WXX-2")],
        );
        let found = dates(&[dated.clone(), open], &Lexicon::load());
        assert_eq!(found[0], None);
        assert_eq!(found[1].as_ref().map(|p| p.value.as_str()), Some("2019-03-07"));
        let other = timed(
            &format!("The ferry sank off Lomara on Sunday evening.{FILLER}"),
            None,
            &[("Sunday", "XXXX-WXX-7")],
        );
        assert_eq!(dates(&[dated, other], &Lexicon::load())[1], None);
    }
}
