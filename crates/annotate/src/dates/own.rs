//! The dates a text names as its own present: weekdays with a date, bare weekdays.

use super::DOUBT;
use crate::times::{Context, Expression, Meaning, Point, Tense, Unit, is_absolute, weekday};
use jiff::civil::Date;
use record::Span;

/// Days that deictic dates of one report lie apart at most.
const WEEK: i64 = 7;

/// What a text says of its own time.
#[derive(Debug)]
pub(super) struct Own {
    /// Weekdays with a day of the month, dated, in the order of the text.
    dated: Vec<(Date, Span)>,
    /// Weekdays alone (“on Tuesday”), not of the future.
    bare: Vec<(i8, Span)>,
    /// All other days of the calendar that are named.
    named: Vec<Date>,
}

impl Own {
    /// Reads the expressions; a year that is missing is the one nearest to `hint` in which the weekday holds.
    pub(super) fn read(prose: &[&Expression], hint: Date, year: i16) -> Self {
        let context = Context { anchor: Some(Point::day(hint)), ..Context::default() };
        let mut own = Self { dated: Vec::new(), bare: Vec::new(), named: Vec::new() };
        for expression in prose.iter().filter(|e| e.tense != Tense::Future) {
            let meaning = day_meaning(&expression.spoken.meaning);
            let point = context.point(meaning).filter(|p| p.grain == Unit::Day);
            match (meaning, point) {
                (Meaning::Day { weekday: Some(day), .. }, Some(point)) => {
                    let holds = weekday(point.date) == *day && (point.date.year() - year).abs() <= 3;
                    if holds {
                        own.dated.push((point.date, expression.span));
                    }
                }
                (Meaning::Weekday { day, step: None, week: None }, _) => {
                    own.bare.push((*day, expression.span))
                }
                (Meaning::Day { .. }, Some(point)) => own.named.push(point.date),
                _ => {}
            }
        }
        own
    }

    /// The week that all weekday dates lie in and that more than one expression speaks for: its last such date and
    /// the words it rests on.
    pub(super) fn week(&self) -> Option<(Date, Vec<Span>)> {
        let last = self.dated.iter().map(|(date, _)| *date).max()?;
        let first = self.dated.iter().map(|(date, _)| *date).min()?;
        let same = self.bare.iter().filter(|(day, _)| *day == weekday(last)).count();
        let supported = self.dated.len() + same >= 2 || self.bare.len() >= 2;
        let mut evidence: Vec<Span> = self.dated.iter().map(|(_, span)| *span).collect();
        evidence.extend(self.bare.iter().map(|(_, span)| *span));
        evidence.sort();
        (supported && days(first, last) <= WEEK).then_some((last, evidence))
    }

    /// The same, if it lies clearly before or after a label that no day named in the text supports.
    pub(super) fn week_against(&self, label: Date) -> Option<(Date, Vec<Span>)> {
        let near = |date: &Date| days(*date, label).abs() <= DOUBT;
        let (date, evidence) = self.week()?;
        let supported = self.named.iter().any(near) || self.dated.iter().any(|(d, _)| near(d));
        (!supported && !near(&date)).then_some((date, evidence))
    }
}

/// The latest year that the words alone give.
pub(super) fn latest_year(prose: &[&Expression]) -> Option<i16> {
    let context = Context::default();
    let known = prose.iter().filter(|e| e.tense != Tense::Future && is_absolute(&e.spoken.meaning));
    known.filter_map(|e| context.point(&e.spoken.meaning)).map(|p| p.date.year()).max()
}

/// “Thursday, December 23” in “on the morning of Thursday, December 23”.
pub(super) fn day_meaning(meaning: &Meaning) -> &Meaning {
    match meaning {
        Meaning::Moment { date: Some(date), .. } => date,
        other => other,
    }
}

fn days(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}
