//! One quoted sentence in other words.

use super::Compared;
use super::scene::Scene;
use super::speakers::is_sure;
use crate::words::{folded, in_order, spans, stem};
use lexicon::Lexicon;
use record::{Claim, ClaimRelation, ClaimValue, Evidence, Form, Made, Slot, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Words of a quoted sentence that is compared word by word.
const SHORTEST: usize = 6;
const LONGEST: usize = 60;
/// Share of the longer sentence's words that the other must have in order: less is another translation.
const ALIKE: f64 = 0.7;
/// Share of the longer sentence's words that the shorter has if it is the same turned round.
const TURNED: f64 = 0.7;
/// Share of the shorter sentence's words in order from which it is the longer one with words left out or in.
const KEPT: f64 = 0.9;
/// Places of one word that propose pairs; a commoner word proposes none.
const POSTINGS: usize = 40;

/// A sentence that a report quotes.
pub(crate) struct Quoted {
    pub(crate) part: usize,
    pub(crate) speaker: Option<u32>,
    /// There is no doubt who speaks.
    pub(crate) sure: bool,
    pub(crate) words: Vec<String>,
    /// The words begin and end as a sentence does.
    whole: bool,
    pub(crate) evidence: Evidence,
}

/// One conflict for each sentence of one speaker that two reports quote with other words in it: nearly all of it is the same, in
/// order, and each has a word that says something where the other has another.
pub(crate) fn claims(quoted: &[Quoted], compared: &Compared) -> Vec<Claim> {
    let mut pairs = candidates(quoted, compared.lexicon);
    let mut used = BTreeSet::new();
    pairs.sort_by_key(|&(a, b)| (quoted[a].evidence, quoted[b].evidence));
    let claims = pairs.into_iter().filter_map(|(a, b)| {
        let claim = pair(&quoted[a], &quoted[b], compared)?;
        let (first, second) = (used.insert(a), used.insert(b));
        (first || second).then_some(claim)
    });
    claims.collect()
}

/// The sentences that reports quote.
pub(crate) fn quoted(compared: &Compared) -> Vec<Quoted> {
    (0..compared.scenes.len()).flat_map(|report| quoted_in(compared, report)).collect()
}

fn quoted_in(compared: &Compared, report: usize) -> Vec<Quoted> {
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
                let whole = is_whole(span.text(scene.text()));
                let evidence = scene.evidence(span);
                found.push(Quoted { part, speaker, sure: is_sure(scene, statement), words, whole, evidence });
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

/// Whether quoted words begin with a capital and end with a stop, or with the comma before who says them.
fn is_whole(words: &str) -> bool {
    let words =
        words.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '‘' | '’' | '\''));
    words.starts_with(char::is_uppercase) && words.ends_with(['.', ',', '!', '?'])
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
        let says = |w: &&String| w.len() > 3 && !lexicon.topics.is_stop(w);
        let silent = !sentence.words.iter().any(|w| says(&w));
        for word in sentence.words.iter().filter(|w| says(w) || silent && w.len() > 3) {
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
    let speaker = a.speaker.filter(|_| a.speaker == b.speaker)?;
    let (mine, other) = replaced(&a.words, &b.words, compared.lexicon)
        .filter(|_| alike)
        .or_else(|| is_turned(a, b).then(|| (a.words.join(" "), b.words.join(" "))))?;
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
        made_by: Made::by("rule:link/claim-wording@2"),
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

/// Whether two whole sentences are of the same words in another order: all words of the shorter stand in the longer, which has
/// not many more, but they cannot be had by leaving some out.
fn is_turned(a: &Quoted, b: &Quoted) -> bool {
    let (short, long) = if a.words.len() <= b.words.len() { (a, b) } else { (b, a) };
    let within = short.words.iter().all(|word| long.words.contains(word));
    let alike = short.words.len() as f64 >= TURNED * long.words.len() as f64;
    let kept = in_order(&a.words, &b.words) as f64;
    a.whole && b.whole && within && alike && kept < KEPT * short.words.len() as f64
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
