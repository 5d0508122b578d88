//! What a matched rule means, before it is set against a document date.

use super::ranges;
use super::unit::Unit;
use crate::grammar::{Found, Number};

/// A time expression's meaning with its shade (TIMEX3 `mod`).
#[derive(Clone, Debug)]
pub(crate) struct Spoken {
    pub(crate) meaning: Meaning,
    pub(crate) modifier: Option<&'static str>,
}

/// The meaning of a time expression, by the operation (`make`) of its rule.
#[derive(Clone, Debug)]
pub(crate) enum Meaning {
    /// A day of the calendar, as far as it is given.
    Day { year: Option<Box<Meaning>>, month: i8, day: i8, weekday: Option<i8> },
    /// A month: of a year, or last / this / next.
    Month { year: Option<Box<Meaning>>, month: i8, step: Option<i64> },
    /// A weekday, of last / this / next week or nearest in that direction.
    Weekday { day: i8, step: Option<i64>, week: Option<i64> },
    /// A year.
    Year(i16),
    /// Decade (year / 10) or century (year / 100).
    Years { value: i16, grain: Unit },
    /// The unit that holds the document date, moved: “last week”; or the quarter in focus, years before.
    Period { unit: Unit, step: i64, years: Option<i64> },
    /// The unit in focus: “the quarter”, “that year”.
    That { unit: Unit, which: That },
    /// The quarter in focus, in another year.
    Quarter { year: Box<Meaning> },
    /// A count of units from now: “two years ago”.
    Shift { amount: Number, unit: Unit, step: i64 },
    /// A count of units from the date in focus or a date given: “the day before”.
    Neighbour { amount: Number, unit: Unit, step: i64, of: Option<Box<Meaning>> },
    /// A season, quarter or half: `SP`, `Q3`, `H1`.
    Part { part: Part, year: Option<Box<Meaning>>, step: Option<i64> },
    /// A feast, by its rule in the word file; it may last for days.
    Holiday { rule: &'static str, year: Option<Box<Meaning>>, step: Option<i64>, days: i64 },
    /// A day of the month alone: “the 18th”, “Friday the 13th”; of a month that is meant by its place (“next month”).
    MonthDay { day: i8, weekday: Option<i8>, month: Option<Box<Meaning>> },
    /// The n-th (from the end if negative) weekday or unit of a longer one; of the present year if none is given.
    Nth { nth: i64, what: Counted, of: Option<Box<Meaning>> },
    /// The week or weekend around a point: “the week of May 3”.
    Around { unit: Unit, of: Box<Meaning> },
    /// So many weekdays of one name from now: “three Fridays from now”.
    Weekdays { count: i64, day: i8 },
    /// From one point or time of day to another.
    Range { from: Box<Meaning>, to: Box<Meaning> },
    /// A time of day on a date (of the focus or document if none).
    Moment { clock: String, date: Option<Box<Meaning>>, step: Option<i64> },
    /// A length of time, in one or more units, with where it lies if the words tell.
    Duration { amount: Number, unit: Unit, also: Vec<(Number, Unit)>, reach: Option<Reach> },
    /// Something that comes again: the value is in the words.
    Set(String),
    /// A reference without a date: `PRESENT_REF`.
    Fixed(&'static str),
}

/// How a unit without a number is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum That {
    /// “that year”: around the point in focus.
    Same,
    /// “the year”: the one in focus, or the present one.
    Present,
    /// “the start of the year”: the present one, or the next where that is nearer.
    Start,
    /// “the latest year”: the one in focus, or the last that is over.
    Over,
}

/// Where a length of time lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Up to now: “the past two weeks”.
    Past,
    /// From now on: “the next two weeks”.
    Next,
    /// What is meant is its end: “in two weeks”.
    End,
}

/// What is counted in a longer unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counted {
    Weekday(i8),
    Unit(Unit),
}

/// Part of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Season(&'static str),
    Quarter(i8),
    Half(i8),
}

/// The meaning of a match; `None` where the parts make no sense (31 February).
pub(crate) fn spoken(found: &Found) -> Option<Spoken> {
    if found.rule.make == "same" {
        let inner = spoken(found.inner("of")?)?;
        let modifier = found.text("mod").or(inner.modifier);
        return Some(Spoken { meaning: begun(inner.meaning, modifier), modifier });
    }
    Some(Spoken { meaning: meaning(found)?, modifier: found.text("mod") })
}

