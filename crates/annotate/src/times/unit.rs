//! Units of time and calendar arithmetic.

use jiff::Span;
use jiff::civil::{Date, Weekday};

/// A unit of time; also the grain of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
    Millennium,
}

impl Unit {
    /// The unit with this code of the word files.
    pub(crate) fn parse(code: &str) -> Option<Self> {
        Some(match code {
            "S" => Self::Second,
            "MN" => Self::Minute,
            "H" => Self::Hour,
            "D" => Self::Day,
            "WE" => Self::Weekend,
            "W" => Self::Week,
            "FN" => Self::Fortnight,
            "M" => Self::Month,
            "Q" => Self::Quarter,
            "Y" => Self::Year,
            "DE" => Self::Decade,
            "CE" => Self::Century,
            "MI" => Self::Millennium,
            _ => return None,
        })
    }

    /// The unit a TIMEX3 duration is written in (`T` first if it is one of the clock), and how many make one.
    pub(crate) fn duration(self) -> (&'static str, f64) {
        match self {
            Self::Second => ("TS", 1.0),
            Self::Minute => ("TM", 1.0),
            Self::Hour => ("TH", 1.0),
            Self::Day => ("D", 1.0),
            Self::Weekend => ("WE", 1.0),
            Self::Week => ("W", 1.0),
            Self::Fortnight => ("W", 2.0),
            Self::Month => ("M", 1.0),
            Self::Quarter => ("M", 3.0),
            Self::Half => ("M", 6.0),
            Self::Year => ("Y", 1.0),
            Self::Decade => ("Y", 10.0),
            Self::Century => ("Y", 100.0),
            Self::Millennium => ("Y", 1000.0),
        }
    }

    /// The unit a vague TIMEX3 duration is written in: `PXDE`.
    pub(crate) fn vague(self) -> &'static str {
        match self {
            Self::Quarter => "Q",
            Self::Decade => "DE",
            Self::Century => "CE",
            Self::Millennium => "ML",
            other => other.duration().0,
        }
    }

    /// The next smaller unit and how many of it make one, for fractions.
    pub(crate) fn smaller(self) -> Option<(Self, f64)> {
        match self {
            Self::Minute => Some((Self::Second, 60.0)),
            Self::Hour => Some((Self::Minute, 60.0)),
            Self::Day => Some((Self::Hour, 24.0)),
            Self::Year => Some((Self::Month, 12.0)),
            _ => None,
        }
    }
}

/// `date` moved by whole units; `None` outside the calendar.
pub(crate) fn shift(date: Date, count: i64, unit: Unit) -> Option<Date> {
    let times = |n: i64| count.checked_mul(n);
    let span = Span::new();
    let span = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => Ok(span),
        Unit::Day => span.try_days(count),
        Unit::Weekend | Unit::Week => span.try_weeks(count),
        Unit::Fortnight => span.try_weeks(times(2)?),
        Unit::Month => span.try_months(count),
        Unit::Quarter => span.try_months(times(3)?),
        Unit::Half => span.try_months(times(6)?),
        Unit::Year => span.try_years(count),
        Unit::Decade => span.try_years(times(10)?),
        Unit::Century => span.try_years(times(100)?),
        Unit::Millennium => span.try_years(times(1000)?),
    };
    date.checked_add(span.ok()?).ok()
}

/// TIMEX3 value of the unit that holds a day: `2021-12-23`, `2021-W51`, `2021-Q4`, `202X`.
pub(crate) fn value(date: Date, grain: Unit) -> String {
    let (year, month) = (date.year(), date.month());
    match grain {
        Unit::Week | Unit::Fortnight => week(date),
        Unit::Weekend => format!("{}-WE", week(date)),
        Unit::Month => format!("{year:04}-{month:02}"),
        Unit::Quarter => format!("{year:04}-Q{}", (month + 2) / 3),
        Unit::Half => format!("{year:04}-H{}", (month + 5) / 6),
        Unit::Year => format!("{year:04}"),
        Unit::Decade => format!("{:03}X", year / 10),
        Unit::Century | Unit::Millennium => format!("{:02}XX", year / 100),
        _ => format!("{year:04}-{month:02}-{:02}", date.day()),
    }
}

fn week(date: Date) -> String {
    let week = date.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

/// Monday = 1 … Sunday = 7.
pub(crate) fn weekday(date: Date) -> i8 {
    date.weekday().to_monday_one_offset()
}

/// The n-th weekday (from the end if negative) of a month.
pub(crate) fn nth_weekday(year: i16, month: i8, day: i8, nth: i8) -> Option<Date> {
    let weekday = Weekday::from_monday_one_offset(day).ok()?;
    Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
}

/// Easter Sunday in the Gregorian calendar (anonymous algorithm, Nature 1876).
pub(crate) fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn feasts_and_weeks() {
        assert_eq!(easter(2019), Some(date(2019, 4, 21)));
        assert_eq!(nth_weekday(2021, 11, 4, 4), Some(date(2021, 11, 25)));
        assert_eq!(value(date(2021, 1, 1), Unit::Week), "2020-W53");
        assert_eq!(shift(date(2020, 2, 29), 1, Unit::Year), Some(date(2021, 2, 28)));
        assert_eq!(shift(date(2020, 2, 29), i64::MAX, Unit::Year), None);
    }
}
