//! Agreements that are no values: the same words of one speaker, the same person in one role.

use super::scene::{Scene, lemma_key};
use crate::credits::Origins;
use lexicon::Lexicon;
use record::{
    ArticleIx, Claim, ClaimRelation, ClaimValue, Deprel, Evidence, Links, Made, MentionForm, ReferentIx,
    ReferentKind, Slot, VariantRelation,
};
use std::collections::{BTreeMap, BTreeSet};

/// Words from which the same quotation in two reports is worth a claim.
const WORDS: usize = 4;

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
