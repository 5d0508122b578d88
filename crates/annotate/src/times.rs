//! Time expressions and their TIMEX3 values.
//!
//! Rules and words are the lexicon's (`times`); here is what their operations mean. An expression is understood
//! from the document date, the date named last, and the tense of the verb it belongs to. Values follow
//! ISO-TimeML / TIMEX3 as annotated in TempEval-3.

mod interval;
mod meaning;
mod points;
mod ranges;
mod resolve;
mod tense;
mod unit;
mod utterances;

#[cfg(test)]
mod tests;

pub(crate) use meaning::{Meaning, Part, Spoken, spoken};
pub(crate) use resolve::{Context, Point, Tense, is_absolute};
pub(crate) use unit::{Unit, weekday};

use crate::grammar::Cut;
use record::{Layer, Reading, Span, Time};

/// Bytes within which “a year earlier” means the quarter named last.
const QUARTER_REACH: u32 = 600;

/// A time expression as spoken, not yet set against a date.
pub(crate) struct Expression {
    pub(crate) span: Span,
    pub(crate) spoken: Spoken,
    pub(crate) tense: Tense,
    /// Whether only a word like “to” stands between it and the next one: “from May 3 to June 5, 1989”.
    pub(crate) joined: bool,
    /// The expression that tells when the quotation around it was said, by its index.
    pub(crate) said: Option<usize>,
}

/// Resolves all time expressions of a text against a document date.
pub(crate) fn resolved(expressions: &[Expression], anchor: Option<&str>) -> Layer<Time> {
    let mut context = Context { anchor: anchor.and_then(Point::parse), ..Context::default() };
    let mut out: Vec<(Span, resolve::Resolved)> = Vec::with_capacity(expressions.len());
    let mut contexts = Vec::with_capacity(expressions.len());
    let mut quarter_at = 0;
    for (at, expression) in expressions.iter().enumerate() {
        let near = expression.span.start - quarter_at <= QUARTER_REACH;
        context.quarter = context.quarter.filter(|_| near);
        context.tense = expression.tense;
        contexts.push(context);
        let with_year = ranges::with_year_of_next(expression, expressions.get(at + 1));
        let resolved = resolve::resolve(with_year.as_ref().unwrap_or(&expression.spoken), &context);
        if context.remember(resolved.point, &expression.spoken.meaning) {
            quarter_at = expression.span.start;
        }
        out.push((expression.span, resolved));
    }
    for at in 1..out.len() {
        let (from, to) = (out[at - 1].1.point, out[at].1.point);
        if let Some(context) = ranges::before_next(&expressions[at - 1], from, to, &contexts[at - 1]) {
            out[at - 1].1 = resolve::resolve(&expressions[at - 1].spoken, &context);
        }
    }
    as_said(expressions, &contexts, &mut out);
    Layer::new(out.into_iter().map(|(span, resolved)| (span, resolved.time)).collect())
}

/// Sets what stands in a quotation against the day on which it was said: “yesterday” is the speaker's.
fn as_said(expressions: &[Expression], contexts: &[Context], out: &mut [(Span, resolve::Resolved)]) {
    for (at, expression) in expressions.iter().enumerate() {
        let day = expression.said.and_then(|said| out.get(said)?.1.point).filter(|p| p.grain == Unit::Day);
        let (Some(day), Some(context)) = (day, contexts.get(at)) else { continue };
        if !is_absolute(&expression.spoken.meaning) {
            let context = Context { anchor: Some(day), focus: Some(day), ..*context };
            out[at].1 = resolve::resolve(&expression.spoken, &context);
        }
    }
}

/// The time expressions of a text, in order and without overlap.
pub(crate) fn expressions(cut: &Cut, reading: &Reading) -> Vec<Expression> {
    let (mut out, mut ends) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < cut.pieces.len() {
        match expression_at(cut, reading, at) {
            Some((end, expression)) => {
                ends.push((at, end));
                out.push(expression);
                at = end;
            }
            None => at += 1,
        }
    }
    for at in 1..out.len() {
        out[at - 1].joined = cut.is_phrase(ends[at - 1].1, ends[at].0, "until-word");
    }
    utterances::mark(cut.text, reading, &mut out);
    out
}

fn expression_at(cut: &Cut, reading: &Reading, at: usize) -> Option<(usize, Expression)> {
    for found in cut.found_at(at) {
        let Some(spoken) = spoken(&found) else { continue };
        if !tense::is_other_word(cut, reading, &found, &spoken.meaning) {
            let tense = tense::tense(cut, reading, &found);
            let span = cut.span(found.start, found.end);
            let spoken = tense::set_ahead(cut, &found, spoken, tense);
            return Some((found.end, Expression { span, spoken, tense, joined: false, said: None }));
        }
    }
    None
}

impl Context {
    /// Keeps a point for expressions that lean on what was named before; whether it is about a quarter.
    fn remember(&mut self, point: Option<Point>, meaning: &Meaning) -> bool {
        let Some(point) = point else { return false };
        self.focus = Some(point);
        let named = matches!(meaning, Meaning::Part { part: Part::Quarter(_), .. });
        if point.grain == Unit::Quarter && named {
            self.quarter = Some(point);
        }
        point.grain == Unit::Quarter
    }
}
