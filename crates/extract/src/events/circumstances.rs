//! When and where an event took place, what it is about, and who says so.

use super::participants;
use super::triggers::Trigger;
use crate::view::View;
use record::{Deprel, Layer, Mention, NameKind, Participant, Span, Statement, StatementIx, TimeKind};

/// The value of the time nearest to the trigger in its sentence, first of those in its own clause. A time in the words of a
/// statement dates what these words tell; one beside them dates the saying (“said on Monday that troops had entered”).
pub(super) fn time(view: &View<'_>, said: &Said, trigger: &Trigger<'_>) -> Option<String> {
    let statement = said.holding(trigger.span);
    let sentence = view.sentence_tokens(view.sentence(trigger.token));
    let sentence = view.reading.span_of(sentence)?;
    let clause = view
        .reading
        .span_of(view.phrase(trigger.token, &[Deprel::Conj, Deprel::Ccomp, Deprel::Parataxis]))?;
    let distance = |s: Span| {
        if s.start >= trigger.span.end {
            s.start - trigger.span.end
        } else {
            trigger.span.start.saturating_sub(s.end)
        }
    };
    view.reading
        .times
        .within(sentence)
        .filter(|(s, t)| matches!(t.kind, TimeKind::Date | TimeKind::Time) && said.holding(*s) == statement)
        .filter(|(s, _)| !in_other_words(view, *s, trigger, clause) && !is_of_what_follows(view, *s, trigger))
        .filter_map(|(s, t)| Some((!clause.contains(s), distance(s), t.value.as_ref()?)))
        .filter(|(_, _, value)| value.starts_with(|c: char| c.is_ascii_digit()))
        .min_by_key(|(outside, far, _)| (*outside, *far))
        .map(|(_, _, value)| value.clone())
}

/// Whether a time belongs to what is agreed on, asked for or made a condition: it stands in an infinitive or a conditional
/// clause that hangs from the trigger (“agreed to meet on 12 March”, “will strike unless it is paid by Friday”), or says
/// for when something is agreed (“agreed for 12 March”).
fn is_of_what_follows(view: &View<'_>, time: Span, trigger: &Trigger<'_>) -> bool {
    let tokens = view.reading.tokens_in(time);
    let marked = |c: usize, words: &[&str]| {
        view.children(c).any(|m| view.relation(m) == Deprel::Mark && words.contains(&view.lemma(m).as_str()))
    };
    let clause = |c: &usize| match view.relation(*c) {
        Deprel::Xcomp | Deprel::Acl => *c > trigger.token && marked(*c, &["to"]),
        Deprel::Advcl => marked(*c, &["if", "unless"]),
        _ => false,
    };
    let holds = |c: usize| view.phrase(c, &[]).contains(tokens.start as usize);
    let own = [Some(trigger.token), trigger.with].into_iter().flatten();
    let follows = own.flat_map(|w| view.children(w)).filter(clause).any(holds);
    let head = view.head_of(tokens);
    follows || head.is_some_and(|h| super::clause::case(view, h).is_some_and(|case| case == "for"))
}

/// Whether a time stands in a quotation that does not hold the trigger and is no part of its clause, or follows a colon.
fn in_other_words(view: &View<'_>, time: Span, trigger: &Trigger<'_>, clause: Span) -> bool {
    let quotation = view.quotation_at(time.start).filter(|q| !q.span.contains(trigger.span));
    quotation.is_some_and(|q| {
        let before = view.text().get(..q.span.start as usize).unwrap_or_default();
        let before = before.trim_end_matches(|c: char| c.is_whitespace() || "\"“”„«»'‘’".contains(c));
        !clause.contains(time) || before.ends_with(':')
    })
}

/// What the event is about, by the words of its sentence.
pub(super) fn contexts(view: &View<'_>, token: usize) -> Vec<&'static str> {
    let sentence = view.sentence_tokens(view.sentence(token));
    let lemmas: Vec<String> = sentence.range().take(LONGEST).map(|t| view.lemma(t)).collect();
    view.lexicon.events.contexts_of(&lemmas)
}

/// Words of a sentence that are looked at for contexts.
const LONGEST: usize = 120;

/// A place name in a phrase with a preposition of place beside the trigger, other than the recipient.
pub(super) fn place(
    view: &View<'_>,
    mentions: &Layer<Mention>,
    trigger: &Trigger<'_>,
    recipient: Option<&Participant>,
) -> Option<Participant> {
    let near = [Some(trigger.token), trigger.with].into_iter().flatten();
    let located = |c: &usize| {
        let case = super::clause::case(view, *c);
        matches!(view.relation(*c), Deprel::Obl | Deprel::Nmod)
            && case.is_some_and(|p| {
                matches!(p.as_str(), "in" | "at" | "near" | "outside" | "inside" | "across" | "off")
            })
    };
    let sentence = view.reading.span_of(view.sentence_tokens(view.sentence(trigger.token)));
    let is_place = |c: usize| {
        let token = view.reading.tokens.get(c).copied().unwrap_or(Span::new(0, 0));
        sentence.is_some_and(|s| {
            view.reading.names.within(s).any(|(span, n)| span.overlaps(token) && n.kind == NameKind::Place)
        })
    };
    near.flat_map(|w| view.children(w))
        .filter(located)
        .find(|&c| is_place(c))
        .map(|c| participants::participant(view, mentions, c))
        .filter(|p| recipient.is_none_or(|r| !r.span.overlaps(p.span)))
}

/// The contents of statements, for finding the innermost one that holds a trigger.
pub(super) struct Said {
    /// Content pieces with their statements, by start; beside each the farthest end so far.
    contents: Vec<(Span, StatementIx, u32)>,
}

impl Said {
    pub(super) fn new(statements: &[Statement]) -> Self {
        let pieces = |(i, s): (usize, &Statement)| {
            s.content.iter().map(move |c| (*c, StatementIx(i as u32), 0)).collect::<Vec<_>>()
        };
        let mut contents: Vec<_> = statements.iter().enumerate().flat_map(pieces).collect();
        contents.sort();
        let mut farthest = 0;
        for (span, _, end) in &mut contents {
            farthest = farthest.max(span.end);
            *end = farthest;
        }
        Self { contents }
    }

    /// The innermost statement whose content holds the trigger.
    pub(super) fn holding(&self, trigger: Span) -> Option<StatementIx> {
        let from = self.contents.partition_point(|(span, _, _)| span.start <= trigger.start);
        self.contents[..from]
            .iter()
            .rev()
            .take_while(|(_, _, farthest)| *farthest >= trigger.end)
            .filter(|(span, _, _)| span.contains(trigger))
            .min_by_key(|(span, index, _)| (span.len(), *index))
            .map(|(_, index, _)| *index)
    }
}
