//! Values of facts and how two of them relate.

use super::calendar::{self, clock, relative_day, zone};
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

    /// The same with another number.
    pub(crate) fn instead(&self, number: f64) -> Self {
        match self {
            Self::Number { bound, unit, .. } => {
                Self::Number { low: number, high: number, bound: *bound, unit: unit.clone() }
            }
            other => other.clone(),
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
        matches!(self, Self::Calendar(value, _) if calendar::is_dated(value))
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
            (Self::Calendar(a, zone), Self::Calendar(b, other)) => match calendar::relate(a, b) {
                Match::Differ if zone != other => Match::Apart,
                found => found,
            },
            (Self::Text(a), Self::Text(b)) if a == b => Match::Same,
            (Self::Text(_), Self::Text(_)) => Match::Differ,
            _ => Match::Apart,
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn number(low: f64, bound: Bound) -> Value {
        Value::Number { low, high: low, bound, unit: None }
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
}
