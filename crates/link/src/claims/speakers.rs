//! One quotation that reports give to different speakers.

use super::Compared;
use super::scene::Scene;
use super::wordings::Quoted;
use record::{
    ArticleIx, Claim, ClaimRelation, ClaimValue, Evidence, Made, MentionForm, ReferentKind, Slot, Statement,
};
use std::collections::{BTreeMap, BTreeSet};

/// Bytes between a quotation and the words for who says it.
const FAR: usize = 60;

/// A quoted sentence and its speaker.
type Said<'q> = (&'q Quoted, u32);

/// One conflict for each sentence that reports quote in the same words and give to people of different names.
pub(crate) fn claims(quoted: &[Quoted], compared: &Compared) -> Vec<Claim> {
    let mut sentences: BTreeMap<(usize, &[String]), Vec<Said>> = BTreeMap::new();
    for sentence in quoted {
        if let Some(speaker) = sentence.speaker.filter(|s| sentence.sure && is_person(*s, compared)) {
            sentences.entry((sentence.part, &sentence.words)).or_default().push((sentence, speaker));
        }
    }
    sentences.into_values().filter_map(|said| claim(&said, compared)).collect()
}

fn claim(said: &[Said], compared: &Compared) -> Option<Claim> {
    let speakers: BTreeSet<u32> = said.iter().map(|(_, speaker)| *speaker).collect();
    let names: Vec<&str> = speakers.iter().map(|s| name(*s, compared)).collect();
    let articles: BTreeSet<ArticleIx> = said.iter().map(|(q, _)| q.evidence.article).collect();
    let apart = articles.len() == said.len() && compared.origins.count(articles.iter().copied()) > 1;
    if speakers.len() < 2 || !apart || share_a_word(&names) {
        return None;
    }
    let value = |speaker: &u32| ClaimValue {
        value: name(*speaker, compared).to_owned(),
        number: None,
        unit: None,
        text: Some(name(*speaker, compared).to_owned()),
        evidence: said.iter().filter(|(_, s)| s == speaker).map(|(q, _)| with_source(q, compared)).collect(),
    };
    Some(Claim {
        topic: format!("who said “{}”", compared.words(said.first()?.0.evidence)),
        slot: Slot::Attribution,
        relation: ClaimRelation::Conflict,
        reason: format!("one quotation, given to {}", names.join(" / ")),
        values: speakers.iter().map(value).collect(),
        independent_origins: compared.origins.count(articles.into_iter()),
        confidence: 0.7,
        made_by: Made::by("rule:link/claim-speaker@1"),
    })
}

/// Bytes of what a statement says.
fn said(statement: &Statement) -> usize {
    statement.content.iter().map(|span| span.len()).sum()
}

/// A quotation together with the words for who says it.
fn with_source(quoted: &Quoted, compared: &Compared) -> Evidence {
    let evidence = quoted.evidence;
    let scene = compared.scenes.get(evidence.article.0 as usize);
    let statement = scene.and_then(|s| s.report.findings.statement(s.said_in(evidence.span)?));
    let source = statement.and_then(|statement| statement.source);
    source.map_or(evidence, |source| Evidence { span: evidence.span.cover(source), ..evidence })
}

fn name<'c>(speaker: u32, compared: &Compared<'c>) -> &'c str {
    compared.entities.get(speaker as usize).map_or("", |entity| entity.name.as_str())
}

fn is_person(speaker: u32, compared: &Compared) -> bool {
    compared.entities.get(speaker as usize).is_some_and(|e| e.named && e.kind == ReferentKind::Person)
}

/// Whether there is no doubt who speaks: the words for the source hold the name.
pub(crate) fn is_sure(scene: &Scene, statement: &Statement) -> bool {
    let Some(source) = statement.source else { return false };
    let speaker = statement.speaker.as_ref().and_then(|s| s.referent);
    let mut mentions = scene.report.findings.mentions.within(source);
    let near = statement.extent().is_some_and(|extent| extent.len() <= source.len() + FAR + said(statement));
    speaker.is_some() && near && mentions.any(|(_, m)| m.form == MentionForm::Name && m.referent == speaker)
}

/// Whether two names may mean one person: “Ana Venn” and “Mayor Venn”.
fn share_a_word(names: &[&str]) -> bool {
    let words =
        |name: &str| name.to_lowercase().split_whitespace().map(str::to_owned).collect::<BTreeSet<_>>();
    names.iter().enumerate().any(|(i, a)| names[i + 1..].iter().any(|b| !words(a).is_disjoint(&words(b))))
}
