//! The point in time that a meaning names, given the document date, the focus and the tense.

use super::meaning::{Counted, Meaning, Part, That};
use super::resolve::{Context, Point, Tense};
use super::unit::{Unit, easter, nth_weekday, shift, weekday};
use jiff::civil::Date;

/// A date whose year is not given is taken from the nearest year, unless the tense speaks against it by more days.
const TENSE_MARGIN: i64 = 31;

impl Context {
    /// The point in time a meaning names, where it can be worked out.
    pub(crate) fn point(&self, meaning: &Meaning) -> Option<Point> {
        match meaning {
            Meaning::Year(year) => Point::at(*year, 1, 1, Unit::Year),
            Meaning::Years { value, grain: Unit::Decade } => Point::at(value * 10, 1, 1, Unit::Decade),
            Meaning::Years { value, grain } => Point::at(value * 100, 1, 1, *grain),
            Meaning::Day { year: Some(year), month, day, .. } => {
                Point::at(self.year(year)?, *month, *day, Unit::Day)
            }
            Meaning::Day { year: None, month, day, weekday } => self.nearest_day(*month, *day, *weekday),
            Meaning::Month { year: Some(year), month, .. } => {
                Point::at(self.year(year)?, *month, 1, Unit::Month)
            }
            Meaning::Month { year: None, month, step } => self.month(*month, *step),
            Meaning::Weekday { day, step, week } => self.weekday(*day, *step, *week),
            Meaning::Period { unit, step, years: None } => self.period(*unit, *step),
            Meaning::Period { years: Some(years), .. } => self.same_quarter(*years),
            Meaning::That { unit, which } => self.that(*unit, *which),
            Meaning::Quarter { year } => self.quarter_of(self.year(year)?),
            Meaning::Shift { amount, unit, step } => {
                self.shifted(self.anchor?, amount.value * *step as f64, *unit)
            }
            Meaning::Neighbour { amount, unit, step, of: None } => {
                self.shifted(self.focus.or(self.anchor)?, amount.value * *step as f64, *unit)
            }
            Meaning::Neighbour { amount, unit, step, of: Some(of) } => {
                let from = self.point(of)?;
                let date = shift(from.date, amount.value as i64 * step, *unit)?;
                Some(Point { date, grain: from.grain.min(*unit) })
            }
            Meaning::Part { part, year, step } => self.part(*part, year.as_deref(), *step),
            Meaning::Holiday { rule, year, step, .. } => self.holiday(rule, year.as_deref(), *step),
            Meaning::MonthDay { day, weekday, month } => self.month_day(*day, *weekday, month.as_deref()),
            Meaning::Nth { nth, what, of } => self.nth(*nth, *what, of.as_deref()),
            Meaning::Around { unit, of } => {
                self.point(of).filter(|p| p.grain == Unit::Day).map(|p| Point { grain: *unit, ..p })
            }
            Meaning::Weekdays { count, day } => self.weekdays(*count, *day),
            Meaning::Range { from, .. } => self.point(from),
            Meaning::Moment { date, step, .. } => self.day_of(date.as_deref(), *step),
            _ => None,
        }
    }

    /// The day a time of day belongs to.
    pub(crate) fn day_of(&self, date: Option<&Meaning>, step: Option<i64>) -> Option<Point> {
        match (date, step) {
            (Some(date), _) => self.point(date).filter(|p| p.grain <= Unit::Week),
            (None, Some(step)) => self.period(Unit::Day, step),
            (None, None) => [self.focus, self.anchor].into_iter().flatten().find(|p| p.grain == Unit::Day),
        }
    }

    /// The document date if it is exact enough for a unit.
    fn exact_anchor(&self, grain: Unit) -> Option<Date> {
        self.anchor.filter(|a| a.grain <= grain.max(Unit::Day)).map(|a| a.date)
    }

    fn year(&self, meaning: &Meaning) -> Option<i16> {
        self.point(meaning).map(|p| p.date.year())
    }

