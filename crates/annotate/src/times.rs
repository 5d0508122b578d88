//! Time expressions and their TIMEX3 values.
//!
//! Rules and words are the lexicon's (`times`); here is what their operations mean. An expression is understood
//! from the document date, the date named last, and the tense of the verb it belongs to. Values follow
//! ISO-TimeML / TIMEX3 as annotated in TempEval-3.

mod meaning;
mod points;
mod resolve;
mod tense;
mod unit;

#[cfg(test)]
mod tests;

pub(crate) use meaning::{Meaning, Spoken, spoken};
pub(crate) use resolve::{Context, Point, Tense, is_absolute};
pub(crate) use unit::{Unit, weekday};

use crate::grammar::Cut;
use record::{Layer, Reading, Span, Time};

/// A time expression as spoken, not yet set against a date.
pub(crate) struct Expression {
    pub(crate) span: Span,
    pub(crate) spoken: Spoken,
    pub(crate) tense: Tense,
}

/// Resolves all time expressions of a text against a document date.
pub(crate) fn resolved(expressions: &[Expression], anchor: Option<&str>) -> Layer<Time> {
    let mut context = Context { anchor: anchor.and_then(Point::parse), ..Context::default() };
    let mut out = Vec::with_capacity(expressions.len());
    for expression in expressions {
        context.tense = expression.tense;
        let resolved = resolve::resolve(&expression.spoken, &context);
        context.remember(resolved.point, &expression.spoken.meaning);
        out.push((expression.span, resolved.time));
    }
    Layer::new(out)
}

/// The time expressions of a text, in order and without overlap.
pub(crate) fn expressions(cut: &Cut, reading: &Reading) -> Vec<Expression> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < cut.pieces.len() {
        match expression_at(cut, reading, at) {
            Some((end, expression)) => {
                out.push(expression);
                at = end;
            }
            None => at += 1,
        }
    }
    out
}

fn expression_at(cut: &Cut, reading: &Reading, at: usize) -> Option<(usize, Expression)> {
    for found in cut.found_at(at) {
        let span = cut.span(found.start, found.end);
        if let Some(spoken) =
            spoken(&found).filter(|s| !tense::is_other_word(cut.text, reading, span, &s.meaning))
        {
            let tense = tense::tense(cut, reading, &found);
            return Some((found.end, Expression { span, spoken, tense }));
        }
    }
    None
}

impl Context {
    /// Keeps a point for expressions that lean on what was named before.
    fn remember(&mut self, point: Option<Point>, meaning: &Meaning) {
        let Some(point) = point else { return };
        self.focus = Some(point);
        if point.grain == Unit::Quarter
            && matches!(meaning, Meaning::Part { part: meaning::Part::Quarter(_), .. })
        {
            self.quarter = Some(point);
        }
    }
}
