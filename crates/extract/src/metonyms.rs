//! A capital that speaks or deals with others stands for its state: “Moscow warned”, “talks between Paris and Rome”.

use crate::view::View;
use lexicon::Lexicon;
use record::{
    Deprel, Event, EventType, Layer, Mention, MentionForm, Participant, Referent, ReferentIx, ReferentKind,
    Span, Statement, Upos,
};

/// Says of each capital that speaks, acts, or is dealt with as a side whose government it is.
pub(crate) fn metonyms(
    lexicon: &Lexicon,
    referents: &mut [Referent],
    statements: &[Statement],
    events: &[Event],
) {
    let speaks = statements.iter().filter_map(|s| s.speaker.as_ref()?.referent);
    let acts = events.iter().filter_map(|e| e.actor.as_ref()?.referent);
    let met =
        events.iter().filter(|e| is_between_sides(e.kind)).filter_map(|e| e.recipient.as_ref()?.referent);
    let sides: Vec<ReferentIx> = speaks.chain(acts).chain(met).collect();
    for ReferentIx(index) in sides {
        let Some(referent) = referents.get_mut(index as usize) else { continue };
        let state = lexicon.states.capital(&referent.name).filter(|s| *s != referent.name);
        if referent.kind != ReferentKind::Person && referent.represents.is_none() {
            referent.represents = state.map(str::to_owned);
        }
    }
}

/// The mentions of a state or capital that stand for those who govern there, each with its state: who speaks, acts or is dealt
/// with as a side (“Moscow warned”, “talks with Paris”), whose word or envoy it is (“Rome's demands”). All others are the place
/// itself (“in Moscow”, “the road to Paris”).
pub(crate) fn mentions(
    view: &View<'_>,
    mentions: &Layer<Mention>,
    statements: &[Statement],
    events: &[Event],
) -> Layer<String> {
    let sides = sides(view, statements, events);
    let state = |span: Span| {
        let name = span.text(view.text());
        view.lexicon.states.state(name).or_else(|| view.lexicon.states.capital(name))
    };
    let place = |m: &Mention| m.kind != ReferentKind::Person && m.form == MentionForm::Name;
    let stands = |(span, _): (Span, &Mention)| {
        let head = view.head_of(view.reading.tokens_in(span))?;
        let governs =
            !is_where(view, head) && (sides.binary_search(&head).is_ok() || is_governing(view, head));
        Some((span, state(span).filter(|_| governs)?.to_owned()))
    };
    Layer::new(mentions.iter().filter(|(_, m)| place(m)).filter_map(stands).collect())
}

/// The words that head who speaks, who acts, and who is dealt with as a side; sorted.
fn sides(view: &View<'_>, statements: &[Statement], events: &[Event]) -> Vec<usize> {
    let head = |span: Span| view.head_of(view.reading.tokens_in(span));
    let speaks = statements.iter().filter_map(|s| head(s.source?));
    let acts = events.iter().filter_map(|e| e.actor.as_ref());
    let met = events.iter().filter(|e| is_between_sides(e.kind)).filter_map(|e| e.recipient.as_ref());
    let part = |p: &Participant| head(p.span);
    let mut all: Vec<usize> = speaks.chain(acts.chain(met).filter_map(part)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Whether a name stands in a phrase that tells where something is or leads.
fn is_where(view: &View<'_>, head: usize) -> bool {
    let case = view.child(head, &[Deprel::Case]).map(|c| view.word(c).to_lowercase());
    let place = |p: String| {
        matches!(
            p.as_str(),
            "in" | "at"
                | "near"
                | "inside"
                | "outside"
                | "across"
                | "around"
                | "into"
                | "through"
                | "over"
                | "throughout"
                | "off"
        )
    };
    case.is_some_and(place)
}

/// Whether a name is the subject of what only people do, or owns what only they have: a word, a demand, an envoy.
fn is_governing(view: &View<'_>, head: usize) -> bool {
    let Some(above) = view.head(head) else { return false };
    let speech = &view.lexicon.speech;
    let speaks = || {
        let reports = speech.verb(&view.lemma(above));
        view.is(above, Upos::Verb) && (reports.speech || reports.thought)
    };
    let noun = view.lemma(above);
    let official = || view.lexicon.people.role(&noun).is_some() || view.lexicon.events.is_of("demand", &noun);
    match view.relation(head) {
        Deprel::Nsubj => speaks(),
        Deprel::NmodPoss => speech.is_saying(&noun) || official(),
        _ => false,
    }
}

/// Whether whoever receives such a deed is a side, not a town: one talks with a government, and shells a town.
fn is_between_sides(kind: EventType) -> bool {
    use EventType::*;
    matches!(kind, Agree | Consult | Support | Concede | Request | Accuse | Reject | Threaten | Sanction)
}
