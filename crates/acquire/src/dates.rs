//! Date labels: dates as metadata, bylines and date lines write them, to ISO 8601.

use jiff::civil::Date;
use record::Span;

/// A date in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DateLabel {
    /// ISO 8601: a day, or an instant where the label is one.
    pub value: String,
    /// Its words.
    pub span: Span,
}

/// A date given as metadata in any of the common forms, as ISO 8601; `None` if it is not one.
pub(crate) fn normalise(given: &str) -> Option<String> {
    let given = given.trim();
    instant(given).or_else(|| mail_date(given)).or_else(|| first(given).map(|label| label.value))
}

/// A date as mails and RSS feeds write it (RFC 2822).
fn mail_date(given: &str) -> Option<String> {
    let zoned = jiff::fmt::rfc2822::DateTimeParser::new().parse_zoned(given).ok()?;
    let written = zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
    Some(written.replace("+00:00", "Z"))
}

/// An ISO 8601 date with a time of day; kept to the second, with its offset.
fn instant(given: &str) -> Option<String> {
    let head = given.get(..10)?;
    head.parse::<Date>().ok().filter(|day| is_iso_day(head) && is_plausible(*day))?;
    let rest = given.get(10..)?.strip_prefix(['T', 't', ' '])?;
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(rest.len());
    let (clock, tail) = rest.split_at(end);
    let clock = match clock.len() {
        5 | 8 if clock.parse::<jiff::civil::Time>().is_ok() => clock,
        _ => return None,
    };
    let tail = tail.trim_start_matches(['.', ',']).trim_start_matches(|c: char| c.is_ascii_digit()).trim();
    Some(format!("{head}T{clock}{}", offset(tail)))
}

/// `Z`, `+02:00` from `Z`, `UTC`, `+0200`, `+02:00`; empty where there is none that is understood.
fn offset(tail: &str) -> String {
    if ["Z", "z", "UTC", "GMT"].contains(&tail) {
        return "Z".to_owned();
    }
    let digits: String = tail.chars().skip(1).filter(char::is_ascii_digit).collect();
    match tail.chars().next() {
        Some(sign @ ('+' | '-')) if digits.len() == 4 && digits.as_str() <= "1400" => {
            if digits == "0000" {
                "Z".to_owned()
            } else {
                format!("{sign}{}:{}", &digits[..2], &digits[2..])
            }
        }
        _ => String::new(),
    }
}

fn is_iso_day(day: &str) -> bool {
    day.len() == 10
        && day.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() })
}

/// The first date of a line: `January 26, 2022`, `26 Jan. 2022`, `2022-01-26`, `26.01.2022`, `01/26/2022`.
///
/// A day is needed and the year must be written; `03/04/2022` names no date, for it names two.
pub(crate) fn first(line: &str) -> Option<DateLabel> {
    let words = words(line);
    (0..words.len()).find_map(|at| {
        let (date, used) = at_word(line, &words[at..])?;
        let span = words[at].span.cover(words[at + used - 1].span);
        let whole = span.text(line);
        let value = instant(line.get(span.start as usize..)?)
            .filter(|_| is_iso_day(whole))
            .unwrap_or(date.to_string());
        let end = if value.len() > 10 { instant_end(line, span) } else { span.end };
        Some(DateLabel { value, span: Span::new(span.start, end) })
    })
}

/// Where the time of day that follows an ISO day ends.
fn instant_end(line: &str, day: Span) -> u32 {
    let rest = &line[day.end as usize..];
    let len = rest.char_indices().skip(1).find(|(_, c)| !c.is_ascii_alphanumeric() && !":.+-".contains(*c));
    day.end + len.map_or(rest.len(), |(i, _)| i) as u32
}

struct Word<'t> {
    text: &'t str,
    span: Span,
}

/// Runs of letters or of digits, at most the first 64 of the line.
fn words(line: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word> = Vec::new();
    let class = |c: char| if c.is_alphabetic() { 1 } else { 2 * i32::from(c.is_ascii_digit()) };
    let (mut start, mut now) = (0, 0);
    for (i, c) in line.char_indices().chain([(line.len(), ' ')]) {
        if class(c) != now {
            if now > 0 {
                words.push(Word { text: &line[start..i], span: Span::at(start..i) });
            }
            (start, now) = (i, class(c));
        }
        if words.len() == 64 {
            break;
        }
    }
    words
}

/// The date that begins with the first of `words`, and how many words it takes.
fn at_word(line: &str, words: &[Word]) -> Option<(Date, usize)> {
    let near = |a: usize, b: usize, allowed: &str| {
        let between = &line[words[a].span.end as usize..words[b].span.start as usize];
        between.len() <= 3 && between.chars().all(|c| c.is_whitespace() || allowed.contains(c))
    };
    let skip = usize::from(words.get(1).is_some_and(|w| ["st", "nd", "rd", "th"].contains(&w.text)));
    if let Some(month) = month(words[0].text) {
        let ordinal = usize::from(words.get(2).is_some_and(|w| ["st", "nd", "rd", "th"].contains(&w.text)));
        let year = 2 + ordinal;
        words.get(year)?;
        let fits = near(0, 1, ".") && near(year - 1, year, ",");
        return fits
            .then(|| date(number(words[year].text, 4)?, month, day(words[1].text)?))
            .flatten()
            .map(|d| (d, year + 1));
    }
    let second = words.get(1 + skip)?;
    let of = usize::from(second.text == "of");
    if let (Some(month), Some(day)) =
        (words.get(1 + skip + of).and_then(|w| month(w.text)), day(words[0].text))
    {
        let year = 2 + skip + of;
        words.get(year)?;
        let fits = near(skip, 1 + skip, "-.") && near(year - 1, year, ".,-");
        return fits.then(|| date(number(words[year].text, 4)?, month, day)).flatten().map(|d| (d, year + 1));
    }
    numeric(line, words).map(|d| (d, 3))
}

