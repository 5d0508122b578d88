//! When a report speaks: its date, or else the latest year it names.

use crate::words::spans;
use jiff::civil::Date;
use record::Report;

/// Similarity of two reports that are far apart in time counts this much.
const APART: f32 = 0.7;
/// Days between two dated reports up to which they may tell one event without discount.
const NEAR: i32 = 10;
/// Days from which the full discount holds.
const FAR: i32 = 60;

/// What is known of a report's time.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Moment {
    /// The publication day.
    pub(crate) day: Option<Date>,
    /// The latest year named in the text.
    year: Option<i16>,
}

impl Moment {
    pub(crate) fn of(report: &Report) -> Self {
        let day = report.published.as_ref().and_then(|p| civil(&p.value));
        Self { day, year: latest_year(report.text()) }
    }

    /// 1 for reports that may tell one event at one time, down to [`APART`].
    pub(crate) fn nearness(&self, other: &Moment) -> f32 {
        match (self.day, other.day) {
            (Some(a), Some(b)) => {
                let days = a.since(b).map_or(0, |span| span.get_days().abs());
                let share = (days - NEAR).clamp(0, FAR - NEAR) as f32 / (FAR - NEAR) as f32;
                1.0 - (1.0 - APART) * share
            }
            _ if self.years_apart(other) => APART,
            _ => 1.0,
        }
    }

    fn years_apart(&self, other: &Moment) -> bool {
        self.year.zip(other.year).is_some_and(|(a, b)| a.abs_diff(b) > 1)
    }
}

/// The day of an ISO 8601 value that names one.
pub(crate) fn civil(value: &str) -> Option<Date> {
    value.get(..10)?.parse().ok()
}

fn latest_year(text: &str) -> Option<i16> {
    let four = spans(text).filter(|s| s.len() == 4);
    four.filter_map(|s| s.text(text).parse().ok()).filter(|year| (1900..2100).contains(year)).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(day: &str) -> Moment {
        Moment { day: civil(day), year: None }
    }

    #[test]
    fn far_days_count_less() {
        assert_eq!(on("2021-12-23").nearness(&on("2021-12-30")), 1.0);
        assert_eq!(on("2021-12-23").nearness(&on("2023-12-23")), APART);
        assert_eq!(on("2021-12-23").nearness(&on("")), 1.0);
    }

    #[test]
    fn the_latest_year_stands_in_for_a_date() {
        assert_eq!(latest_year("In 1986 and 2009; 3,000 homes, 9999."), Some(2009));
    }
}
