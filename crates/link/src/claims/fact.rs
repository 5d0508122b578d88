//! Comparable units of one report: a value and what stands around it.

use super::scene::{Context, Scene};
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
    /// The token the value hangs on.
    pub(crate) token: usize,
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
    facts.retain(|fact| !scene.report.article.is_boilerplate(fact.evidence.span));
    facts.sort_by_key(|fact| (fact.evidence.span, fact.slot));
    facts
}

fn quantities(scene: &Scene, idf: &dyn Fn(u64) -> f64, lexicon: &Lexicon) -> Vec<Fact> {
    let reading = &scene.report.reading;
    let numbers = reading.quantities.iter().filter_map(|(span, quantity)| {
        let slot = match quantity.kind {
            QuantityKind::Count => Slot::Count,
            QuantityKind::Money => Slot::Money,
            QuantityKind::Magnitude => Slot::Magnitude,
            QuantityKind::Percent | QuantityKind::Measure => Slot::Measure,
            QuantityKind::Age => Slot::Age,
            QuantityKind::Plain => Slot::Count,
            QuantityKind::Ordinal => return None,
        };
        let token = reading.head_of(reading.tokens_in(span))?;
        let head = quantity.head.map_or(token, |h| h as usize);
        let whole =
            reading.tokens.get(head).map_or(span, |h| if near(span, *h) { span.cover(*h) } else { span });
        Some((fact(scene, slot, Value::of_quantity(quantity), whole, head, idf, lexicon)?, token))
    });
    numbers.map(|(fact, _)| fact).collect()
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
        token,
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