    fn nearest_day(&self, month: i8, day: i8, on: Option<i8>) -> Option<Point> {
        let anchor = self.anchor?.date;
        let years = anchor.year() - 6..=anchor.year() + 6;
        let dates = years.filter_map(|y| Date::new(y, month, day).ok());
        let dates: Vec<Date> = dates.filter(|d| on.is_none_or(|w| weekday(*d) == w)).collect();
        let ahead = |d: &Date| i64::from((*d - anchor).get_days());
        let nearest = *dates.iter().min_by_key(|d| (ahead(d).abs(), ahead(d)))?;
        let chosen = match (self.tense, ahead(&nearest)) {
            (Tense::Past, TENSE_MARGIN..) if on.is_none() => dates.iter().rfind(|d| ahead(d) <= 0).copied(),
            (Tense::Future, days) if on.is_none() && days < -TENSE_MARGIN => {
                dates.iter().find(|d| ahead(d) >= 0).copied()
            }
            _ => Some(nearest),
        };
        chosen.map(Point::day)
    }

    fn month(&self, month: i8, step: Option<i64>) -> Option<Point> {
        let anchor = self.exact_anchor(Unit::Month)?;
        let ahead = i64::from(month - anchor.month()).rem_euclid(12);
        let months = match (step, self.tense, ahead) {
            (Some(-1), _, 0) => -12,
            (Some(1), _, 0) => 12,
            (Some(-1), ..) => ahead - 12,
            (Some(1), ..) => ahead,
            (_, _, 0) => 0,
            (_, Tense::Future, _) | (_, Tense::Unknown, 1 | 2) => ahead,
            (Some(_), _, _) if month > anchor.month() => ahead,
            _ => ahead - 12,
        };
        let first = Date::new(anchor.year(), anchor.month(), 1).ok()?;
        Some(Point { date: shift(first, months, Unit::Month)?, grain: Unit::Month })
    }

    fn weekday(&self, day: i8, step: Option<i64>, week: Option<i64>) -> Option<Point> {
        let anchor = self.exact_anchor(Unit::Day)?;
        let ahead = i64::from(day - weekday(anchor));
        if let Some(week) = week {
            return shift(anchor, ahead + 7 * week, Unit::Day).map(Point::day);
        }
        let ahead = ahead.rem_euclid(7);
        let days = match (step, self.tense, ahead) {
            (Some(-1), ..) => ahead - 7,
            (Some(1), _, 0) => 7,
            (Some(_), ..) => ahead,
            (None, _, 0) => 0,
            (None, Tense::Future, _) => ahead,
            (None, ..) => ahead - 7,
        };
        shift(anchor, days, Unit::Day).map(Point::day)
    }

    /// A day of the month alone: of the month named, else of the nearest in which its weekday holds.
    fn month_day(&self, day: i8, on: Option<i8>, month: Option<&Meaning>) -> Option<Point> {
        if let Some(month) = month {
            let month = self.point(month).filter(|p| p.grain == Unit::Month)?.date;
            return Point::at(month.year(), month.month(), day, Unit::Day);
        }
        let anchor = self.exact_anchor(Unit::Day)?;
        let first = Date::new(anchor.year(), anchor.month(), 1).ok()?;
        let reach = if on.is_some() { 14 } else { 2 };
        let months = (-reach..=reach).filter_map(|n| shift(first, n, Unit::Month));
        let days = months.filter_map(|m| Date::new(m.year(), m.month(), day).ok());
        let days: Vec<Date> = days.filter(|d| on.is_none_or(|w| weekday(*d) == w)).collect();
        let ahead = |d: &Date| i64::from((*d - anchor).get_days());
        let chosen = match self.tense {
            Tense::Past => days.iter().rfind(|d| ahead(d) <= 0),
            Tense::Future => days.iter().find(|d| ahead(d) >= 0),
            Tense::Unknown => days.iter().min_by_key(|d| (ahead(d).abs(), ahead(d))),
        };
        chosen.copied().map(Point::day)
    }

    fn weekdays(&self, count: i64, day: i8) -> Option<Point> {
        let anchor = self.exact_anchor(Unit::Day)?;
        let ahead = (i64::from(day - weekday(anchor)) - 1).rem_euclid(7) + 1;
        let back = if ahead == 7 { 0 } else { ahead - 7 };
        let days = if count > 0 { ahead + 7 * (count - 1) } else { back + 7 * (count + i64::from(back < 0)) };
        shift(anchor, days, Unit::Day).map(Point::day)
    }

