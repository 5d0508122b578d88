//! One quoted sentence in other words.

use super::Compared;
use super::scene::Scene;
use crate::words::{folded, in_order, spans, stem};
use lexicon::Lexicon;
use record::{Claim, ClaimRelation, ClaimValue, Evidence, Form, Made, Slot, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Words of a quoted sentence that is compared word by word.
const SHORTEST: usize = 6;
const LONGEST: usize = 60;
/// Share of the longer sentence's words that the other must have in order: less is another translation.
const ALIKE: f64 = 0.7;
/// Places of one word that propose pairs; a commoner word proposes none.
const POSTINGS: usize = 40;

/// A sentence that a report quotes.
struct Quoted {
    part: usize,
    speaker: Option<u32>,
    words: Vec<String>,
    evidence: Evidence,
}

/// One conflict for each sentence of one speaker that two reports quote with other words in it: nearly all of it is the same, in
/// order, and each has a word that says something where the other has another.
pub(crate) fn claims(compared: &Compared) -> Vec<Claim> {
    let quoted: Vec<Quoted> =
        (0..compared.scenes.len()).flat_map(|report| quoted(compared, report)).collect();
    let mut pairs = candidates(&quoted, compared.lexicon);
    let mut used = BTreeSet::new();
    pairs.sort_by_key(|&(a, b)| (quoted[a].evidence, quoted[b].evidence));
    let claims = pairs.into_iter().filter_map(|(a, b)| {
        let claim = pair(&quoted[a], &quoted[b], compared)?;
        let (first, second) = (used.insert(a), used.insert(b));
        (first || second).then_some(claim)
    });
    claims.collect()
}

fn quoted(compared: &Compared, report: usize) -> Vec<Quoted> {
    let scene = &compared.scenes[report];
    let direct =
        scene.report.findings.statements.iter().filter(|s| matches!(s.form, Form::Direct | Form::Mixed));
    let mut found = Vec::new();
    for statement in direct {
        let referent = statement.speaker.as_ref().and_then(|s| s.referent);
        let entity = referent.and_then(|r| compared.entity_of.get(&(scene.article, r))).copied();
        let named = |e: &u32| compared.entities.get(*e as usize).is_some_and(|e| e.named);
        let pieces = statement.content.iter().filter(|span| is_quoted(scene, **span));
        for span in pieces.flat_map(|span| sentences(scene, *span)) {
            let words: Vec<String> = spans(span.text(scene.text()))
                .map(|w| folded(w.text(span.text(scene.text()))))
                .filter(|w| w != "is" && w != "s")
                .collect();
            if (SHORTEST..=LONGEST).contains(&words.len()) && !scene.report.article.is_boilerplate(span) {
                let (part, speaker) = (compared.parts[report], entity.filter(named));
                found.push(Quoted { part, speaker, words, evidence: scene.evidence(span) });
            }
        }
    }
    found
}

/// Whether a span stands in quotation marks.
fn is_quoted(scene: &Scene, span: Span) -> bool {
    let mark = |c: char| matches!(c, '"' | '“' | '”' | '«' | '»' | '‘' | '’' | '\'' | '`');
    let text = scene.text();
    let before = text.get(..span.start as usize).unwrap_or_default();
    let after = text.get(span.end as usize..).unwrap_or_default();
    let inside = span.text(text);
    (before.trim_end().ends_with(mark) || inside.starts_with(mark))
        && (after.trim_start_matches([',', '.', ' ']).starts_with(mark) || inside.ends_with(mark))
}

/// The parts of a span that stand in one sentence each.
fn sentences(scene: &Scene, span: Span) -> Vec<Span> {
    let reading = &scene.report.reading;
    let tokens = reading.tokens_in(span).range();
    let of = |t: usize| reading.sentence_of(t);
    let (Some(first), Some(last)) = (of(tokens.start), tokens.end.checked_sub(1).and_then(of)) else {
        return Vec::new();
    };
    let whole = reading.sentences.get(first..=last).unwrap_or_default();
    whole.iter().filter_map(|s| reading.span_of(s.tokens)?.intersection(span)).collect()
}

/// Pairs of different reports of one part that share a word which says something.
fn candidates(quoted: &[Quoted], lexicon: &Lexicon) -> Vec<(usize, usize)> {
    let mut postings: BTreeMap<(usize, &str), BTreeSet<usize>> = BTreeMap::new();
    for (i, sentence) in quoted.iter().enumerate() {
        for word in sentence.words.iter().filter(|w| w.len() > 3 && !lexicon.topics.is_stop(w)) {
            postings.entry((sentence.part, word)).or_default().insert(i);
        }
    }
    let mut pairs = BTreeSet::new();
    for places in postings.into_values().filter(|places| places.len() <= POSTINGS) {
        for &a in &places {
            pairs.extend(places.range(a + 1..).map(|&b| (a, b)));
        }
    }
    let apart = |(a, b): &(usize, usize)| quoted[*a].evidence.article != quoted[*b].evidence.article;
    pairs.into_iter().filter(apart).collect()
}

fn pair(a: &Quoted, b: &Quoted, compared: &Compared) -> Option<Claim> {
    let longer = a.words.len().max(b.words.len()) as f64;
    let alike = in_order(&a.words, &b.words) as f64 >= ALIKE * longer;
    let speaker = a.speaker.filter(|_| alike && a.speaker == b.speaker)?;
    let (mine, other) = replaced(&a.words, &b.words, compared.lexicon)?;
    let name = &compared.entities.get(speaker as usize)?.name;
    let articles = [a, b].map(|side| side.evidence.article).into_iter();
    Some(Claim {
        topic: format!("words of {name}"),
        slot: Slot::Quote,
        relation: ClaimRelation::Conflict,
        reason: format!("one quotation with other words: “{mine}” / “{other}”"),
        values: [a, b].map(|side| value(side, compared)).to_vec(),
        independent_origins: compared.origins.count(articles),
        confidence: 0.7,
        made_by: Made::by("rule:link/claim-wording@1"),
    })
}

fn value(side: &Quoted, compared: &Compared) -> ClaimValue {
    let words = compared.words(side.evidence);
    ClaimValue {
        value: words.clone(),
        number: None,
        unit: None,
        text: Some(words),
        evidence: vec![side.evidence],
    }
}

/// The words that say something which each of two nearly equal sentences has and the other has not; `None` where one has none.
fn replaced(a: &[String], b: &[String], lexicon: &Lexicon) -> Option<(String, String)> {
    let own = |x: &[String], y: &[String]| {
        let own = x.iter().filter(|w| !y.contains(w) && !lexicon.topics.is_stop(w) && w.len() > 2);
        own.cloned().collect::<Vec<_>>().join(" ")
    };
    let (left, right) = (own(a, b), own(b, a));
    let joined = |words: &str| words.replace(' ', "");
    let other = stem(&left) != stem(&right) && joined(&left) != joined(&right);
    (other && !left.is_empty() && !right.is_empty()).then_some((left, right))
}