/// “the start of the year” looks ahead where “the year” would not.
fn begun(meaning: Meaning, modifier: Option<&str>) -> Meaning {
    match meaning {
        Meaning::That { unit, which: That::Present } if modifier == Some("START") => {
            Meaning::That { unit, which: That::Start }
        }
        other => other,
    }
}

fn meaning(found: &Found) -> Option<Meaning> {
    Some(match found.rule.make {
        "same" => return spoken(found).map(|s| s.meaning),
        "day" => return day(found),
        "month" => Meaning::Month { year: year(found), month: small(found, "month")?, step: step(found) },
        "weekday" => Meaning::Weekday {
            day: small(found, "weekday")?,
            step: step(found),
            week: found.number("week").map(|n| n as i64),
        },
        "year" => return year_meaning(found),
        "decade" => Meaning::Years { value: written_year(found)? / 10, grain: Unit::Decade },
        "century" => {
            let value = small(found, "ordinal").filter(|n| (1..=30).contains(n))?;
            Meaning::Years { value: i16::from(value) - 1, grain: Unit::Century }
        }
        "period" => Meaning::Period {
            unit: unit(found)?,
            step: step(found).unwrap_or(0),
            years: found.number("years").map(|n| n as i64),
        },
        "that" => Meaning::That { unit: unit(found)?, which: That::Same },
        "now" => Meaning::That { unit: unit(found)?, which: That::Present },
        "latest" => Meaning::That { unit: unit(found).unwrap_or(Unit::Quarter), which: That::Over },
        "quarter" => Meaning::Quarter { year: boxed(found, "of")? },
        "shift" => return moved(found),
        "neighbour" => return neighbour(found),
        "part" => Meaning::Part { part: part(found)?, year: year(found), step: step(found) },
        "holiday" => Meaning::Holiday {
            rule: found.text("holiday")?,
            year: year(found),
            step: step(found),
            days: found.number("days").map_or(1, |n| n as i64),
        },
        "month-day" => Meaning::MonthDay {
            day: small(found, "day")?,
            weekday: small(found, "weekday"),
            month: boxed(found, "of"),
        },
        "nth" => Meaning::Nth {
            nth: nth(found)?,
            what: counted(found)?,
            of: boxed(found, "of").or_else(|| year(found)),
        },
        "around" => Meaning::Around { unit: unit(found)?, of: boxed(found, "of")? },
        "weekdays" => Meaning::Weekdays {
            count: amount(found).value as i64 * step(found).unwrap_or(1),
            day: small(found, "weekday")?,
        },
        "days" | "months" | "hours" => return ranges::range(found),
        "compact" => return compact(found),
        "clock" | "daypart" | "moment" => return moment(found),
        "duration" => return length(found),
        "set" | "set-weekday" | "set-month" | "set-daypart" => Meaning::Set(set(found)?),
        "fixed" => Meaning::Fixed(found.text("value")?),
        _ => return None,
    })
}

fn day(found: &Found) -> Option<Meaning> {
    calendar_day(year(found), small(found, "month")?, small(found, "day")?, small(found, "weekday"))
}

/// A day that a calendar can have.
pub(super) fn calendar_day(
    year: Option<Box<Meaning>>,
    month: i8,
    day: i8,
    weekday: Option<i8>,
) -> Option<Meaning> {
    let longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].get((month as usize).checked_sub(1)?)?;
    (1..=*longest).contains(&day).then_some(Meaning::Day { year, month, day, weekday })
}

/// `20161016`.
fn compact(found: &Found) -> Option<Meaning> {
    let number = found.number("yyyymmdd")? as i64;
    let year = Box::new(Meaning::Year((number / 10_000) as i16));
    calendar_day(Some(year), (number / 100 % 100) as i8, (number % 100) as i8, None)
}

/// “first”, “last”, “second last”.
fn nth(found: &Found) -> Option<i64> {
    let count = found.number("ordinal").or(found.number("digits")).map(|n| n as i64);
    match found.field("last") {
        Some(_) => Some(-count.unwrap_or(1).abs()),
        None => count.filter(|n| (-60..=366).contains(n) && *n != 0),
    }
}

fn counted(found: &Found) -> Option<Counted> {
    small(found, "weekday").map(Counted::Weekday).or_else(|| unit(found).map(Counted::Unit))
}

/// “two years ago”; hours and minutes are a length.
fn moved(found: &Found) -> Option<Meaning> {
    let (amount, unit) = (amount(found), unit(found)?);
    if unit < Unit::Day {
        return Some(plain_length(amount, unit));
    }
    Some(Meaning::Shift { amount, unit, step: step(found)? })
}

