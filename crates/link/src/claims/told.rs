//! Agreements that are no values: the same words of one speaker, the same person in one role.

use super::Compared;
use super::scene::{Scene, lemma_key};
use crate::credits::Origins;
use crate::words::in_order;
use lexicon::Lexicon;
use record::{
    ArticleIx, Claim, ClaimRelation, ClaimValue, Deprel, Evidence, Links, Made, MentionForm, ReferentIx,
    ReferentKind, Slot, VariantRelation,
};
use std::collections::{BTreeMap, BTreeSet};

/// Words from which the same quotation in two reports is worth a claim.
const WORDS: usize = 4;

/// Words of a quotation that is compared word by word.
const SHORTEST: usize = 6;
const LONGEST: usize = 120;
/// Share of the longer quotation's words that the other must have in order: less is another translation.
const ALIKE: f64 = 0.7;

/// One claim for each utterance that two reports give in the same words.
pub(crate) fn quotes(scenes: &[Scene], links: &Links, origins: &Origins) -> Vec<Claim> {
    let utterances = links.utterances.iter().filter_map(|utterance| {
        let same = |r| matches!(r, VariantRelation::Verbatim | VariantRelation::Trimmed);
        let evidence: Vec<Evidence> =
            utterance.variants.iter().filter(|v| same(v.relation)).map(|v| v.evidence).collect();
        let first = *evidence.first()?;
        let words = first.span.text(scenes.get(first.article.0 as usize)?.text());
        let speaker = utterance.speaker_name.clone().unwrap_or_else(|| "an unnamed speaker".to_owned());
        let long = words.split_whitespace().count() >= WORDS;
        long.then(|| agree(Slot::Quote, format!("words of {speaker}"), words, evidence, origins))?
    });
    utterances.collect()
}

/// One conflict for each utterance whose quotation two reports give with other words in it: nearly all of it is the
/// same, in order, and each has a word that says something where the other has another.
pub(crate) fn altered(compared: &Compared, links: &Links) -> Vec<Claim> {
    let mut claims = Vec::new();
    for utterance in &links.utterances {
        let quoted: Vec<(Evidence, Vec<String>)> = utterance
            .variants
            .iter()
            .filter_map(|v| Some((v.evidence, quoted_words(compared, v.evidence)?)))
            .collect();
        let Some((first, words)) = quoted.first() else { continue };
        let other = quoted.iter().skip(1).find_map(|(e, other)| {
            let differing =
                replaced(words, other, compared.lexicon).filter(|_| e.article != first.article)?;
            Some((*e, differing))
        });
        let Some((second, differing)) = other else { continue };
        let speaker = utterance.speaker_name.clone().unwrap_or_else(|| "an unnamed speaker".to_owned());
        let value = |e: Evidence| {
            let text = compared.scenes[e.article.0 as usize].text();
            let words = e.span.text(text).split_whitespace().collect::<Vec<_>>().join(" ");
            ClaimValue {
                value: words.clone(),
                number: None,
                unit: None,
                text: Some(words),
                evidence: vec![e],
            }
        };
        claims.push(Claim {
            topic: format!("words of {speaker}"),
            slot: Slot::Quote,
            relation: ClaimRelation::Conflict,
            reason: format!("one quotation with other words: “{}” / “{}”", differing.0, differing.1),
            values: vec![value(*first), value(second)],
            independent_origins: compared.origins.count([first.article, second.article].into_iter()),
            confidence: 0.7,
            made_by: Made::by("rule:link/claim-altered@1"),
        });
    }
    claims
}

/// The words of evidence that stands in quotation marks, folded.
fn quoted_words(compared: &Compared, evidence: Evidence) -> Option<Vec<String>> {
    let text = compared.scenes.get(evidence.article.0 as usize)?.text();
    let (before, after) =
        (text.get(..evidence.span.start as usize)?, text.get(evidence.span.end as usize..)?);
    let mark = |c: char| matches!(c, '"' | '“' | '”' | '«' | '»' | '‘' | '’' | '\'');
    let inside = evidence.span.text(text);
    let opened = before.trim_end().ends_with(mark) || inside.starts_with(mark);
    let closed = after.trim_start().starts_with(mark) || inside.ends_with(mark);
    let words: Vec<String> =
        crate::words::spans(inside).map(|w| crate::words::folded(w.text(inside))).collect();
    ((opened || closed) && (SHORTEST..=LONGEST).contains(&words.len())).then_some(words)
}