    /// The n-th weekday, day, week, weekend or month of a month or year; weeks belong where their Thursday lies (ISO 8601).
    fn nth(&self, nth: i64, what: Counted, of: Option<&Meaning>) -> Option<Point> {
        let whole = match of {
            Some(of) => self.point(of)?,
            None => self.period(Unit::Year, 0)?,
        };
        let length = match whole.grain {
            Unit::Month | Unit::Quarter | Unit::Half | Unit::Year | Unit::Decade => whole.grain,
            _ => return None,
        };
        let month = if whole.grain == Unit::Year { 1 } else { whole.date.month() };
        let start = Date::new(whole.date.year(), month, 1).ok()?;
        let end = shift(start, 1, length)?;
        let (on, grain) = match what {
            Counted::Weekday(day) => (Some(day), Unit::Day),
            Counted::Unit(Unit::Week) => (Some(4), Unit::Week),
            Counted::Unit(Unit::Weekend) => (Some(6), Unit::Weekend),
            Counted::Unit(unit @ (Unit::Day | Unit::Month | Unit::Quarter | Unit::Year)) => (None, unit),
            Counted::Unit(_) => return None,
        };
        let step = if on.is_some() { Unit::Week } else { grain };
        let lead = on.map_or(0, |day| (i64::from(day - weekday(start))).rem_euclid(7));
        let first = shift(start, lead, Unit::Day)?;
        let date = if nth > 0 {
            shift(first, nth - 1, step)?
        } else {
            let count =
                (0..400).take_while(|n| shift(first, *n, step).is_some_and(|d| d < end)).count() as i64;
            shift(first, count + nth, step)?
        };
        (date >= start && date < end).then_some(Point { date, grain })
    }

    fn period(&self, unit: Unit, step: i64) -> Option<Point> {
        let anchor = self.exact_anchor(unit)?;
        Some(Point { date: shift(anchor, step, unit)?, grain: unit })
    }

    /// The quarter in focus, years before or after; without one, the year.
    fn same_quarter(&self, years: i64) -> Option<Point> {
        let from = self.quarter.or(self.anchor)?;
        let grain = self.quarter.map_or(Unit::Year, |q| q.grain);
        Some(Point { date: shift(from.date, years, Unit::Year)?, grain })
    }

    /// The quarter in focus, in another year; without one, the year.
    fn quarter_of(&self, year: i16) -> Option<Point> {
        match self.quarter {
            Some(quarter) => Point::at(year, quarter.date.month(), 1, quarter.grain),
            None => Point::at(year, 1, 1, Unit::Year),
        }
    }

    /// The unit of this size that was named last, or else the one that holds the document date or is just over.
    fn that(&self, unit: Unit, which: That) -> Option<Point> {
        let known = if unit == Unit::Quarter { self.quarter } else { self.focus };
        let near = known.filter(|p| if which == That::Same { p.grain <= unit } else { p.grain == unit });
        let near = near.filter(|p| which != That::Present || !self.is_long_ago(*p));
        if let Some(point) = near {
            return Some(Point { grain: unit, ..point });
        }
        let over = match unit {
            Unit::Quarter => true,
            Unit::Weekend => weekday(self.exact_anchor(unit)?) < 6 && self.tense != Tense::Future,
            _ => which == That::Over,
        };
        let ahead = which == That::Start && self.tense != Tense::Past && self.late_in(unit);
        self.period(unit, i64::from(ahead) - i64::from(over))
    }

    /// Whether a point lies years away from the document date: “the year” behind it is the present one.
    fn is_long_ago(&self, point: Point) -> bool {
        self.anchor.is_some_and(|a| (point.date.year() - a.date.year()).abs() > 1)
    }

    /// Whether the document date lies in the last quarter of its year.
    fn late_in(&self, unit: Unit) -> bool {
        unit == Unit::Year && self.anchor.is_some_and(|a| a.date.month() >= 10)
    }

