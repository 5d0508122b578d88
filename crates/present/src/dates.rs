//! Dates as people read them.

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const WEEKDAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// A year, a month of it, a day of that: as much as a value tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Date {
    pub(crate) year: u16,
    pub(crate) month: Option<u8>,
    pub(crate) day: Option<u8>,
}

impl Date {
    /// The date a value begins with: `2024`, `2024-03`, `2024-03-14`, `2024-03-14T18:05`. Weeks, decades and
    /// references without a date are none.
    pub(crate) fn parse(value: &str) -> Option<Self> {
        let date = value.split('T').next()?;
        let mut parts = date.split('-');
        let year = digits(parts.next()?, 4)?;
        let month = parts.next().map(|m| digits(m, 2)).map_or(Some(None), |m| m.map(Some))?;
        let day = parts.next().map(|d| digits(d, 2)).map_or(Some(None), |d| d.map(Some))?;
        let in_range =
            month.is_none_or(|m| (1..=12).contains(&m)) && day.is_none_or(|d| (1..=31).contains(&d));
        (in_range && parts.next().is_none()).then_some(Self {
            year,
            month: month.map(|m| m as u8),
            day: day.map(|d| d as u8),
        })
    }

    /// The ISO 8601 form.
    pub(crate) fn iso(self) -> String {
        match (self.month, self.day) {
            (Some(m), Some(d)) => format!("{:04}-{m:02}-{d:02}", self.year),
            (Some(m), None) => format!("{:04}-{m:02}", self.year),
            _ => format!("{:04}", self.year),
        }
    }

    /// `Thursday, 14 March 2024`, `March 2024`, `2024`.
    pub(crate) fn words(self) -> String {
        match self.weekday() {
            Some(weekday) => format!("{weekday}, {}", self.plain()),
            None => self.plain(),
        }
    }

    /// `14 March 2024`, `March 2024`, `2024`.
    pub(crate) fn plain(self) -> String {
        match (self.month_name(), self.day) {
            (Some(m), Some(d)) => format!("{d} {m} {}", self.year),
            (Some(m), None) => format!("{m} {}", self.year),
            _ => self.year.to_string(),
        }
    }

    /// Two short lines for the head of a column: `Thu 14` over `March 2024`.
    pub(crate) fn column(self) -> (String, String) {
        match (self.weekday(), self.month_name(), self.day) {
            (Some(w), Some(m), Some(d)) => {
                (format!("{} {d}", w.get(..3).unwrap_or(w)), format!("{m} {}", self.year))
            }
            (_, Some(m), _) => (m.to_owned(), self.year.to_string()),
            _ => (self.year.to_string(), String::new()),
        }
    }

    /// Days from `earlier` to this date, where both name a day.
    pub(crate) fn days_since(self, earlier: Date) -> Option<i64> {
        Some(self.ordinal()? - earlier.ordinal()?)
    }

    fn month_name(self) -> Option<&'static str> {
        MONTHS.get(usize::from(self.month?) - 1).copied()
    }

    fn weekday(self) -> Option<&'static str> {
        WEEKDAYS.get((self.ordinal()? + 4).rem_euclid(7) as usize).copied()
    }

    /// Days since 1 January 1970 in the proleptic Gregorian calendar (Hinnant, `days_from_civil`).
    fn ordinal(self) -> Option<i64> {
        let (m, d) = (i64::from(self.month?), i64::from(self.day?));
        let y = i64::from(self.year) - i64::from(m <= 2);
        let era = y.div_euclid(400);
        let of_era = y - era * 400;
        let of_year = (153 * (m + if m > 2 { -3 } else { 9 }) + 2) / 5 + d - 1;
        Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
    }
}

/// A value of the record in words; a value that is no date is shown as it is.
pub(crate) fn in_words(value: &str) -> String {
    let week = value.split_once("-W").and_then(|(y, w)| Some((digits(y, 4)?, digits(w, 2)?)));
    let decade = value.strip_suffix('X').unwrap_or(value);
    match (Date::parse(value), week, digits(decade, 3)) {
        (Some(date), _, _) => date.words(),
        (_, Some((year, week)), _) => format!("week {week} of {year}"),
        (_, _, Some(decade)) => format!("the {decade}0s"),
        _ => value.to_owned(),
    }
}

fn digits(text: &str, width: usize) -> Option<u16> {
    (text.len() == width && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_is_a_date_and_nothing_else() {
        assert_eq!(in_words("2024-03-14T18:05:00+01:00"), "Thursday, 14 March 2024");
        assert_eq!(in_words("2021-12-23"), "Thursday, 23 December 2021");
        assert_eq!(in_words("2024-03"), "March 2024");
        assert_eq!(in_words("1990"), "1990");
        assert_eq!(in_words("199X"), "the 1990s");
        assert_eq!(in_words("199"), "the 1990s");
        assert_eq!(in_words("2021-W51"), "week 51 of 2021");
        assert_eq!(in_words("FUTURE_REF"), "FUTURE_REF");
        for odd in
            ["199X", "2021-W51", "FUTURE_REF", "2024-13-01", "2024-00-10", "2024-SP", "", "20é4", "P1W"]
        {
            assert_eq!(Date::parse(odd), None, "{odd}");
        }
    }

    #[test]
    fn counts_days_over_a_leap_day() {
        let at = |v| Date::parse(v).unwrap();
        assert_eq!(at("2024-03-01").days_since(at("2024-02-28")), Some(2));
        assert_eq!(at("2024-03-01").days_since(at("2024-02")), None);
    }
}
