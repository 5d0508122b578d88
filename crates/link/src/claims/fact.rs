//! Comparable units of one report: a value and what stands around it.

use super::scene::{Context, Scene};
use super::unsettled::is_negation;
use super::value::Value;
use lexicon::Lexicon;
use record::{Deprel, Evidence, QuantityKind, ReferentIx, Slot, Span, TimeKind, Upos};

/// A value that one report gives.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    pub(crate) slot: Slot,
    pub(crate) value: Value,
    /// As shown.
    pub(crate) shown: String,
    pub(crate) evidence: Evidence,
    /// Whether the words name what is counted or measured: a bare number is never set against another.
    pub(crate) named: bool,
    /// Key of what is counted, measured or dated.
    pub(crate) head: Option<u64>,
    /// Key of the governing verb.
    pub(crate) event: Option<u64>,
    /// Words of the question: what is counted, and the verb.
    pub(crate) topic: String,
    pub(crate) context: Context,
    /// Days and years named in the sentence, for telling events apart.
    pub(crate) dates: Vec<String>,
    /// Who speaks, if somebody does.
    pub(crate) speaker: Option<ReferentIx>,
}

/// All facts of a report, in text order.
pub(crate) fn facts(scene: &Scene, idf: &dyn Fn(u64) -> f64, lexicon: &Lexicon) -> Vec<Fact> {
    let mut facts = quantities(scene, idf, lexicon);
    facts.extend(times(scene, idf, lexicon));
    facts.extend(events(scene, idf, lexicon));
    facts.retain(|fact| !scene.report.article.is_boilerplate(fact.evidence.span));
    facts.sort_by_key(|fact| (fact.evidence.span, fact.slot));
    facts
}

fn quantities(scene: &Scene, idf: &dyn Fn(u64) -> f64, lexicon: &Lexicon) -> Vec<Fact> {
    let reading = &scene.report.reading;
    let numbers = reading.quantities.iter().filter_map(|(span, quantity)| {
        let slot = slot_of(quantity.kind)?;
        let token = reading.head_of(reading.tokens_in(span))?;
        let head = quantity.head.map_or(token, |h| h as usize);
        let whole =
            reading.tokens.get(head).map_or(span, |h| if near(span, *h) { span.cover(*h) } else { span });
        let mut fact = fact(scene, slot, Value::of_quantity(quantity), whole, head, idf, lexicon)?;
        fact.named = quantity.kind != QuantityKind::Plain;
        match slot {
            Slot::Age => fact.head = scene.nearest_entity(token, 2).map(u64::from),
            Slot::Count => {}
            _ => drop(scene.keys[head].and_then(|unit| fact.context.remove(&unit))),
        }
        Some(fact)
    });
    numbers.collect()
}

fn slot_of(kind: QuantityKind) -> Option<Slot> {
    match kind {
        QuantityKind::Count | QuantityKind::Plain => Some(Slot::Count),
        QuantityKind::Money => Some(Slot::Money),
        QuantityKind::Magnitude => Some(Slot::Magnitude),
        QuantityKind::Percent | QuantityKind::Measure => Some(Slot::Measure),
        QuantityKind::Age => Some(Slot::Age),
        QuantityKind::Ordinal => None,
    }
}

fn near(a: Span, b: Span) -> bool {
    a.cover(b).len() <= a.len() + b.len() + 40
}

fn times(scene: &Scene, idf: &dyn Fn(u64) -> f64, lexicon: &Lexicon) -> Vec<Fact> {
    let reading = &scene.report.reading;
    let times = reading.times.iter().filter_map(|(span, time)| {
        let slot = match time.kind {
            TimeKind::Date => Slot::Date,
            TimeKind::Time => Slot::Time,
            TimeKind::Duration => Slot::Duration,
            TimeKind::Set => return None,
        };
        let value = Value::of_time(time, span.text(scene.text()))?;
        let token = reading.head_of(reading.tokens_in(span))?;
        let governor = scene.governor(token)?;
        let mut fact = fact(scene, slot, value, span, governor, idf, lexicon)?;
        fact.head = scene.head(token).and_then(|h| scene.keys[h]);
        Some(fact)
    });
    times.collect()
}

