//! Numbers in digits and words.

use super::Cut;
use lexicon::grammar::{Builtin, ClassId, Grammar, PieceKind};

/// A number as read from the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Number {
    /// Its value; for a vague one (“several”) a lower limit.
    pub(crate) value: f64,
    /// Whether the words name no exact amount.
    pub(crate) vague: bool,
    /// Whether it is written in words.
    pub(crate) spelled: bool,
    /// Product of the words that multiply it (“million”).
    pub(crate) scale: f64,
}

/// The word classes that numbers are made of.
#[derive(Debug, Default)]
pub(crate) struct Numerals {
    cardinal: Option<ClassId>,
    multiplier: Option<ClassId>,
    vague: Option<ClassId>,
    article: Option<ClassId>,
    ordinal: Option<ClassId>,
    suffix: Option<ClassId>,
    and: Option<ClassId>,
    half: Option<ClassId>,
    fraction: Option<ClassId>,
}

type Read = Option<(usize, Number)>;

impl Number {
    pub(crate) const ONE: Self = Self { value: 1.0, vague: false, spelled: true, scale: 1.0 };

    fn exact(value: f64) -> Self {
        Self { value, vague: false, spelled: false, scale: 1.0 }
    }

    fn words(value: f64) -> Self {
        Self { spelled: true, ..Self::exact(value) }
    }
}

impl Numerals {
    pub(super) fn of(grammar: &Grammar) -> Self {
        Self {
            cardinal: grammar.class("cardinal"),
            multiplier: grammar.class("multiplier"),
            vague: grammar.class("vague"),
            article: grammar.class("article-one"),
            ordinal: grammar.class("ordinal"),
            suffix: grammar.class("ordinal-suffix"),
            and: grammar.class("number-and"),
            half: grammar.class("half"),
            fraction: grammar.class("fraction-sign"),
        }
    }

    /// Reads a built-in at a piece; the piece behind it and the number.
    pub(super) fn read(&self, cut: &Cut, builtin: Builtin, at: usize) -> Read {
        match builtin {
            Builtin::Number => {
                self.vague(cut, at).or_else(|| self.exact(cut, at)).or_else(|| self.article(cut, at))
            }
            Builtin::Exact => self.exact(cut, at),
            Builtin::Day => {
                let day = self.ordinal(cut, at).or_else(|| digits(cut, at, 1..=2));
                day.filter(|(_, n)| (1.0..=31.0).contains(&n.value))
            }
            Builtin::DayDigits => digits(cut, at, 1..=2).filter(|(_, n)| (1.0..=31.0).contains(&n.value)),
            Builtin::MonthDigits => digits(cut, at, 1..=2).filter(|(_, n)| (1.0..=12.0).contains(&n.value)),
            Builtin::Year => digits(cut, at, 4..=4)
                .filter(|(_, n)| (1000.0..2200.0).contains(&n.value) && !decimals(cut, at + 1)),
            Builtin::ShortYear => digits(cut, at, 2..=2),
            Builtin::SpokenYear => self.spoken_year(cut, at),
            Builtin::Hour => digits(cut, at, 1..=2).filter(|(_, n)| n.value <= 24.0),
            Builtin::Minute => digits(cut, at, 2..=2).filter(|(_, n)| n.value < 60.0),
            Builtin::Clock => digits(cut, at, 3..=4)
                .filter(|(_, n)| n.value < 2400.0 && n.value % 100.0 < 60.0 && n.value >= 100.0),
            Builtin::Compact => {
                digits(cut, at, 8..=8).filter(|(_, n)| (19_000_101.0..21_000_101.0).contains(&n.value))
            }
            Builtin::SpokenDay => self.spelled(cut, at).filter(|(_, n)| (1.0..=31.0).contains(&n.value)),
            Builtin::SpokenHour => self.spelled(cut, at).filter(|(_, n)| (1.0..=24.0).contains(&n.value)),
            Builtin::SpokenMinute => self.spelled(cut, at).filter(|(_, n)| (1.0..60.0).contains(&n.value)),
            Builtin::Digits => digits(cut, at, 1..=18),
            Builtin::Ordinal => self.ordinal(cut, at),
            Builtin::Capital => cut.is_capital(at).then(|| (at + 1, Number::exact(0.0))),
        }
    }