/// “two days later”; what has no date of its own (“an hour later”, “a few days later”) is a length.
fn neighbour(found: &Found) -> Option<Meaning> {
    let (amount, unit) = (amount(found), unit(found).unwrap_or(Unit::Year));
    if amount.vague || unit < Unit::Day {
        return Some(plain_length(amount, unit));
    }
    Some(Meaning::Neighbour { amount, unit, step: step(found)?, of: boxed(found, "of") })
}

/// A length of time; “a second”, “a quarter” mean something else.
fn length(found: &Found) -> Option<Meaning> {
    let (amount, unit) = (amount(found), unit(found)?);
    let other = matches!(unit, Unit::Second | Unit::Quarter) && found.field("number").is_some();
    let sure = !other || amount != Number::ONE || found.text("sure").is_some();
    let reach = found.number("reach").map(|r| if r < 0.0 { Reach::Past } else { Reach::Next });
    sure.then(|| Meaning::Duration { amount, unit, also: further(found), reach })
}

fn plain_length(amount: Number, unit: Unit) -> Meaning {
    Meaning::Duration { amount, unit, also: Vec::new(), reach: None }
}

/// The smaller units of “2 years, 1 month and 21 days”.
fn further(found: &Found) -> Vec<(Number, Unit)> {
    let part = |number: &str, unit: &str| Some((found.numeral(number)?, Unit::parse(found.text(unit)?)?));
    [part("number2", "unit2"), part("number3", "unit3")].into_iter().flatten().collect()
}

fn year_meaning(found: &Found) -> Option<Meaning> {
    match found.inner("of") {
        Some(inner) => meaning(inner),
        None => written_year(found).map(Meaning::Year),
    }
}

/// The year a day, month, season belongs to.
pub(super) fn year(found: &Found) -> Option<Box<Meaning>> {
    boxed(found, "of").or_else(|| written_year(found).map(|y| Box::new(Meaning::Year(y))))
}

/// A year in four digits or words, or two digits (pivot 1930).
fn written_year(found: &Found) -> Option<i16> {
    if let Some(year) = found.number("year") {
        return Some(year as i16);
    }
    let short = found.number("yy")? as i16;
    Some(if short < 30 { 2000 + short } else { 1900 + short })
}

/// A time of day, with the date it belongs to where that is given.
pub(super) fn moment(found: &Found) -> Option<Meaning> {
    let clock = match found.inner("clock").or(found.inner("of")) {
        Some(inner) => clock(inner)?,
        None => clock(found)?,
    };
    let beside = |shift: f64| {
        Box::new(Meaning::Neighbour { amount: Number::ONE, unit: Unit::Day, step: shift as i64, of: None })
    };
    let date = boxed(found, "date").or_else(|| found.number("shift").map(beside));
    Some(Meaning::Moment { clock, date, step: step(found) })
}

/// `T17:00`, `TMO`.
pub(super) fn clock(found: &Found) -> Option<String> {
    let minute = found.number("minute").unwrap_or(0.0) as u8;
    if let Some(clock) = found.text("clock") {
        return Some(format!("T{}", beside(clock, found)?));
    }
    if let Some(all) = found.number("hhmm") {
        return spoken_clock((all / 100.0) as u8, (all % 100.0) as u8, found);
    }
    if found.field("past").is_some() || found.field("to-hour").is_some() {
        return past_hour(found);
    }
    let Some(hour) = found.number("hour") else { return Some(format!("T{}", found.text("part")?)) };
    let hour = match (found.text("meridiem"), found.text("part"), hour as u8) {
        (Some(_), _, 0 | 13..) => return None,
        (Some("am"), _, 12) => 0,
        (Some("pm"), _, h) if h < 12 => h + 12,
        (None, Some("AF" | "EV"), h) if h < 12 => h + 12,
        (None, Some("NI"), h) if (6..12).contains(&h) => h + 12,
        (_, _, h) if h <= 24 => h,
        _ => return None,
    };
    Some(match found.field("second").and(found.number("second")) {
        Some(second) => format!("T{hour:02}:{minute:02}:{:02}", second as u8),
        None => format!("T{hour:02}:{minute:02}"),
    })
}

/// “12:00” moved by the minutes of “a quarter to noon”.
fn beside(clock: &str, found: &Found) -> Option<String> {
    let (hour, minute) = clock.split_once(':')?;
    let all = hour.parse::<i32>().ok()? * 60 + minute.parse::<i32>().ok()? + offset(found).unwrap_or(0);
    Some(format!("{:02}:{:02}", all / 60, all % 60))
}

