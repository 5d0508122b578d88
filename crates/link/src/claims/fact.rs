//! Comparable units of one report: a value and what stands around it.

use super::scene::{Context, Scene};
use super::unsettled::{is_negation, is_unsettled};
use super::value::Value;
use lexicon::Lexicon;
use record::{Deprel, Evidence, QuantityKind, ReferentIx, ReferentKind, Slot, Span, TimeKind, Upos};

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
    /// The governing verb, as a token of its report.
    pub(crate) verb: Option<usize>,
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
        if !tells(scene, verb, &arguments, lexicon) {
            return None;
        }
        let event = super::scene::lemma_key(&scene.lemma(verb), lexicon)?;
        let denied = is_denied(scene, verb);
        let value = Value::Text(format!("{}{event:016x}", if denied { "not " } else { "" }));
        let mut fact = fact(scene, Slot::Event, value, clause(scene, verb), verb, idf, lexicon)?;
        if !denied {
            fact.shown.clone_from(&fact.topic);
        }
        Some(fact)
    });
    events.collect()
}

/// Whether a verb and its arguments tell something: a noun or name, not only a pronoun, has part in it; that
/// something is not settled is told elsewhere.
fn tells(scene: &Scene, verb: usize, arguments: &[usize], lexicon: &Lexicon) -> bool {
    let noun = |t: &&usize| matches!(scene.upos(**t), Some(Upos::Noun | Upos::Propn));
    let mut named = arguments.iter().filter(|t| scene.keys[**t].is_some()).filter(noun);
    named.next().is_some() && !is_unsettled(scene, verb, lexicon)
}

/// Whether a name stands for where something is: “in Arden”, not “Arden agreed”.
fn is_in(scene: &Scene, name: Span) -> bool {
    let reading = &scene.report.reading;
    let head = reading.head_of(reading.tokens_in(name));
    head.is_some_and(|head| matches!(scene.relation(head), Some(Deprel::Obl | Deprel::Nmod)))
}

/// A verb with its arguments, as far as neither numbers, times nor places where it happened stand between or in
/// them.
fn clause(scene: &Scene, verb: usize) -> Span {
    let reading = &scene.report.reading;
    let core = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Obj, Deprel::Obl];
    let mentions = &scene.report.findings.mentions;
    let plain = |span: &Span| {
        reading.quantities.overlapping(*span).next().is_none()
            && reading.times.overlapping(*span).next().is_none()
            && !mentions
                .overlapping(*span)
                .any(|(place, m)| m.kind == ReferentKind::Place && is_in(scene, place))
    };
    reading.children_by(verb, &core).fold(reading.tokens[verb], |span, argument| {
        let whole = reading.subtree(argument);
        let words = if whole.len() <= 8 { reading.span_of(whole) } else { None };
        let wide = words.map(|words| span.cover(words)).filter(plain);
        let narrow = || Some(span.cover(reading.tokens[argument])).filter(plain);
        wide.or_else(narrow).unwrap_or(span)
    })
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
        verb: governor,
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