    fn exact(&self, cut: &Cut, at: usize) -> Read {
        let whole = || figures(cut, at).or_else(|| self.spelled(cut, at));
        let (end, number) = fraction(cut, at).or_else(whole)?;
        let (end, number) = self.with_fraction(cut, end, number);
        Some(self.scaled(cut, end, number))
    }

    /// “several”, “a few”, “dozens of”.
    fn vague(&self, cut: &Cut, at: usize) -> Read {
        let (end, phrase) = cut.phrases_at(at, self.vague?).next()?;
        let number = Number { vague: true, ..Number::words(phrase.number.unwrap_or(2.0)) };
        Some(self.scaled(cut, end, number))
    }

    /// “a”, “an” as one.
    fn article(&self, cut: &Cut, at: usize) -> Read {
        cut.phrases_at(at, self.article?).next().map(|(end, _)| (end, Number::ONE))
    }

    /// Digits or words followed by “million”, “hundred thousand”.
    fn scaled(&self, cut: &Cut, mut end: usize, mut number: Number) -> (usize, Number) {
        let Some(class) = self.multiplier else { return (end, number) };
        for _ in 0..3 {
            let from = if cut.written(end) == "-" && cut.is_glued(end + 1) { end + 1 } else { end };
            let Some((next, phrase)) = cut.phrases_at(from, class).next().filter(|_| cut.goes_on(from))
            else {
                break;
            };
            let scale = phrase.number.unwrap_or(1.0);
            (number.value, number.scale) = (number.value * scale, number.scale * scale);
            end = next;
        }
        (end, number)
    }

    /// “1/2”, “½”, “and a half” behind a number: “a million and a half”.
    fn with_fraction(&self, cut: &Cut, end: usize, number: Number) -> (usize, Number) {
        let plus = |end, part: f64| (end, Number { value: number.value + part * number.scale, ..number });
        if let Some((next, sign)) = self.fraction.and_then(|c| cut.phrases_at(end, c).next()) {
            return plus(next, sign.number.unwrap_or(0.0));
        }
        if let Some((next, half)) = self.half.and_then(|c| cut.phrases_at(end, c).next()) {
            return plus(next, half.number.unwrap_or(0.5));
        }
        match (digits(cut, end, 1..=1), cut.written(end + 1), digits(cut, end + 2, 1..=1)) {
            (Some((_, over)), "/", Some((next, under)))
                if under.value > over.value && cut.is_glued(end + 1) && cut.is_glued(end + 2) =>
            {
                plus(next, over.value / under.value)
            }
            _ => (end, number),
        }
    }

    /// A number in words: “twenty-one”, “two hundred and five thousand”, “a hundred”.
    fn spelled(&self, cut: &Cut, at: usize) -> Read {
        let (cardinal, multiplier) = (self.cardinal?, self.multiplier?);
        let (mut end, mut total, mut current, mut last) = (at, 0.0, None::<f64>, 0.0);
        let mut limit = f64::INFINITY;
        loop {
            let next = if end > at { self.behind_joint(cut, end, last) } else { end };
            if next > at && !cut.goes_on(next) {
                break;
            }
            if let Some((after, phrase)) = cut.phrases_at(next, cardinal).next() {
                let value = phrase.number?;
                let fits = last >= 100.0 || (last >= 20.0 && value < 10.0 && value > 0.0);
                if end > at && !fits {
                    break;
                }
                current = Some(current.unwrap_or(0.0) + value);
                (end, last) = (after, value);
            } else if let Some((after, phrase)) = cut.phrases_at(next, multiplier).next() {
                let scale = phrase.number?;
                if end == at {
                    return None;
                }
                if scale >= limit || scale < 1000.0 && current.is_none_or(|c| c >= 100.0) {
                    break;
                }
                let value = current.unwrap_or(1.0) * scale;
                if scale >= 1000.0 {
                    (total, current, limit) = (total + value, None, scale);
                } else {
                    current = Some(value);
                }
                (end, last) = (after, scale);
            } else if end == at {
                let (after, _) = cut.phrases_at(at, self.article?).next()?;
                cut.phrases_at(after, multiplier).next().filter(|_| cut.goes_on(after))?;
                (current, end, last) = (Some(1.0), after, 1.0);
            } else {
                break;
            }
        }
        let scale = if last >= 1000.0 { last } else { 1.0 };
        (end > at).then(|| (end, Number { scale, ..Number::words(total + current.unwrap_or(0.0)) }))
    }