    /// A point moved by a count of units, as exact as the unit; a year from a quarter is a quarter.
    fn shifted(&self, from: Point, count: f64, unit: Unit) -> Option<Point> {
        if unit < Unit::Day || from.grain > unit.max(Unit::Day) && from.grain != Unit::Quarter {
            return None;
        }
        if let Some(quarter) = self.quarter.filter(|_| unit == Unit::Year && count.abs() == 1.0) {
            return Some(Point { date: shift(quarter.date, count as i64, unit)?, ..quarter });
        }
        let grain = match unit {
            Unit::Fortnight => Unit::Week,
            Unit::Decade | Unit::Century => Unit::Year,
            _ => unit,
        };
        let months = if unit == Unit::Year && count.fract() != 0.0 { 6 * count.signum() as i64 } else { 0 };
        let date = shift(from.date, count.trunc() as i64, unit)?;
        Some(Point { date: shift(date, months, Unit::Month)?, grain })
    }

    fn part(&self, part: Part, year: Option<&Meaning>, step: Option<i64>) -> Option<Point> {
        let (first, grain) = match part {
            Part::Quarter(n) => (n * 3 - 2, Unit::Quarter),
            Part::Half(n) => (n * 6 - 5, Unit::Half),
            Part::Season("SP") => (3, Unit::Quarter),
            Part::Season("SU") => (6, Unit::Quarter),
            Part::Season("FA") => (9, Unit::Quarter),
            Part::Season(_) => (12, Unit::Quarter),
        };
        if let Some(year) = year {
            return Point::at(self.year(year)?, first, 1, grain);
        }
        let anchor = self.exact_anchor(grain)?;
        let this = Date::new(anchor.year(), first, 1).ok()?;
        let (begun, over) = (this <= anchor, shift(this, 1, grain)? <= anchor);
        let long_over = shift(this, 1, grain).and_then(|end| shift(end, 1, Unit::Half))? <= anchor;
        let years = match (step, self.tense) {
            (Some(-1), _) => i64::from(over) - 1,
            (Some(1), _) => i64::from(begun),
            (Some(_), _) => 0,
            (None, Tense::Future) => i64::from(long_over),
            (None, _) => i64::from(begun) - 1,
        };
        Some(Point { date: shift(this, years, Unit::Year)?, grain })
    }

    fn holiday(&self, rule: &str, year: Option<&Meaning>, step: Option<i64>) -> Option<Point> {
        if let Some(year) = year {
            return feast(rule, self.year(year)?).map(Point::day);
        }
        let anchor = self.exact_anchor(Unit::Day)?;
        let near: Vec<Date> =
            (anchor.year() - 1..=anchor.year() + 1).filter_map(|y| feast(rule, y)).collect();
        if step == Some(0) {
            return feast(rule, anchor.year()).map(Point::day);
        }
        let ahead = |d: &Date| i64::from((*d - anchor).get_days());
        let past = near.iter().rfind(|d| ahead(d) < i64::from(step.is_none()));
        let next = near.iter().find(|d| ahead(d) >= i64::from(step.is_some()));
        let nearest = near.iter().min_by_key(|d| ahead(d).abs());
        let chosen = match (step, self.tense) {
            (Some(-1), _) | (None, Tense::Past) => past,
            (Some(1), _) | (None, Tense::Future) => next,
            _ => nearest,
        };
        chosen.copied().map(Point::day)
    }
}

/// The date of a feast in a year: `12-25`, `11/4/4` (month/weekday/n-th) with `+1` days, `easter-2`, or a table of days
/// (`0716 0706 …`) from 1950 on.
fn feast(rule: &str, year: i16) -> Option<Date> {
    if rule.contains(' ') {
        let day = rule.split(' ').nth(usize::try_from(year - 1950).ok()?)?.parse::<u16>().ok()?;
        return Date::new(year, (day / 100) as i8, (day % 100) as i8).ok();
    }
    if let Some(days) = rule.strip_prefix("easter") {
        return shift(easter(year)?, days.parse().ok()?, Unit::Day);
    }
    if let Some((month, day)) = rule.split_once('-').filter(|_| !rule.contains('/')) {
        return Date::new(year, month.parse().ok()?, day.parse().ok()?).ok();
    }
    let (rule, days) = rule.split_once('+').unwrap_or((rule, "0"));
    let mut parts = rule.split('/').map(|p| p.parse::<i8>().ok());
    let (month, day, nth) = (parts.next()??, parts.next()??, parts.next()??);
    shift(nth_weekday(year, month, day, nth)?, days.parse().ok()?, Unit::Day)
}
