//! Sets a meaning against the document date, the date in focus and the tense: TIMEX3 type and value.

use super::interval::interval;
use super::meaning::{Meaning, Part, Spoken, duration};
use super::unit::{Unit, value};
use jiff::civil::Date;
use record::{Time, TimeKind};

/// What an expression is understood from.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Context {
    /// The document date.
    pub(crate) anchor: Option<Point>,
    /// The last point in time named.
    pub(crate) focus: Option<Point>,
    /// The last quarter named, while it is near.
    pub(crate) quarter: Option<Point>,
    /// Tense of the governing verb.
    pub(crate) tense: Tense,
}

/// A point in time: a day and the unit around it that is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Point {
    pub(crate) date: Date,
    pub(crate) grain: Unit,
}

/// Tense of the verb that governs an expression.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Tense {
    Past,
    Future,
    #[default]
    Unknown,
}

/// A resolved expression.
#[derive(Clone, Debug)]
pub(crate) struct Resolved {
    pub(crate) time: Time,
    /// The point it leaves in focus.
    pub(crate) point: Option<Point>,
}

impl Point {
    /// From ISO 8601 (`2021`, `2021-12`, `2021-12-23`, `2021-12-23T10:15:00Z`).
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let day = text.get(..10).unwrap_or(text);
        let mut parts = day.splitn(3, '-');
        let year = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
        let number = |part: Option<&str>| part.and_then(|p| p.parse::<i8>().ok());
        let (month, day) = (number(parts.next()), number(parts.next()));
        let grain = match (month, day) {
            (Some(_), Some(_)) => Unit::Day,
            (Some(_), None) => Unit::Month,
            _ => Unit::Year,
        };
        Some(Self { date: Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?, grain })
    }

    /// A day.
    pub(crate) fn day(date: Date) -> Self {
        Self { date, grain: Unit::Day }
    }

    /// The unit that holds a day.
    pub(crate) fn at(year: i16, month: i8, day: i8, grain: Unit) -> Option<Self> {
        Some(Self { date: Date::new(year, month, day).ok()?, grain })
    }

    /// Its TIMEX3 value.
    pub(crate) fn value(self) -> String {
        value(self.date, self.grain)
    }
}

/// The type, value and point of an expression.
pub(crate) fn resolve(spoken: &Spoken, context: &Context) -> Resolved {
    let (point, value) = match &spoken.meaning {
        Meaning::Fixed(value) => (None, Some((*value).to_owned())),
        Meaning::Set(value) => (None, Some(value.clone())),
        Meaning::Duration { amount, unit, also, .. } => (None, duration(*amount, *unit, also)),
        Meaning::Range { from, to } => range(from, to, context),
        Meaning::Holiday { days: 2.., .. } => lasting(&spoken.meaning, context),
        Meaning::Shift { amount, step, .. } if amount.vague => {
            (None, Some(if *step < 0 { "PAST_REF" } else { "FUTURE_REF" }.to_owned()))
        }
        Meaning::Moment { clock, date, step } => {
            let day = context.day_of(date.as_deref(), *step);
            let unknown = || date.as_deref().and_then(masked).unwrap_or("XXXX-XX-XX".into());
            (day, Some(format!("{}{clock}", day.map_or_else(unknown, Point::value))))
        }
        meaning => {
            let point = context.point(meaning);
            let value = point.map(|p| season_value(meaning, p).unwrap_or_else(|| p.value()));
            (point, value.or_else(|| masked(meaning)))
        }
    };
    let kind = match spoken.meaning {
        Meaning::Set(_) => TimeKind::Set,
        Meaning::Duration { .. } => TimeKind::Duration,
        Meaning::Moment { .. } => TimeKind::Time,
        Meaning::Range { ref to, .. } if matches!(**to, Meaning::Moment { .. }) => TimeKind::Time,
        _ => TimeKind::Date,
    };
    let absolute = is_absolute(&spoken.meaning);
    let interval = interval(spoken, point, context);
    Resolved { time: Time { kind, value, modifier: spoken.modifier, absolute, interval }, point }
}

/// Both ends, as an EDTF interval; the first is put before the second.
fn range(from: &Meaning, to: &Meaning, context: &Context) -> (Option<Point>, Option<String>) {
    let end = |meaning: &Meaning| {
        let spoken = Spoken { meaning: meaning.clone(), modifier: None };
        let resolved = resolve(&spoken, context);
        (resolved.point, resolved.time.value)
    };
    let (last, to) = end(to);
    let (mut first, mut value) = end(from);
    let ordered = first.zip(last).is_none_or(|(a, b)| a.date <= b.date);
    if !ordered {
        let moved =
            last.and_then(|last| Context { anchor: Some(last), tense: Tense::Past, ..*context }.point(from));
        (first, value) = (moved, moved.map(Point::value));
    }
    (first, value.zip(to).map(|(from, to)| format!("{from}/{to}")))
}

/// A feast of several days.
fn lasting(meaning: &Meaning, context: &Context) -> (Option<Point>, Option<String>) {
    let Meaning::Holiday { days, .. } = meaning else { return (None, None) };
    let first = context.point(meaning);
    let last = first.and_then(|p| super::unit::shift(p.date, days - 1, Unit::Day));
    (first, first.zip(last).map(|(first, last)| format!("{}/{last}", first.value())))
}

/// Seasons have no unit: their name stands in the value.
fn season_value(meaning: &Meaning, point: Point) -> Option<String> {
    match meaning {
        Meaning::Part { part: Part::Season("END"), .. } => Some(format!("{:04}", point.date.year())),
        Meaning::Part { part: Part::Season(code), .. } => Some(format!("{:04}-{code}", point.date.year())),
        _ => None,
    }
}

/// Whether the words alone give the value.
pub(crate) fn is_absolute(meaning: &Meaning) -> bool {
    let given = |year: &Option<Box<Meaning>>| year.as_deref().is_some_and(is_absolute);
    match meaning {
        Meaning::Year(_) | Meaning::Years { .. } | Meaning::Duration { .. } | Meaning::Set(_) => true,
        Meaning::Day { year, .. } | Meaning::Month { year, .. } => given(year),
        Meaning::Part { year, .. } | Meaning::Holiday { year, .. } => given(year),
        Meaning::Moment { date, .. } => given(date),
        Meaning::Range { from, to } => is_absolute(from) && is_absolute(to),
        _ => false,
    }
}

/// The value with X for what only a document date could give.
fn masked(meaning: &Meaning) -> Option<String> {
    Some(match meaning {
        Meaning::Day { month, day, .. } => format!("XXXX-{month:02}-{day:02}"),
        Meaning::Month { month, .. } => format!("XXXX-{month:02}"),
        Meaning::Weekday { day, .. } => format!("XXXX-WXX-{day}"),
        Meaning::MonthDay { day, .. } => format!("XXXX-XX-{day:02}"),
        Meaning::Part { part: Part::Season("END"), .. } => return None,
        Meaning::Part { part: Part::Season(code), .. } => format!("XXXX-{code}"),
        Meaning::Part { part: Part::Quarter(n), .. } => format!("XXXX-Q{n}"),
        Meaning::Part { part: Part::Half(n), .. } => format!("XXXX-H{n}"),
        _ => return None,
    })
}
