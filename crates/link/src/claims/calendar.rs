//! TIMEX3 values: points in time as far as they are known, and lengths of time.

use super::value::Match;

/// Calendar values: equal, one inside the other, or different. A weekday without a date agrees with its dates.
pub(crate) fn relate(a: &str, b: &str) -> Match {
    if a == b {
        return Match::Same;
    }
    match (a.starts_with('P'), b.starts_with('P')) {
        (true, true) => return durations(a, b),
        (false, false) => {}
        _ => return Match::Apart,
    }
    match (Moment::of(a), Moment::of(b)) {
        (Some(x), Some(y)) => x.relate(&y),
        _ if known_prefix(a, b) => Match::Vague,
        _ if comparable(a, b) => Match::Differ,
        _ => Match::Apart,
    }
}

/// Whether a value names a day, a weekday, a month or a year, not only a part of some day.
pub(crate) fn is_dated(value: &str) -> bool {
    Moment::of(value)
        .is_some_and(|m| m.weekday.is_some() || m.day.is_some() || m.month.is_some() || m.year.is_some())
}

/// Durations of one order of magnitude are compared; of another order they are of something else.
fn durations(a: &str, b: &str) -> Match {
    let (Some(a), Some(b)) = (days(a), days(b)) else { return Match::Apart };
    let (low, high) = (a.min(b), a.max(b));
    match () {
        () if high - low <= 0.02 * high => Match::Same,
        () if high > 3.0 * low => Match::Apart,
        () => Match::Differ,
    }
}

/// Days of an ISO 8601 duration such as `P2Y6M` or `PT44S`.
fn days(value: &str) -> Option<f64> {
    let (mut days, mut number, mut clock) = (0.0, String::new(), false);
    for c in value.strip_prefix('P')?.chars() {
        if c.is_ascii_digit() || c == '.' {
            number.push(c);
            continue;
        }
        let unit = match (c, clock) {
            ('T', _) => {
                clock = true;
                continue;
            }
            ('Y', _) => 365.0,
            ('M', false) => 30.0,
            ('W', _) => 7.0,
            ('D', _) => 1.0,
            ('H', _) => 1.0 / 24.0,
            ('M', true) => 1.0 / 1440.0,
            ('S', _) => 1.0 / 86400.0,
            _ => return None,
        };
        days += number.parse::<f64>().ok()? * unit;
        number.clear();
    }
    (days > 0.0).then_some(days)
}

/// A point in time as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Moment {
    year: Option<i16>,
    month: Option<i8>,
    day: Option<i8>,
    /// 1 for Monday.
    weekday: Option<i8>,
    minute: Option<i32>,
    /// First and last minute of a part of the day.
    part: Option<(i32, i32)>,
}

impl Moment {
    /// `2021-12-23T10:15`, `XXXX-11-19`, `XXXX-WXX-5TNI`, `2021`; `None` for weeks, seasons, decades and words.
    fn of(value: &str) -> Option<Self> {
        let (date, clock) = match value.split_once('T') {
            Some((date, clock)) => (date, Some(clock)),
            None => (value, None),
        };
        let mut moment = Self { weekday: weekday(date), ..Self::default() };
        let known = |text: &str| !text.contains('X');
        let mut rest = date;
        // A part of the day may follow the weekday without a `T`: `XXXX-WXX-5NI`.
        if let Some(day) = date.strip_prefix("XXXX-WXX-") {
            moment.part = part(day.get(1..).unwrap_or_default());
        } else {
            let mut fields = [None, None, None];
            for field in &mut fields {
                let (first, more) = rest.split_once('-').unwrap_or((rest, ""));
                if !first.is_empty() && known(first) {
                    *field = Some(first.parse::<i16>().ok()?);
                }
                rest = more;
            }
            moment.year = fields[0];
            moment.month = fields[1].and_then(|m| i8::try_from(m).ok());
            moment.day = fields[2].and_then(|d| i8::try_from(d).ok());
        }
        let clock = clock.unwrap_or_default();
        moment.part = moment.part.or_else(|| part(clock));
        if let Some((hour, minute)) = clock.split_once(':') {
            let minute = minute.get(..2).unwrap_or(minute);
            moment.minute = Some(hour.parse::<i32>().ok()? * 60 + minute.parse::<i32>().ok()?);
        }
        (moment != Self::default()).then_some(moment)
    }

    fn relate(&self, other: &Self) -> Match {
        let pairs = [
            (self.year.map(i32::from), other.year.map(i32::from)),
            (self.month.map(i32::from), other.month.map(i32::from)),
            (self.day.map(i32::from), other.day.map(i32::from)),
            (self.weekday.map(i32::from), other.weekday.map(i32::from)),
            (self.minute, other.minute),
        ];
        let both: Vec<bool> = pairs.iter().filter_map(|(a, b)| Some((*a)? == (*b)?)).collect();
        let within = |minute: Option<i32>, part: Option<(i32, i32)>| {
            let ((first, last), minute) = (part?, minute?);
            Some((first..=last).contains(&minute) || (first..=last).contains(&(minute + 1440)))
        };
        let parts = self.part.zip(other.part).map(|(a, b)| a.0 <= b.1 && b.0 <= a.1);
        let placed = [within(self.minute, other.part), within(other.minute, self.part), parts];
        let clash = both.contains(&false) || placed.contains(&Some(false));
        // A weekday is of the days around the report, a year is of the past; years far apart are of other events.
        let weekday_only = |m: &Self| m.weekday.is_some() && m.day.is_none() && m.month.is_none();
        let remote = weekday_only(self) && other.year.is_some() || weekday_only(other) && self.year.is_some();
        let years = self.year.zip(other.year).is_some_and(|(a, b)| a.abs_diff(b) > 1);
        match () {
            () if clash && (remote || years) => Match::Apart,
            () if clash => Match::Differ,
            () if both.is_empty() && placed.iter().all(Option::is_none) => Match::Apart,
            () if self.minute.is_some() && self.minute == other.minute => Match::Same,
            () if self.fineness() == other.fineness() => Match::Same,
            () => Match::Vague,
        }
    }

