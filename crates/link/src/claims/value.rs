//! Values of facts and how two of them relate.

use record::{Bound, Quantity, Time};

/// A value that can be compared.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// A number or range in a unit.
    Number {
        /// Lower end.
        low: f64,
        /// Upper end; equal to `low` for one number.
        high: f64,
        /// How the words bound it.
        bound: Bound,
        /// What is counted or measured.
        unit: Option<String>,
    },
    /// A TIMEX3 value (where the date is not known, the words) and the time zone named after it.
    Calendar(String, Option<&'static str>),
    /// A normal form.
    Text(String),
}

/// How two values of one question relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Match {
    Same,
    Vague,
    Rounded,
    Differ,
    /// Different units or kinds.
    Apart,
}

impl Match {
    /// In words.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Same => "the same value",
            Self::Vague => "one is looser than the other",
            Self::Rounded => "one is the other, rounded",
            Self::Differ => "both cannot hold",
            Self::Apart => "not comparable",
        }
    }
}

impl Value {
    pub(crate) fn of_quantity(quantity: &Quantity) -> Self {
        Self::Number {
            low: quantity.number,
            high: quantity.upper.unwrap_or(quantity.number),
            bound: quantity.bound,
            unit: quantity.unit.clone(),
        }
    }

    /// References to the present, past or future, and sets, have no comparable value.
    pub(crate) fn of_time(time: &Time, words: &str, rest: &str) -> Option<Self> {
        if let Some(day) = relative_day(words) {
            return Some(Self::Text(day.to_owned()));
        }
        let value = time.value.clone().unwrap_or_default();
        if value.ends_with("_REF") || value.starts_with('P') && value.contains('X') {
            return None;
        }
        let value = clock(words, rest).unwrap_or(value);
        let unknown = value.is_empty() || value.trim_matches(['X', '-', 'W']).is_empty();
        let zone = if value.contains('T') {
            zone(words).or_else(|| zone(rest.get(..12).unwrap_or(rest)))
        } else {
            None
        };
        Some(Self::Calendar(if unknown { words.to_lowercase() } else { value }, zone))
    }

    /// The same number in the unit of measure that the word for what is counted names: “20 degrees”, “a 30-foot dhow”.
    pub(crate) fn measured(self) -> Option<Self> {
        match self {
            Self::Number { low, high, bound, unit: Some(word) } => {
                let unit = Some(unit_of(&word)?.to_owned());
                Some(Self::Number { low, high, bound, unit })
            }
            _ => None,
        }
    }

    /// The number as a temperature, of which no scale is named.
    pub(crate) fn in_degrees(self) -> Self {
        match self {
            Self::Number { low, high, bound, .. } => {
                Self::Number { low, high, bound, unit: Some("°".to_owned()) }
            }
            other => other,
        }
    }

    /// The number below zero: “minus 20 degrees”.
    pub(crate) fn below_zero(self) -> Self {
        match self {
            Self::Number { low, high, bound, unit } => Self::Number { low: -high, high: -low, bound, unit },
            other => other,
        }
    }

    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Self::Number { low, .. } => Some(*low),
            _ => None,
        }
    }

    pub(crate) fn unit(&self) -> Option<&str> {
        match self {
            Self::Number { unit, .. } => unit.as_deref(),
            _ => None,
        }
    }

    /// The unit to which values of this kind of measure are converted, and what one unit is of it.
    pub(crate) fn measure(&self) -> (Option<&str>, f64) {
        match self.unit() {
            Some("mi") => (Some("km"), 1.609_344),
            Some("ft") => (Some("m"), 0.304_8),
            Some("yd") => (Some("m"), 0.914_4),
            Some("lb") => (Some("kg"), 0.453_592),
            Some("degree") => (Some("°"), 1.0),
            unit => (unit, 1.0),
        }
    }

    /// Whether a day or a weekday is known, not only a part of some day (“this morning”).
    pub(crate) fn is_dated(&self) -> bool {
        let moment = match self {
            Self::Calendar(value, _) => Moment::of(value),
            _ => None,
        };
        moment
            .is_some_and(|m| m.weekday.is_some() || m.day.is_some() || m.month.is_some() || m.year.is_some())
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Calendar(value, _) | Self::Text(value) => Some(value),
            Self::Number { .. } => None,
        }
    }

    pub(crate) fn relate(&self, other: &Value) -> Match {
        match (self, other) {
            (Self::Number { .. }, Self::Number { .. }) => numbers(self, other),
            (Self::Calendar(a, zone), Self::Calendar(b, other)) => match calendar(a, b) {
                Match::Differ if zone != other => Match::Apart,
                found => found,
            },
            (Self::Text(a), Self::Text(b)) if a == b => Match::Same,
            (Self::Text(_), Self::Text(_)) => Match::Differ,
            _ => Match::Apart,
        }
    }
}

/// A day counted from the one that is told of.
fn relative_day(words: &str) -> Option<&'static str> {
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

/// The symbol of a unit of measure named by its lemma.
fn unit_of(lemma: &str) -> Option<&'static str> {
    Some(match lemma {
        "degree" | "degrees" => "°",
        "foot" | "feet" => "ft",
        "mile" => "mi",
        "yard" => "yd",
        "metre" | "meter" => "m",
        "kilometre" | "kilometer" => "km",
        "pound" => "lb",
        "kilogram" | "kilo" => "kg",
        _ => return None,
    })
}

