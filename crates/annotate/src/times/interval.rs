//! What a TIMEX3 value leaves open, as an interval of the Extended Date/Time Format (ISO 8601-2, Library of Congress).
//!
//! A bound that the words do not give exactly is marked `~`. “Early”, “mid” and “late” are thirds: days 1–10, 11–20 and 21 to
//! the end of a month; the first three, the middle four and the last three months of a year; years 0–3, 4–6 and 7–9 of a decade.
//! “In recent days” reaches back a week, “the past few months” half a year: a convention, hence the mark.

use super::meaning::{Meaning, Part, Reach, Spoken};
use super::resolve::{Context, Point};
use super::unit::{Unit, shift, weekday};
use crate::grammar::Number;
use jiff::civil::Date;

/// The interval of an expression; `None` where its value says it all, or a date is missing.
pub(super) fn interval(spoken: &Spoken, point: Option<Point>, context: &Context) -> Option<String> {
    let anchor = || context.anchor.filter(|a| a.grain == Unit::Day).map(|a| a.date);
    match &spoken.meaning {
        Meaning::Fixed("PRESENT_REF") => Some(anchor()?.to_string()),
        Meaning::Fixed("PAST_REF") => Some(format!("../{}", anchor()?)),
        Meaning::Fixed("FUTURE_REF") => Some(format!("{}/..", anchor()?)),
        Meaning::Shift { amount, step, .. } if amount.vague => {
            let now = anchor()?;
            Some(if *step < 0 { format!("../{now}") } else { format!("{now}/..") })
        }
        Meaning::Duration { amount, unit, also, reach: Some(reach) } => {
            reaching(anchor()?, *amount, *unit, also, *reach)
        }
        Meaning::Duration { .. } | Meaning::Set(_) | Meaning::Moment { .. } | Meaning::Range { .. } => None,
        Meaning::Part { part: Part::Season("END"), .. } => shaded(point?, Some("END"), true),
        Meaning::Part { part: Part::Season(_), .. } => shaded(point?, spoken.modifier, true),
        _ => shaded(point?, spoken.modifier, false),
    }
}

/// “the past two weeks”, “the next few days”, “in three months”.
fn reaching(now: Date, amount: Number, unit: Unit, also: &[(Number, Unit)], reach: Reach) -> Option<String> {
    let (count, about) = if amount.vague { (usual(unit), "~") } else { (amount.value as i64, "") };
    let step = if reach == Reach::Past { -1 } else { 1 };
    let mut far = shift(now, step * count, unit).filter(|_| unit >= Unit::Day)?;
    for (number, unit) in also {
        far = shift(far, step * number.value as i64, *unit)?;
    }
    Some(match reach {
        Reach::Past => format!("{far}{about}/{now}"),
        Reach::Next => format!("{now}/{far}{about}"),
        Reach::End => format!("{far}~"),
    })
}

/// How many of a unit “recent” or “a few” is taken to mean.
fn usual(unit: Unit) -> i64 {
    match unit {
        Unit::Day => 7,
        Unit::Week | Unit::Fortnight => 4,
        Unit::Month => 6,
        Unit::Year => 5,
        _ => 3,
    }
}

/// The days or months of a unit, or of the third of it that a modifier names.
fn shaded(point: Point, modifier: Option<&str>, vague: bool) -> Option<String> {
    let start = aligned(point)?;
    let third = match modifier {
        Some("START") => 0,
        Some("MID") => 1,
        Some("END") => 2,
        _ => return whole(point, start, vague),
    };
    let ends = |parts: [(i64, i64); 3], unit: Unit| {
        let (from, to) = parts[third];
        Some((shift(start, from, unit)?, shift(start, to, unit)?))
    };
    let (from, to) = match point.grain {
        Unit::Week | Unit::Fortnight => ends([(0, 2), (2, 4), (4, 6)], Unit::Day)?,
        Unit::Month if third == 2 => (shift(start, 20, Unit::Day)?, last_day(start, Unit::Month)?),
        Unit::Month => ends([(0, 9), (10, 19), (20, 30)], Unit::Day)?,
        Unit::Quarter => ends([(0, 0), (1, 1), (2, 2)], Unit::Month)?,
        Unit::Half => ends([(0, 1), (2, 3), (4, 5)], Unit::Month)?,
        Unit::Year => ends([(0, 2), (4, 7), (9, 11)], Unit::Month)?,
        Unit::Decade => ends([(0, 3), (4, 6), (7, 9)], Unit::Year)?,
        Unit::Century => ends([(0, 33), (34, 66), (67, 99)], Unit::Year)?,
        _ => return None,
    };
    Some(format!("{}~/{}~", written(from, point.grain), written(to, point.grain)))
}

/// A unit that EDTF has no name for, from its first day or month to its last.
fn whole(point: Point, start: Date, vague: bool) -> Option<String> {
    let start = if point.grain == Unit::Weekend { shift(start, 5, Unit::Day)? } else { start };
    let last = match point.grain {
        Unit::Weekend => shift(start, 1, Unit::Day)?,
        Unit::Week | Unit::Fortnight | Unit::Quarter | Unit::Half => last_day(start, point.grain)?,
        _ => return None,
    };
    let about = if vague { "~" } else { "" };
    Some(format!("{}{about}/{}{about}", written(start, point.grain), written(last, point.grain)))
}

/// The last day of a unit that begins on a day.
fn last_day(start: Date, unit: Unit) -> Option<Date> {
    shift(shift(start, 1, unit)?, -1, Unit::Day)
}

/// The first day of the unit around a point.
fn aligned(point: Point) -> Option<Date> {
    let date = point.date;
    let month = |month: i8| Date::new(date.year(), month, 1).ok();
    match point.grain {
        Unit::Week | Unit::Weekend | Unit::Fortnight => shift(date, 1 - i64::from(weekday(date)), Unit::Day),
        Unit::Month | Unit::Quarter | Unit::Half => month(date.month()),
        Unit::Year => month(1),
        Unit::Decade => Date::new(date.year() / 10 * 10, 1, 1).ok(),
        Unit::Century => Date::new(date.year() / 100 * 100, 1, 1).ok(),
        _ => Some(date),
    }
}

/// A bound, as exact as the unit allows: a day, a month, a year.
fn written(date: Date, grain: Unit) -> String {
    match grain {
        Unit::Year | Unit::Quarter | Unit::Half => format!("{:04}-{:02}", date.year(), date.month()),
        Unit::Decade | Unit::Century => format!("{:04}", date.year()),
        _ => date.to_string(),
    }
}