/// Three numbers joined by one kind of mark.
fn numeric(line: &str, words: &[Word]) -> Option<Date> {
    let [a, b, c, ..] = words else { return None };
    let mark = |x: &Word, y: &Word| line.get(x.span.end as usize..y.span.start as usize).map(str::trim);
    let (first, second) = (mark(a, b)?, mark(b, c)?);
    if first != second || !["-", "/", "."].contains(&first) {
        return None;
    }
    if let Some(year) = number(a.text, 4) {
        return date(year, number(b.text, 2)? as i8, day(c.text)?);
    }
    let (year, x, y) = (number(c.text, 4)?, day(a.text)?, day(b.text)?);
    match (first, x > 12, y > 12) {
        (".", _, false) => date(year, y, x),
        (_, true, false) => date(year, y, x),
        (_, false, true) => date(year, x, y),
        _ if x == y => date(year, x, y),
        _ => None,
    }
}

fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok().filter(|day| is_plausible(*day))
}

/// Whether a report can be of that day; software writes year 1 and 1970-01-01 for days it does not know.
fn is_plausible(day: Date) -> bool {
    (1700..2200).contains(&day.year()) && day != jiff::civil::date(1970, 1, 1)
}

fn number(digits: &str, length: usize) -> Option<i16> {
    let fits = if length == 4 { digits.len() == 4 } else { digits.len() <= length };
    fits.then(|| digits.parse().ok()).flatten()
}

fn day(digits: &str) -> Option<i8> {
    number(digits, 2).and_then(|d| i8::try_from(d).ok()).filter(|d| (1..=31).contains(d))
}

/// The number of an English month, written out or cut to its first three or four letters.
fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if !word.starts_with(|c: char| c.is_uppercase()) || !word.is_ascii() {
        return None;
    }
    let word = word.to_ascii_lowercase();
    let short = |m: &str| (word.len() == 3 || word == "sept") && m.starts_with(&word);
    MONTHS.iter().position(|m| *m == word || short(m)).map(|i| i as i8 + 1)
}

/// Whether a word belongs to a date line beside the date: a weekday, a part of the clock, a zone.
pub(crate) fn is_date_word(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
        "am",
        "pm",
        "a",
        "p",
        "m",
        "at",
        "on",
        "h",
        "gmt",
        "utc",
        "est",
        "edt",
        "et",
        "cst",
        "cdt",
        "ct",
        "mst",
        "mdt",
        "mt",
        "pst",
        "pdt",
        "pt",
        "bst",
        "cet",
        "cest",
        "ist",
        "msk",
        "aest",
        "aedt",
        "jst",
        "hrs",
        "hours",
        "today",
        "yesterday",
        "z",
        "t",
        "time",
        "local",
    ];
    WORDS.contains(&word.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(line: &str) -> Option<String> {
        first(line).map(|label| label.value)
    }

    #[test]
    fn common_forms_are_read() {
        for line in [
            "March 9, 2021",
            "Posted: Mar. 9, 2021 at 10:15 a.m.",
            "Tuesday, 9 March 2021",
            "9th of March, 2021",
            "2021-03-09",
            "2021/03/09",
            "09.03.2021",
            "Updated March 9th, 2021",
            "9-Mar-2021",
            "March 9 2021",
        ] {
            assert_eq!(value(line).as_deref(), Some("2021-03-09"), "{line}");
        }
        assert_eq!(value("03/27/2021").as_deref(), Some("2021-03-27"));
        assert_eq!(value("03 / 27 / 2021").as_deref(), Some("2021-03-27"));
        assert_eq!(value("27/03/2021").as_deref(), Some("2021-03-27"));
    }

    #[test]
    fn what_names_no_single_day_is_not_read() {
        for line in [
            "03/04/2021",
            "March 2021",
            "may 9 2021 people",
            "1.2.3",
            "February 30, 2021",
            "version 10.11.12",
        ] {
            assert_eq!(value(line), None, "{line}");
        }
    }

    #[test]
    fn the_words_of_a_date_are_exact() {
        let line = "Posted: Friday, July 21, 2017 at noon";
        assert_eq!(first(line).map(|l| l.span.text(line)), Some("July 21, 2017"));
        let line = "Last changed 2017-07-21T10:00:00Z by desk";
        assert_eq!(first(line).map(|l| l.span.text(line)), Some("2017-07-21T10:00:00Z"));
    }

    #[test]
    fn metadata_keeps_its_instant() {
        assert_eq!(normalise("2021-03-09T10:15:00.000+0100").as_deref(), Some("2021-03-09T10:15:00+01:00"));
        assert_eq!(normalise("2021-03-09 10:15").as_deref(), Some("2021-03-09T10:15"));
        assert_eq!(normalise("2021-03-09T25:15:00Z").as_deref(), Some("2021-03-09"));
        assert_eq!(normalise("Tue, 09 Mar 2021 10:15:00 GMT").as_deref(), Some("2021-03-09T10:15:00Z"));
        assert_eq!(normalise("soon"), None);
        assert_eq!(normalise("0001-01-01T00:00:00Z"), None);
    }
}