/// Whether a negation belongs to the verb itself, or to its subject or object.
fn is_denied(scene: &Scene, verb: usize) -> bool {
    let reading = &scene.report.reading;
    let own = [Deprel::Advmod, Deprel::Nsubj, Deprel::NsubjPass, Deprel::Obj, Deprel::Cc, Deprel::CcPreconj];
    let mut near = reading.children_by(verb, &own);
    near.any(|t| {
        is_negation(scene, t) || reading.children_by(t, &[Deprel::Det]).any(|d| is_negation(scene, d))
    })
}

/// What happened according to the report: each verb with a subject or an object, affirmed or denied.
fn events(scene: &Scene, idf: &dyn Fn(u64) -> f64, lexicon: &Lexicon) -> Vec<Fact> {
    let reading = &scene.report.reading;
    let core = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Obj, Deprel::Obl];
    let verbs =
        (0..reading.tokens.len()).filter(|&t| scene.upos(t) == Some(Upos::Verb) && scene.keys[t].is_some());
    let events = verbs.filter_map(|verb| {
        let arguments: Vec<usize> = reading.children_by(verb, &core).collect();
        arguments.iter().find(|t| scene.keys[**t].is_some())?;
        let event = super::scene::lemma_key(&scene.lemma(verb), lexicon)?;
        let denied = is_denied(scene, verb);
        let value = Value::Text(format!("{}{event:016x}", if denied { "not " } else { "" }));
        let span = arguments.iter().fold(reading.tokens[verb], |span, &argument| {
            let whole = reading.subtree(argument);
            let words = if whole.len() <= 8 { reading.span_of(whole) } else { None };
            span.cover(words.unwrap_or(reading.tokens[argument]))
        });
        fact(scene, Slot::Event, value, span, verb, idf, lexicon)
    });
    events.collect()
}

fn fact(
    scene: &Scene,
    slot: Slot,
    value: Value,
    span: Span,
    token: usize,
    idf: &dyn Fn(u64) -> f64,
    lexicon: &Lexicon,
) -> Option<Fact> {
    let context = scene.context(token, idf);
    if context.is_empty() {
        return None;
    }
    let governor = if scene.upos(token) == Some(Upos::Verb) { Some(token) } else { scene.governor(token) };
    let evidence = scene.evidence(span);
    let speaker = evidence
        .said_in
        .and_then(|s| scene.report.findings.statement(s))
        .and_then(|s| s.speaker.as_ref()?.referent);
    Some(Fact {
        slot,
        shown: span.text(scene.text()).split_whitespace().collect::<Vec<_>>().join(" "),
        value,
        evidence,
        named: true,
        head: scene.keys[token],
        event: governor.and_then(|g| super::scene::lemma_key(&scene.lemma(g), lexicon)),
        topic: topic(scene, token, governor),
        dates: dates(scene, token),
        context,
        speaker,
    })
}

/// The phrase around a token without its numbers, and the verb that governs it.
fn topic(scene: &Scene, token: usize, governor: Option<usize>) -> String {
    let reading = &scene.report.reading;
    let kept = [Deprel::Amod, Deprel::Compound, Deprel::Nmod, Deprel::NsubjPass, Deprel::Nsubj, Deprel::Obj];
    let mut tokens: Vec<usize> =
        reading.children_by(token, &kept).filter(|t| scene.keys[*t].is_some()).take(3).collect();
    tokens.push(token);
    tokens.extend(governor.filter(|g| *g != token && scene.keys[*g].is_some()));
    tokens.sort_unstable();
    tokens.dedup();
    tokens.into_iter().map(|t| reading.word(scene.text(), t)).collect::<Vec<_>>().join(" ")
}

/// Calendar values that name a day, month or year in the token's sentence.
fn dates(scene: &Scene, token: usize) -> Vec<String> {
    let Some(sentence) = scene.sentence(token) else { return Vec::new() };
    let times = scene.report.reading.times.within(sentence).filter(|(_, t)| t.kind == TimeKind::Date);
    let values = times.filter_map(|(_, t)| t.value.clone());
    values.filter(|v| v.starts_with(|c: char| c.is_ascii_digit())).collect()
}
