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
    /// A TIMEX3 value; where the date is not known, the words.
    Calendar(String),
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
    pub(crate) fn of_time(time: &Time, words: &str) -> Option<Self> {
        let value = time.value.clone().unwrap_or_default();
        if value.ends_with("_REF") || value.starts_with('P') && value.contains('X') {
            return None;
        }
        let unknown = value.is_empty() || value.trim_matches(['X', '-', 'W']).is_empty();
        Some(Self::Calendar(if unknown { words.to_lowercase() } else { value }))
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

    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Calendar(value) | Self::Text(value) => Some(value),
            Self::Number { .. } => None,
        }
    }

    pub(crate) fn relate(&self, other: &Value) -> Match {
        match (self, other) {
            (Self::Number { .. }, Self::Number { .. }) => numbers(self, other),
            (Self::Calendar(a), Self::Calendar(b)) => calendar(a, b),
            (Self::Text(a), Self::Text(b)) if a == b => Match::Same,
            (Self::Text(_), Self::Text(_)) => Match::Differ,
            _ => Match::Apart,
        }
    }
}

fn numbers(a: &Value, b: &Value) -> Match {
    let (
        Value::Number { low: a, high: a2, bound: ab, .. },
        Value::Number { low: b, high: b2, bound: bb, .. },
    ) = (a, b)
    else {
        return Match::Apart;
    };
    let close = |x: f64, y: f64, share: f64| (x - y).abs() <= share * x.abs().max(y.abs());
    if close(*a, *b, 1e-6) && close(*a2, *b2, 1e-6) {
        let loose = |bound: &Bound| matches!(bound, Bound::Over | Bound::Under);
        return if loose(ab) != loose(bb) { Match::Vague } else { Match::Same };
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
    let duration = |v: &str| v.starts_with('P');
    if duration(a) != duration(b) {
        return Match::Apart;
    }
    if duration(a) {
        let unit = |v: &str| v.chars().last();
        return if unit(a) == unit(b) { Match::Differ } else { Match::Apart };
    }
    if let (Some(x), Some(y)) = (weekday(a), weekday(b)) {
        let known = |v: &str| v.starts_with(|c: char| c.is_ascii_digit());
        if !(known(a) && known(b)) {
            return if x == y { Match::Same } else { Match::Differ };
        }
    }
    if known_prefix(a, b) {
        Match::Vague
    } else if comparable(a, b) {
        Match::Differ
    } else {
        Match::Apart
    }
}

fn known_prefix(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    long.starts_with(short) && short.len() >= 4
}

/// Both are dates of one precision, or times of day.
fn comparable(a: &str, b: &str) -> bool {
    let shape = |v: &str| v.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect::<String>();
    shape(a) == shape(b) && a.starts_with(|c: char| c.is_ascii_digit()) && a.len() != 4
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
        Value::Calendar(value.to_owned())
    }

    #[test]
    fn numbers_agree_differ_are_vague_or_rounded() {
        let exact = |n| number(n, Bound::Exact);
        assert_eq!(exact(23.0).relate(&exact(23.0)), Match::Same);
        assert_eq!(exact(7.0).relate(&exact(12.0)), Match::Differ);
        assert_eq!(number(100.0, Bound::Over).relate(&exact(120.0)), Match::Vague);
        assert_eq!(number(100.0, Bound::Over).relate(&exact(90.0)), Match::Differ);
        assert_eq!(exact(13.9).relate(&exact(14.0)), Match::Rounded);
        assert_eq!(exact(7.5).relate(&exact(7.6)), Match::Differ);
        assert_eq!(exact(52.0).relate(&exact(53.0)), Match::Differ);
    }

    #[test]
    fn dates_are_compared_as_far_as_both_are_known() {
        assert_eq!(day("2021-12-23").relate(&day("XXXX-WXX-4")), Match::Same);
        assert_eq!(day("XXXX-WXX-4").relate(&day("XXXX-WXX-5")), Match::Differ);
        assert_eq!(day("2021-12").relate(&day("2021-12-23")), Match::Vague);
        assert_eq!(day("2021-11-18").relate(&day("2021-11-19")), Match::Differ);
        assert_eq!(day("P2Y").relate(&day("2021")), Match::Apart);
    }
}
