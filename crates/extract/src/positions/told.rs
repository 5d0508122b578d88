//! Positions that a report tells in its own words: “the threat posed by Haldria”, “the proposals forwarded by Haldria, which aim
//! to ban …”.

use super::words::is_restriction;
use crate::events::{behind, participant};
use crate::view::View;
use record::{
    Act, Deprel, Event, EventType, Layer, Made, Mention, MentionForm, Modality, Position, ReferentIx, Span,
    Stance, Statement, TokenRange, Upos,
};

/// The positions that no statement takes.
pub(super) fn told(
    view: &View<'_>,
    mentions: &Layer<Mention>,
    statements: &[Statement],
    events: &[Event],
) -> Vec<Position> {
    let said = Said::new(statements);
    let free = events.iter().filter(|e| is_position(e) && !said.holds(e.trigger));
    let mut all: Vec<Position> = free.filter_map(|e| by_event(view, e)).collect();
    all.extend((0..view.reading.tokens.len()).filter_map(|t| by_paper(view, mentions, t)));
    all
}

/// What is sure enough to be somebody's position: both sides are known, or the one who holds it is named as such
/// behind it (“the threat posed by Haldria”).
fn is_position(event: &Event) -> bool {
    let real = !matches!(event.modality, Modality::Denied | Modality::Hypothetical);
    let by = event.actor.as_ref().is_some_and(|a| a.span.start > event.trigger.end);
    real && event.said_in.is_none() && event.confidence >= if by { 0.35 } else { 0.5 }
}

/// The position that an event is, if its own word says so (“threat”, “demanded”, “rejected”; not “turned away”).
fn by_event(view: &View<'_>, event: &Event) -> Option<Position> {
    let stance = of_event(event.kind)?;
    let trigger = event.trigger.text(view.text());
    let named = |(act, score): &(Act, f32)| *score >= 6.0 && Stance::of_act(*act) == Some(stance);
    let says = view.lexicon.speech.act_scores(trigger, "").iter().any(named);
    let quoted = view.quotation_at(event.trigger.start).is_some();
    let holder = event.actor.as_ref()?.referent.filter(|_| says && !quoted)?;
    Some(Position {
        stance,
        words: vec![extent(view, event)],
        statement: None,
        holder: Some(holder),
        condition: None,
        time: event.time.clone(),
        made_by: Made::by("rule:positions/event@1"),
    })
}

fn of_event(kind: EventType) -> Option<Stance> {
    Some(match kind {
        EventType::Request => Stance::Demands,
        EventType::Reject => Stance::Refuses,
        EventType::Threaten => Stance::Threatens,
        EventType::Concede => Stance::Concedes,
        _ => return None,
    })
}

/// From the first word of the event and its participants to the end of the sentence, which tells what it is.
fn extent(view: &View<'_>, event: &Event) -> Span {
    let parts = [event.actor.as_ref(), event.recipient.as_ref()].into_iter().flatten().map(|p| p.span);
    let all = parts.fold(event.trigger, Span::cover);
    let trigger = view.reading.tokens_in(event.trigger).start as usize;
    let noun =
        view.is(trigger, Upos::Noun).then(|| view.reading.span_of(view.phrase(trigger, &[]))).flatten();
    let start = noun.map_or(all.start, |n| n.start.min(all.start));
    let sentence = view.reading.span_of(view.sentence_tokens(view.sentence(trigger)));
    sentence.map_or(all, |s| Span::new(start.max(s.start), s.end.max(all.end)))
}

/// What a paper of somebody's aims at: “the demands of Haldria that …”, “the drafts presented by Haldria, which aim to …”.
fn by_paper(view: &View<'_>, mentions: &Layer<Mention>, noun: usize) -> Option<Position> {
    let firm = match view.lemma(noun).as_str() {
        "demand" | "request" | "ultimatum" => true,
        "proposal" | "draft" | "treaty" | "text" => false,
        _ => return None,
    };
    let verb = view.is(noun, Upos::Noun).then(|| aim(view, noun)).flatten()?;
    let stance = (firm || is_restriction(view, verb)).then_some(Stance::Demands)?;
    let maker = behind(view, noun)?;
    let holder = participant(view, mentions, maker).referent.or_else(|| state(view, mentions, maker))?;
    let to = view.child(verb, &[Deprel::Mark]).unwrap_or(verb);
    let range = view.phrase(verb, &[]);
    let words = view.reading.span_of(TokenRange::new(to.min(verb), range.end as usize))?;
    let words = words.trimmed_of(view.text(), |c: char| c.is_whitespace() || ",.;:".contains(c));
    Some(Position {
        stance,
        words: vec![words],
        statement: None,
        holder: Some(holder),
        condition: None,
        time: None,
        made_by: Made::by("rule:positions/paper@1"),
    })
}

/// The state of a side (“the Haldrian side”), where the article names it.
fn state(view: &View<'_>, mentions: &Layer<Mention>, word: usize) -> Option<ReferentIx> {
    let demonym = |c: usize| view.lexicon.states.demonym(view.word(c));
    let state = std::iter::once(word).chain(view.children(word)).find_map(demonym)?;
    let is = |name: &str| name == state || view.lexicon.states.state(name) == Some(state);
    let named = mentions.iter().find(|(span, m)| m.form == MentionForm::Name && is(span.text(view.text())));
    named.and_then(|(_, m)| m.referent)
}

/// The infinitive that tells what a paper is for: right behind it, or under “which aims to”, “seeking to”.
fn aim(view: &View<'_>, noun: usize) -> Option<usize> {
    let infinitive = |v: usize| view.child(v, &[Deprel::Mark]).is_some_and(|m| view.lemma(m) == "to");
    let aims =
        |v: usize| matches!(view.lemma(v).as_str(), "aim" | "seek" | "intend" | "mean" | "design" | "want");
    let clauses = || {
        view.children(noun).filter(|&c| {
            c > noun && matches!(view.relation(c), Deprel::Acl | Deprel::AclRelcl) && view.is(c, Upos::Verb)
        })
    };
    let below = |v: usize| view.children(v).find(|&c| view.relation(c) == Deprel::Xcomp && infinitive(c));
    let direct = clauses().find(|&v| view.relation(v) == Deprel::Acl && infinitive(v));
    direct.or_else(|| clauses().filter(|&v| aims(v)).find_map(below))
}

/// Where statements stand, joined and sorted.
struct Said(Vec<Span>);

impl Said {
    fn new(statements: &[Statement]) -> Self {
        let mut spans: Vec<Span> = statements.iter().filter_map(Statement::extent).collect();
        spans.sort();
        let mut joined: Vec<Span> = Vec::new();
        for span in spans {
            match joined.last_mut() {
                Some(last) if span.start <= last.end => *last = last.cover(span),
                _ => joined.push(span),
            }
        }
        Self(joined)
    }

    fn holds(&self, span: Span) -> bool {
        let from = self.0.partition_point(|s| s.end <= span.start);
        self.0.get(from).is_some_and(|s| s.overlaps(span))
    }
}
