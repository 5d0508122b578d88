//! From one point to another, where the words share a month, a year or an a.m.: “May 3 to 7”, “9–11 a.m.”.

use super::meaning::{Counted, Meaning, Spoken, boxed, calendar_day, small, spoken_clock, year};
use super::unit::Unit;
use super::{Context, Expression, Point, Tense, is_absolute};
use crate::grammar::Found;

/// The range a rule makes.
pub(super) fn range(found: &Found) -> Option<Meaning> {
    let (from, to) = match found.rule.make {
        "days" => days(found)?,
        "months" => months(found)?,
        _ => hours(found)?,
    };
    Some(Meaning::Range { from: Box::new(from), to: Box::new(to) })
}

/// “9 to 12 June”, “10/25 to 1/25/2018”: the month or year is said once.
fn days(found: &Found) -> Option<(Meaning, Meaning)> {
    let (month, day) = (small(found, "month")?, small(found, "day")?);
    let from_month = small(found, "from-month").unwrap_or(month);
    let from = small(found, "from")?;
    let begins = if (from_month, from) > (month, day) { earlier(year(found)) } else { year(found) };
    let given = found.number("from-year").map(|year| Box::new(Meaning::Year(year as i16)));
    let begins = given.or(begins);
    Some((calendar_day(begins, from_month, from, None)?, calendar_day(year(found), month, day, None)?))
}

/// “June–August 1992”, “Nov-Feb 2017”.
fn months(found: &Found) -> Option<(Meaning, Meaning)> {
    let (from, month) = (small(found, "from")?, small(found, "month")?);
    let begins = if from > month { earlier(year(found)) } else { year(found) };
    let of = |year, month| Meaning::Month { year, month, step: None };
    Some((of(begins, from), of(year(found), month)))
}

/// The year before one that is given.
fn earlier(year: Option<Box<Meaning>>) -> Option<Box<Meaning>> {
    year.map(|year| match *year {
        Meaning::Year(year) => Box::new(Meaning::Year(year - 1)),
        _ => year,
    })
}

/// “9–11 a.m.”, “between 5 and 6 in the afternoon”, on a day where that is given.
fn hours(found: &Found) -> Option<(Meaning, Meaning)> {
    let date = boxed(found, "date");
    if date.as_ref().is_some_and(|date| !is_day(date)) {
        return None;
    }
    let step = found.number("step").or(found.number("which")).map(|n| n as i64);
    let both = |hour, minute, all| match found.number(all) {
        Some(all) => Some(((all / 100.0) as u8, (all % 100.0) as u8)),
        None => Some((found.number(hour)? as u8, found.number(minute).unwrap_or(0.0) as u8)),
    };
    let (begin, from_minute) = both("from", "from-minute", "from-hhmm")?;
    let (end, to_minute) = both("hour", "minute", "hhmm")?;
    let to = spoken_clock(end, to_minute, found)?;
    let late = to.get(1..3)?.parse::<u8>().ok()?;
    let from = match found.text("from-meridiem") {
        Some("pm") if begin < 12 => begin + 12,
        Some(_) => begin % 24,
        None if late > 12 && begin + 12 < late.max(13) => begin + 12,
        None if late > 12 && begin + 12 == late && from_minute <= to_minute => begin + 12,
        None => begin,
    };
    (from <= 24).then(|| {
        let moment = |clock| Meaning::Moment { clock, date: date.clone(), step };
        (moment(format!("T{from:02}:{from_minute:02}")), moment(to))
    })
}

/// Whether a date is a day, to which hours can belong.
fn is_day(date: &Meaning) -> bool {
    matches!(
        date,
        Meaning::Day { .. }
            | Meaning::Weekday { .. }
            | Meaning::MonthDay { .. }
            | Meaning::Holiday { .. }
            | Meaning::Period { unit: Unit::Day, .. }
            | Meaning::Nth { what: Counted::Weekday(_), .. }
    )
}

/// The context in which a point without a year comes before the one that it leads to: “from May to September”.
pub(super) fn before_next(
    expression: &Expression,
    from: Option<Point>,
    to: Option<Point>,
    context: &Context,
) -> Option<Context> {
    let open = matches!(
        expression.spoken.meaning,
        Meaning::Day { year: None, .. } | Meaning::Month { year: None, step: None, .. }
    );
    let (from, to) = (from?, to.filter(|_| expression.joined && open)?);
    (from.date > to.date).then_some(Context { anchor: Some(to), tense: Tense::Past, ..*context })
}

/// A day or month without a year that leads to one with a year has that year: “from January 3 to April 5, 1989”.
pub(super) fn with_year_of_next(expression: &Expression, next: Option<&Expression>) -> Option<Spoken> {
    let next = next.filter(|n| expression.joined && is_absolute(&n.spoken.meaning))?;
    let (given, to) = match &next.spoken.meaning {
        Meaning::Day { year: Some(year), month, day, .. } => (year, (*month, *day)),
        Meaning::Month { year: Some(year), month, .. } => (year, (*month, 31)),
        _ => return None,
    };
    let year_of = |from| if from > to { earlier(Some(given.clone())) } else { Some(given.clone()) };
    let meaning = match expression.spoken.meaning {
        Meaning::Day { year: None, month, day, weekday } => {
            Meaning::Day { year: year_of((month, day)), month, day, weekday }
        }
        Meaning::Month { year: None, month, step: None } => {
            Meaning::Month { year: year_of((month, 1)), month, step: None }
        }
        _ => return None,
    };
    Some(Spoken { meaning, modifier: expression.spoken.modifier })
}
