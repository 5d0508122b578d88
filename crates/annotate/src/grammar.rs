//! Matches the rules of a [`Grammar`] against a text.

mod numbers;
mod phrases;

pub(crate) use numbers::Number;

use lexicon::grammar::{
    ClassId, Edge, Gap, Grammar, GroupId, Item, Phrase, Piece, PieceKind, Rule, Word, pieces,
};
use record::Span;
use std::cell::RefCell;
use std::rc::Rc;

/// A text cut into pieces whose words are known to a grammar.
pub(crate) struct Cut<'a> {
    pub(crate) text: &'a str,
    pub(crate) grammar: &'a Grammar,
    pub(crate) pieces: Vec<Piece>,
    words: Vec<Option<Word>>,
    numerals: numbers::Numerals,
    known: RefCell<Known<'a>>,
}

/// Matches of groups near the piece that is looked at: several rules ask for the same.
#[derive(Default)]
struct Known<'a> {
    from: usize,
    matches: Vec<(GroupId, usize, Shared<'a>)>,
}

/// A rule that matched.
#[derive(Clone, Debug)]
pub(crate) struct Found<'a> {
    pub(crate) rule: &'a Rule,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) fields: Vec<(&'static str, Field<'a>)>,
}

/// What a part of a pattern matched.
#[derive(Clone, Debug)]
pub(crate) enum Field<'a> {
    Phrase(&'a Phrase),
    Number(Number),
    Inner(Rc<Found<'a>>),
}

impl<'a> Found<'a> {
    /// The last field stored under a name.
    pub(crate) fn field(&self, name: &str) -> Option<&Field<'a>> {
        self.fields.iter().rev().find(|(n, _)| *n == name).map(|(_, f)| f)
    }

    /// A field's written value: of the phrase matched, or fixed by the rule.
    pub(crate) fn text(&self, name: &str) -> Option<&'static str> {
        match self.field(name) {
            Some(Field::Phrase(phrase)) => Some(phrase.value),
            _ => self.rule.given.iter().find(|(n, _)| *n == name).map(|(_, v)| *v),
        }
    }

    /// A field's number.
    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        match self.field(name) {
            Some(Field::Number(number)) => Some(number.value),
            Some(Field::Phrase(phrase)) => phrase.number,
            _ => self.text(name)?.parse().ok(),
        }
    }

    /// A field's number with its form.
    pub(crate) fn numeral(&self, name: &str) -> Option<Number> {
        match self.field(name)? {
            Field::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// A match inside this one.
    pub(crate) fn inner(&self, name: &str) -> Option<&Found<'a>> {
        match self.field(name)? {
            Field::Inner(found) => Some(found),
            _ => None,
        }
    }
}

type Shared<'a> = Rc<[Rc<Found<'a>>]>;
type Fields<'a> = Vec<(&'static str, Field<'a>)>;
type Next<'n, 'a> = &'n mut dyn FnMut(usize, &mut Fields<'a>) -> bool;

impl<'a> Cut<'a> {
    /// Cuts a text for a grammar.
    pub(crate) fn new(text: &'a str, grammar: &'a Grammar) -> Self {
        let pieces = pieces(text);
        let mut lower = String::new();
        let words = pieces.iter().map(|p| known_word(p, text, grammar, &mut lower)).collect();
        Self {
            text,
            grammar,
            pieces,
            words,
            numerals: numbers::Numerals::of(grammar),
            known: RefCell::default(),
        }
    }