    /// How finely the day and the time of day are given.
    fn fineness(&self) -> (bool, bool, bool) {
        (self.day.is_some() || self.weekday.is_some(), self.minute.is_some(), self.part.is_some())
    }
}

/// Minutes of a part of the day in TIMEX3: `MO`, `MI`, `AF`, `EV`, `NI`.
fn part(value: &str) -> Option<(i32, i32)> {
    let hours = match value {
        "MO" => (4, 12),
        "MI" => (11, 14),
        "AF" => (12, 18),
        "EV" => (17, 24),
        "NI" | "TNI" => (18, 30),
        _ => return None,
    };
    Some((hours.0 * 60, hours.1 * 60))
}

/// Four digits before a time zone are a time of day: “2045 GMT”.
pub(crate) fn clock(words: &str, rest: &str) -> Option<String> {
    let digits = words.len() == 4 && words.bytes().all(|b| b.is_ascii_digit());
    let (hour, minute) = words.split_at_checked(2).filter(|_| digits)?;
    let named = zone(rest.split_whitespace().next()?).is_some();
    let valid = hour.parse::<u8>().is_ok_and(|h| h < 24) && minute.parse::<u8>().is_ok_and(|m| m < 60);
    (named && valid).then(|| format!("XXXX-XX-XXT{hour}:{minute}"))
}

/// The time zone that words name.
pub(crate) fn zone(words: &str) -> Option<&'static str> {
    const ZONES: [&str; 18] = [
        "GMT", "UTC", "BST", "IST", "EST", "EDT", "ET", "PST", "PDT", "PT", "CST", "CDT", "MST", "CET",
        "CEST", "MSK", "HKT", "local",
    ];
    let mut words = words.split(|c: char| !c.is_alphanumeric());
    words.find_map(|word| ZONES.iter().find(|zone| **zone == word).copied())
}

fn known_prefix(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    long.starts_with(short) && short.len() >= 4
}

/// Both are dates of one precision.
fn comparable(a: &str, b: &str) -> bool {
    let shape = |v: &str| v.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect::<String>();
    shape(a) == shape(b) && a.starts_with(|c: char| c.is_ascii_digit())
}

/// Day of the week, 1 for Monday, of a full date or of `XXXX-WXX-4`.
fn weekday(value: &str) -> Option<i8> {
    if let Some(rest) = value.strip_prefix("XXXX-WXX-") {
        return rest.get(..1)?.parse().ok();
    }
    let date: jiff::civil::Date = value.get(..10)?.parse().ok()?;
    Some(date.weekday().to_monday_one_offset())
}

/// A day counted from the one that is told of.
pub(crate) fn relative_day(words: &str) -> Option<&'static str> {
    let words = words.to_lowercase();
    let words = words.strip_prefix("the ").or_else(|| words.strip_prefix("later ")).unwrap_or(&words);
    match words {
        "same day" | "that day" | "that same day" | "that night" | "that evening" => Some("the same day"),
        "next day" | "following day" | "day after" | "next morning" | "following morning" => {
            Some("the next day")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claims::value::Value;

    fn day(value: &str) -> Value {
        Value::Calendar(value.to_owned(), None)
    }

    #[test]
    fn dates_are_compared_as_far_as_both_are_known() {
        assert_eq!(day("2021-12-23").relate(&day("XXXX-WXX-4")), Match::Same);
        assert_eq!(day("XXXX-WXX-4").relate(&day("XXXX-WXX-5")), Match::Differ);
        assert_eq!(day("2021-12-23").relate(&day("XXXX-WXX-5")), Match::Apart);
        assert_eq!(day("1998").relate(&day("2004")), Match::Apart);
        assert_eq!(day("2021-12").relate(&day("2021-12-23")), Match::Vague);
        assert_eq!(day("2021-11-18").relate(&day("2021-11-19")), Match::Differ);
        assert_eq!(day("P2Y").relate(&day("2021")), Match::Apart);
        assert_eq!(day("1998").relate(&day("1999-06")), Match::Differ);
        assert_eq!(day("XXXX-11-18").relate(&day("XXXX-11-19")), Match::Differ);
    }

    #[test]
    fn times_of_day_and_durations_are_compared_in_minutes_and_days() {
        assert_eq!(day("XXXX-WXX-5T20:40").relate(&day("XXXX-XX-XXT20:45")), Match::Differ);
        assert_eq!(day("XXXX-WXX-5TNI").relate(&day("XXXX-WXX-5T20:40")), Match::Vague);
        assert_eq!(day("XXXX-WXX-5TMO").relate(&day("XXXX-WXX-5T20:40")), Match::Differ);
        assert_eq!(day("PT120M").relate(&day("PT2H")), Match::Same);
        assert_eq!(day("P2Y").relate(&day("P2Y6M")), Match::Differ);
        assert_eq!(day("PT44S").relate(&day("P2Y")), Match::Apart);
        let zoned = |value: &str, zone| Value::Calendar(value.to_owned(), zone);
        let (here, there) = (zoned("XXXX-XX-XXT10:15", Some("IST")), zoned("XXXX-XX-XXT04:45", Some("GMT")));
        assert_eq!(here.relate(&there), Match::Apart);
    }

    #[test]
    fn a_part_of_some_day_is_no_day() {
        assert!(day("XXXX-WXX-5TNI").is_dated() && day("2021-12").is_dated());
        assert!(!day("XXXX-XX-XXTMO").is_dated());
    }
}