/// The words that say something which each of two nearly equal quotations has and the other has not; `None` where one
/// has none, or where they are too unlike to be one quotation in one language.
fn replaced(a: &[String], b: &[String], lexicon: &Lexicon) -> Option<(String, String)> {
    let common = in_order(a, b);
    let alike = common as f64 >= ALIKE * a.len().max(b.len()) as f64;
    let own = |x: &[String], y: &[String]| {
        let own = x.iter().filter(|w| !y.contains(w) && !lexicon.topics.is_stop(w) && w.len() > 2);
        own.cloned().collect::<Vec<_>>().join(" ")
    };
    let (left, right) = (own(a, b), own(b, a));
    let other = crate::words::stem(&left) != crate::words::stem(&right);
    (alike && other && !left.is_empty() && !right.is_empty()).then_some((left, right))
}

/// One claim for each person whom two reports name in the same role.
pub(crate) fn roles(
    scenes: &[Scene],
    links: &Links,
    entity_of: &BTreeMap<(ArticleIx, ReferentIx), u32>,
    origins: &Origins,
    lexicon: &Lexicon,
) -> Vec<Claim> {
    let mut found: BTreeMap<(u32, u64), (String, Vec<Evidence>)> = BTreeMap::new();
    for scene in scenes {
        for (span, mention) in scene.report.findings.mentions.iter() {
            let person = mention.kind == ReferentKind::Person && mention.form == MentionForm::Name;
            let entity = mention.referent.filter(|_| person).and_then(|r| entity_of.get(&(scene.article, r)));
            let reading = &scene.report.reading;
            let head = reading.head_of(reading.tokens_in(span));
            let (Some(&entity), Some(head)) = (entity, head) else { continue };
            for role in role_tokens(scene, head, lexicon) {
                let Some(key) = lemma_key(&scene.lemma(role), lexicon) else { continue };
                let evidence = scene.evidence(reading.tokens[role].cover(span));
                let entry = found.entry((entity, key)).or_insert_with(|| (scene.lemma(role), Vec::new()));
                entry.1.push(evidence);
            }
        }
    }
    let claims = found.into_iter().filter_map(|((entity, _), (role, evidence))| {
        let name = &links.entities.get(entity as usize)?.name;
        agree(Slot::Person, format!("who is the {role}"), name, evidence, origins)
    });
    claims.collect()
}

/// Nouns for people that stand beside a name: `Governor X`, `X, the agent`.
fn role_tokens(scene: &Scene, head: usize, lexicon: &Lexicon) -> Vec<usize> {
    let reading = &scene.report.reading;
    let beside = [Deprel::Compound, Deprel::Appos, Deprel::Nmod, Deprel::Flat];
    let mut tokens: Vec<usize> = reading.children_by(head, &beside).collect();
    let above = scene.relation(head).filter(|r| [Deprel::Appos, Deprel::Flat].contains(r));
    tokens.extend(above.and_then(|_| scene.head(head)));
    tokens.retain(|&t| lexicon.people.role(&scene.lemma(t)).is_some());
    tokens
}

/// An agreement, if its evidence is from two reports; the first place of each report counts.
fn agree(
    slot: Slot,
    topic: String,
    value: &str,
    mut evidence: Vec<Evidence>,
    origins: &Origins,
) -> Option<Claim> {
    evidence.sort_unstable();
    evidence.dedup_by_key(|e| e.article);
    let articles: BTreeSet<ArticleIx> = evidence.iter().map(|e| e.article).collect();
    (articles.len() > 1).then(|| Claim {
        reason: format!("same {slot} in {} reports: {topic}", articles.len()),
        topic,
        slot,
        relation: ClaimRelation::Agree,
        values: vec![ClaimValue {
            value: value.to_owned(),
            number: None,
            unit: None,
            text: Some(value.to_owned()),
            evidence,
        }],
        independent_origins: origins.count(articles.into_iter()),
        confidence: 0.8,
        made_by: Made::by("rule:link/claim-told@1"),
    })
}