/// Minutes before (negative) or past the hour, in “twenty past”, “a quarter to”.
fn offset(found: &Found) -> Option<i32> {
    let minutes = found.number("minutes")? as i32;
    Some(if found.field("to-hour").is_some() { -minutes } else { minutes })
}

/// “half past seven”, “ten to nine in the evening”.
fn past_hour(found: &Found) -> Option<String> {
    let all = found.number("hour")? as i32 * 60 + offset(found)?;
    spoken_clock((all.rem_euclid(1440) / 60) as u8, (all.rem_euclid(60)) as u8, found)
}

/// A time of day with its a.m. or p.m. or part of the day.
pub(super) fn spoken_clock(hour: u8, minute: u8, found: &Found) -> Option<String> {
    let late = matches!(found.text("meridiem"), Some("pm"))
        || matches!(found.text("part"), Some("AF" | "EV"))
        || matches!(found.text("part"), Some("NI")) && hour >= 6;
    let hour = match hour {
        12 if found.text("meridiem") == Some("am") => 0,
        h if late && h < 12 => h + 12,
        h if h <= 24 => h,
        _ => return None,
    };
    Some(format!("T{hour:02}:{minute:02}"))
}

fn part(found: &Found) -> Option<Part> {
    let number = || found.number("ordinal").or(found.number("number")).map(|n| n as i8);
    match found.text("part")? {
        "Q" => number().filter(|n| (1..=4).contains(n)).map(Part::Quarter),
        "H" => number().map(|n| if n < 0 { 2 } else { n }).filter(|n| (1..=2).contains(n)).map(Part::Half),
        season => Some(Part::Season(season)),
    }
}

fn set(found: &Found) -> Option<String> {
    let part = found.text("daypart").map_or(String::new(), |p| format!("T{p}"));
    match found.rule.make {
        "set-weekday" => Some(format!("XXXX-WXX-{}{part}", small(found, "weekday")?)),
        "set-daypart" => Some(format!("XXXX-XX-XX{part}")),
        "set-month" => match found.text("season") {
            Some(season) => Some(format!("XXXX-{season}")),
            None => Some(format!("XXXX-{:02}", small(found, "month")?)),
        },
        _ => match found.text("value") {
            Some(value) => Some(value.to_owned()),
            None => duration(amount(found), unit(found)?, &[]),
        },
    }
}

/// TIMEX3 value of a length of time: `P2Y`, `PT1M30S`, `PXM`.
pub(crate) fn duration(amount: Number, unit: Unit, also: &[(Number, Unit)]) -> Option<String> {
    if amount.vague {
        let code = unit.vague();
        return Some(code.strip_prefix('T').map_or(format!("PX{code}"), |clock| format!("PTX{clock}")));
    }
    let (code, scale) = unit.duration();
    let value = amount.value * scale;
    let mut parts = vec![(value, code)];
    if let Some((smaller, count)) = unit.smaller().filter(|_| value.fract() > 0.0) {
        parts = vec![(value.trunc(), code), ((value.fract() * count).round(), smaller.duration().0)];
    }
    parts.extend(also.iter().map(|(number, unit)| (number.value * unit.duration().1, unit.duration().0)));
    let mut written = String::from("P");
    for (value, code) in parts.into_iter().filter(|(value, _)| *value > 0.0) {
        let (clock, code) = code.strip_prefix('T').map_or((false, code), |c| (true, c));
        if clock && !written.contains('T') {
            written.push('T');
        }
        written.push_str(&format!("{value}{code}"));
    }
    (written.len() > 2).then_some(written)
}

pub(super) fn boxed(found: &Found, name: &str) -> Option<Box<Meaning>> {
    found.inner(name).and_then(meaning).map(Box::new)
}

pub(super) fn small(found: &Found, name: &str) -> Option<i8> {
    found.number(name).filter(|n| (-100.0..=100.0).contains(n)).map(|n| n as i8)
}

fn step(found: &Found) -> Option<i64> {
    found.number("step").or(found.number("which")).map(|n| n as i64)
}

fn unit(found: &Found) -> Option<Unit> {
    Unit::parse(found.text("unit")?)
}

/// How many units; a range (“two or three”) is vague.
fn amount(found: &Found) -> Number {
    let given = || Number { value: found.number("number").unwrap_or(1.0), ..Number::ONE };
    let mut number = found.numeral("number").unwrap_or_else(given);
    number.vague |= found.field("upper").is_some() || found.text("vague").is_some();
    number.value += found.number("half").map_or(0.0, |_| 0.5);
    number
}