fn numbers(a: &Value, b: &Value) -> Match {
    let (scale, other) = (a.measure().1, b.measure().1);
    let (
        Value::Number { low: a, high: a2, bound: ab, .. },
        Value::Number { low: b, high: b2, bound: bb, .. },
    ) = (a, b)
    else {
        return Match::Apart;
    };
    let converted = scale != other;
    let (scale, other) = if converted { (scale, other) } else { (1.0, 1.0) };
    let (a, a2, b, b2) = (&(a * scale), &(a2 * scale), &(b * other), &(b2 * other));
    let close = |x: f64, y: f64, share: f64| (x - y).abs() <= share * x.abs().max(y.abs());
    let exactly = if converted { 0.02 } else { 1e-6 };
    if close(*a, *b, exactly) && close(*a2, *b2, exactly) {
        let loose = |bound: &Bound| matches!(bound, Bound::Over | Bound::Under);
        return if loose(ab) != loose(bb) { Match::Vague } else { Match::Same };
    }
    let (lower, upper) = ([Bound::AtLeast, Bound::Over], [Bound::AtMost, Bound::Under]);
    let alike = |bounds: [Bound; 2]| bounds.contains(ab) && bounds.contains(bb);
    if alike(lower) || alike(upper) {
        return Match::Differ;
    }
    if holds(*a, *a2, ab, *b, *b2) || holds(*b, *b2, bb, *a, *a2) {
        return Match::Vague;
    }
    let about = matches!(ab, Bound::About) || matches!(bb, Bound::About);
    let rounded = rounds_to(*a, *b) || rounds_to(*b, *a);
    match rounded || about && close(*a, *b, 0.1) {
        true => Match::Rounded,
        false => Match::Differ,
    }
}

/// Whether an open or ranged value leaves room for the other, no more than half as much again away.
fn holds(low: f64, high: f64, bound: &Bound, other_low: f64, other_high: f64) -> bool {
    let near = other_low <= low * 1.5 && other_high >= low / 1.5;
    match bound {
        Bound::AtLeast | Bound::Over => other_low >= low && near,
        Bound::AtMost | Bound::Under => other_high <= high && near,
        Bound::About | Bound::Exact => high > low && low <= other_low && other_high <= high,
    }
}

/// Whether `exact`, rounded to the digits that `round` shows, gives `round`: 13.9 and 14, 1,980 and 2,000.
fn rounds_to(exact: f64, round: f64) -> bool {
    if round < 10.0 || exact.fract() == 0.0 && exact < 100.0 {
        return false;
    }
    let mut step = 1.0;
    while round % (step * 10.0) == 0.0 && step < round {
        step *= 10.0;
    }
    exact % step != 0.0
        && ((exact / step).round() * step - round).abs() < 1e-9
        && (exact - round).abs() <= 0.05 * round
}

/// Calendar values: equal, one inside the other, or different. A weekday without a date agrees with its dates.
fn calendar(a: &str, b: &str) -> Match {
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
fn clock(words: &str, rest: &str) -> Option<String> {
    let digits = words.len() == 4 && words.bytes().all(|b| b.is_ascii_digit());
    let (hour, minute) = words.split_at_checked(2).filter(|_| digits)?;
    let named = zone(rest.split_whitespace().next()?).is_some();
    let valid = hour.parse::<u8>().is_ok_and(|h| h < 24) && minute.parse::<u8>().is_ok_and(|m| m < 60);
    (named && valid).then(|| format!("XXXX-XX-XXT{hour}:{minute}"))
}

/// The time zone that words name.
fn zone(words: &str) -> Option<&'static str> {
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
pub(crate) fn weekday(value: &str) -> Option<i8> {
    if let Some(rest) = value.strip_prefix("XXXX-WXX-") {
        return rest.get(..1)?.parse().ok();
    }
    let date: jiff::civil::Date = value.get(..10)?.parse().ok()?;
    Some(date.weekday().to_monday_one_offset())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(low: f64, bound: Bound) -> Value {
        Value::Number { low, high: low, bound, unit: None }
    }

    fn day(value: &str) -> Value {
        Value::Calendar(value.to_owned(), None)
    }

    #[test]
    fn numbers_agree_differ_are_vague_or_rounded() {
        let exact = |n| number(n, Bound::Exact);
        assert_eq!(exact(23.0).relate(&exact(23.0)), Match::Same);
        assert_eq!(exact(7.0).relate(&exact(12.0)), Match::Differ);
        let long = |low: f64, unit: &str| Value::Number {
            low,
            high: low,
            bound: Bound::Exact,
            unit: Some(unit.to_owned()),
        };
        assert_eq!(long(58.0, "km").relate(&long(36.0, "mi")), Match::Same);
        assert_eq!(long(10.0, "m").relate(&long(24.0, "ft")), Match::Differ);
        assert_eq!(number(100.0, Bound::Over).relate(&exact(120.0)), Match::Vague);
        assert_eq!(number(100.0, Bound::Over).relate(&exact(90.0)), Match::Differ);
        assert_eq!(number(7.0, Bound::AtLeast).relate(&number(6.0, Bound::AtLeast)), Match::Differ);
        assert_eq!(exact(13.9).relate(&exact(14.0)), Match::Rounded);
        assert_eq!(exact(7.5).relate(&exact(7.6)), Match::Differ);
        assert_eq!(exact(52.0).relate(&exact(53.0)), Match::Differ);
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