    /// Matches that begin at a piece, longest first; of equal length, in the order of the rules.
    pub(crate) fn found_at(&self, at: usize) -> Vec<Found<'a>> {
        let mut known = self.known.borrow_mut();
        if known.from != at {
            known.from = at;
            known.matches.clear();
        }
        drop(known);
        self.rules_at(at, |rule| !rule.inner)
    }

    fn rules_at(&self, at: usize, wanted: impl Fn(&Rule) -> bool) -> Vec<Found<'a>> {
        let word = self.word(at);
        let known = |at| self.word(at).is_some() || self.kind(at) == Some(PieceKind::Digits);
        let alone = word.is_none_or(|word| self.grammar.stands_alone(word));
        if !known(at) || !alone && !known(at + 1) {
            return Vec::new();
        }
        let rules = self.grammar.starting_with(word).iter().filter_map(|r| self.grammar.rule(*r));
        let mut found: Vec<Found> = rules.filter(|r| wanted(r)).filter_map(|r| self.rule_at(r, at)).collect();
        found.sort_by_key(|f| std::cmp::Reverse(f.end));
        found
    }

    /// The bytes of a range of pieces.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        match (self.pieces.get(start), self.pieces.get(end.wrapping_sub(1))) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => Span::new(0, 0),
        }
    }

    /// The characters of a piece; empty past the end.
    pub(crate) fn written(&self, at: usize) -> &'a str {
        self.pieces.get(at).map_or("", |p| p.span.text(self.text))
    }

    pub(crate) fn word(&self, at: usize) -> Option<Word> {
        self.words.get(at).copied().flatten()
    }

    pub(crate) fn is_glued(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|p| p.gap == Gap::None)
    }

    pub(crate) fn kind(&self, at: usize) -> Option<PieceKind> {
        self.pieces.get(at).map(|p| p.kind)
    }

    /// Whether a match may go on from the piece before to this one.
    pub(crate) fn goes_on(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|piece| match piece.gap {
            Gap::None | Gap::Space => true,
            Gap::Line => !self.is_capital(at) || !self.is_capital(at.saturating_sub(1)),
            Gap::Paragraph => false,
        })
    }

    pub(crate) fn is_capital(&self, at: usize) -> bool {
        self.written(at).starts_with(char::is_uppercase)
    }

    fn rule_at(&self, rule: &'a Rule, at: usize) -> Option<Found<'a>> {
        let mut best: Option<Found<'a>> = None;
        for pattern in &rule.patterns {
            let mut fields = Vec::new();
            let mut done = None;
            self.sequence(pattern, at, at, &mut fields, &mut |end, fields| {
                let fits = end > at && self.fits(rule, at, end);
                if fits {
                    done = Some((end, fields.clone()));
                }
                fits
            });
            if let Some((end, fields)) = done.filter(|(end, _)| best.as_ref().is_none_or(|b| *end > b.end)) {
                best = Some(Found { rule, start: at, end, fields });
            }
        }
        best
    }

    /// Matches `items` from `at` and goes on with `next`; `from` is where the whole match began.
    fn sequence(
        &self,
        items: &'a [Item],
        from: usize,
        at: usize,
        fields: &mut Fields<'a>,
        next: Next<'_, 'a>,
    ) -> bool {
        let Some((item, rest)) = items.split_first() else { return next(at, fields) };
        let open = at == from || self.goes_on(at);
        match item {
            Item::Glue => self.is_glued(at) && self.sequence(rest, from, at, fields, next),
            Item::Word(word) => {
                open && self.word(at) == Some(*word) && self.sequence(rest, from, at + 1, fields, next)
            }
            Item::Class(class, name) if open => self.phrases_at(at, *class).any(|(end, phrase)| {
                self.with(name, Field::Phrase(phrase), fields, &mut |fields| {
                    self.sequence(rest, from, end, fields, &mut *next)
                })
            }),
            Item::Builtin(builtin, name) if open => {
                self.numerals.read(self, *builtin, at).is_some_and(|(end, number)| {
                    self.with(name, Field::Number(number), fields, &mut |fields| {
                        self.sequence(rest, from, end, fields, &mut *next)
                    })
                })
            }
            Item::Group(group, name) if open => self.group_at(*group, at).iter().any(|found| {
                let end = found.end;
                self.with(name, Field::Inner(found.clone()), fields, &mut |fields| {
                    self.sequence(rest, from, end, fields, &mut *next)
                })
            }),
            Item::Choice(all) => all.iter().any(|one| {
                self.sequence(one, from, at, fields, &mut |end, fields| {
                    self.sequence(rest, from, end, fields, &mut *next)
                })
            }),
            Item::Optional(one) => {
                self.sequence(one, from, at, fields, &mut |end, fields| {
                    self.sequence(rest, from, end, fields, &mut *next)
                }) || self.sequence(rest, from, at, fields, next)
            }
            _ => false,
        }
    }

    /// Stores a field while `next` runs; it is taken away again if that fails.
    fn with(
        &self,
        name: &'static str,
        field: Field<'a>,
        fields: &mut Fields<'a>,
        next: &mut dyn FnMut(&mut Fields<'a>) -> bool,
    ) -> bool {
        let depth = fields.len();
        fields.push((name, field));
        let done = next(fields);
        fields.truncate(depth);
        done
    }

    fn group_at(&self, group: GroupId, at: usize) -> Shared<'a> {
        let known =
            self.known.borrow().matches.iter().find(|(g, a, _)| (*g, *a) == (group, at)).map(|m| m.2.clone());
        known.unwrap_or_else(|| {
            let found: Vec<Found> = self.rules_at(at, |rule| rule.group == group);
            let found: Shared = found.into_iter().map(Rc::new).collect();
            self.known.borrow_mut().matches.push((group, at, found.clone()));
            found
        })
    }

    fn fits(&self, rule: &Rule, start: usize, end: usize) -> bool {
        let before = |e: &Edge| self.edge_before(*e, start);
        let behind = |e: &Edge| self.edge_behind(*e, end);
        (rule.after.is_empty() || rule.after.iter().any(before))
            && !rule.not_after.iter().any(before)
            && (rule.before.is_empty() || rule.before.iter().any(behind))
            && !rule.not_before.iter().any(behind)
    }

    fn edge_before(&self, edge: Edge, start: usize) -> bool {
        let Some(at) = start.checked_sub(1) else { return edge == Edge::Nothing };
        match edge {
            Edge::Nothing => self.pieces[start].gap >= Gap::Line,
            Edge::Glued(word) => self.is_glued(start) && self.word(at) == Some(word),
            Edge::GluedDigits => self.is_glued(start) && self.kind(at) == Some(PieceKind::Digits),
            Edge::Digits => self.kind(at) == Some(PieceKind::Digits),
            Edge::GluedLetters => self.is_glued(start) && self.kind(at) == Some(PieceKind::Letters),
            Edge::Word(word) => self.word(at) == Some(word),
            Edge::Class(class) => self.ends_phrase(start, class),
        }
    }

    fn edge_behind(&self, edge: Edge, end: usize) -> bool {
        let Some(piece) = self.pieces.get(end) else { return edge == Edge::Nothing };
        match edge {
            Edge::Nothing => piece.gap >= Gap::Line,
            Edge::Glued(word) => piece.gap == Gap::None && self.word(end) == Some(word),
            Edge::GluedDigits => piece.gap == Gap::None && piece.kind == PieceKind::Digits,
            Edge::Digits => piece.kind == PieceKind::Digits,
            Edge::GluedLetters => piece.gap == Gap::None && piece.kind == PieceKind::Letters,
            Edge::Word(word) => self.word(end) == Some(word),
            Edge::Class(class) => self.phrases_at(end, class).next().is_some(),
        }
    }

    /// Whether the pieces of a range are one phrase of a class.
    pub(crate) fn is_phrase(&self, start: usize, end: usize, class: &str) -> bool {
        let Some(class) = self.grammar.class(class) else { return false };
        start < end && self.phrases_at(start, class).any(|(behind, _)| behind == end)
    }

    /// Whether a phrase of the class ends just before a piece.
    pub(crate) fn ends_phrase(&self, end: usize, class: ClassId) -> bool {
        (1..=3)
            .filter_map(|back| end.checked_sub(back))
            .any(|at| self.phrases_at(at, class).any(|(e, _)| e == end))
    }
}

fn known_word(piece: &Piece, text: &str, grammar: &Grammar, lower: &mut String) -> Option<Word> {
    if piece.kind == PieceKind::Digits || piece.span.len() > 24 {
        return None;
    }
    let spelling = piece.spelling(text);
    if !spelling.contains(char::is_uppercase) {
        return grammar.word(spelling);
    }
    lower.clear();
    lower.extend(spelling.chars().flat_map(char::to_lowercase));
    grammar.word(lower)
}