    /// Steps over “and” or a hyphen inside a number in words, if a number word follows.
    fn behind_joint(&self, cut: &Cut, end: usize, last: f64) -> usize {
        let cardinal = |at| self.cardinal.is_some_and(|c| cut.phrases_at(at, c).next().is_some());
        if cut.written(end) == "-" && cut.is_glued(end) && cardinal(end + 1) && (20.0..100.0).contains(&last)
        {
            return end + 1;
        }
        match self.and.and_then(|c| cut.phrases_at(end, c).next()) {
            Some((next, _)) if last >= 100.0 && cardinal(next) => next,
            _ => end,
        }
    }

    /// “nineteen ninety-six”, “two thousand five”.
    fn spoken_year(&self, cut: &Cut, at: usize) -> Read {
        let class = self.cardinal?;
        let (end, century) = cut.phrases_at(at, class).next()?;
        let high = century.number?;
        if (10.0..=21.0).contains(&high) && cut.goes_on(end) {
            let low = self.spelled(cut, end).filter(|(_, n)| (10.0..100.0).contains(&n.value));
            if let Some((end, low)) = low {
                return Some((end, Number::words(high * 100.0 + low.value)));
            }
        }
        let (end, year) = self.spelled(cut, at)?;
        let hundreds = (1700.0..2000.0).contains(&year.value) && year.value % 100.0 != 0.0;
        (hundreds || (2000.0..2100.0).contains(&year.value)).then_some((end, year))
    }

    fn ordinal(&self, cut: &Cut, at: usize) -> Read {
        if let Some((end, number)) = digits(cut, at, 1..=4) {
            let (end, _) = cut.phrases_at(end, self.suffix?).next().filter(|_| cut.is_glued(end))?;
            return Some((end, number));
        }
        let (mut from, mut tens) = (at, 0.0);
        if let Some((end, phrase)) = cut.phrases_at(at, self.cardinal?).next() {
            tens = phrase.number.filter(|n| *n >= 20.0)?;
            from = if cut.written(end) == "-" { end + 1 } else { end };
        }
        let (end, phrase) = cut.phrases_at(from, self.ordinal?).next()?;
        let value = phrase.number?;
        (tens == 0.0 || value < 10.0).then(|| (end, Number::words(tens + value)))
    }
}

/// A run of digits of a given length that is not part of a longer figure.
fn digits(cut: &Cut, at: usize, lengths: std::ops::RangeInclusive<usize>) -> Read {
    let written = cut.written(at);
    let fits = cut.kind(at) == Some(PieceKind::Digits) && lengths.contains(&written.len());
    let value = written.parse().ok().filter(|_| fits)?;
    Some((at + 1, Number::exact(value)))
}

/// Digits with thousands separators and decimals: `1,234,567.8`, `.5`.
fn figures(cut: &Cut, at: usize) -> Read {
    if cut.kind(at) != Some(PieceKind::Digits) || cut.written(at).len() > 15 {
        return None;
    }
    let mut written = cut.written(at).to_owned();
    let mut end = at + 1;
    while group_of_three(cut, end) && written.len() < 18 {
        written.push_str(cut.written(end + 1));
        end += 2;
    }
    if decimals(cut, end) {
        let behind = cut.written(end + 1);
        written = format!("{written}.{behind}");
        end += 2;
    }
    Some((end, Number::exact(written.parse().ok()?)))
}

/// A fraction without a whole: “3/4”.
fn fraction(cut: &Cut, at: usize) -> Read {
    let ((end, over), (next, under)) = (digits(cut, at, 1..=1)?, digits(cut, at + 2, 1..=1)?);
    let written = cut.written(end) == "/" && cut.is_glued(end) && cut.is_glued(end + 1);
    let alone = !(cut.written(next) == "/" && cut.is_glued(next));
    (written && alone && over.value < under.value).then(|| (next, Number::exact(over.value / under.value)))
}

/// Whether a decimal point and digits follow.
fn decimals(cut: &Cut, point: usize) -> bool {
    cut.written(point) == "."
        && cut.is_glued(point)
        && cut.is_glued(point + 1)
        && cut.kind(point + 1) == Some(PieceKind::Digits)
        && cut.written(point + 1).len() < 10
}

fn group_of_three(cut: &Cut, comma: usize) -> bool {
    cut.written(comma) == ","
        && cut.is_glued(comma)
        && cut.is_glued(comma + 1)
        && cut.kind(comma + 1) == Some(PieceKind::Digits)
        && cut.written(comma + 1).len() == 3
}
