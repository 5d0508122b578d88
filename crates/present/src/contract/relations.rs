//! The lines between reports: claims, utterances, copies, stories.

use super::quote::{Quote, Source};
use super::report::statement_id;
use super::{Lines, entity_id, rounded};
use record::{ArticleIx, Claim, ClaimValue, Copy, Entity, Evidence, Joined, Links, Report, Story, Utterance};
use serde::Serialize;

pub(super) fn write(sources: &[Source<'_>], links: &Links, lines: &mut Lines) {
    let relations = Relations { sources, links };
    links.claims.iter().zip(1..).for_each(|(claim, n)| lines.push(&relations.claim(n, claim)));
    links
        .utterances
        .iter()
        .zip(1..)
        .for_each(|(utterance, n)| lines.push(&relations.utterance(n, utterance)));
    links.copies.iter().for_each(|copy| lines.push(&relations.copy(copy)));
}

pub(super) fn story<'a>(reports: &'a [Report], story: &'a Story) -> StoryLine<'a> {
    let members: Vec<&Report> = story.articles.iter().filter_map(|ix| reports.get(ix.0 as usize)).collect();
    StoryLine {
        kind: "story",
        id: &story.id,
        title: story.title.as_deref(),
        articles: members.iter().map(|r| r.article.id.to_string()).collect(),
        sources: members.iter().map(|r| r.article.source.as_str()).collect(),
        from: story.from.as_deref(),
        to: story.to.as_deref(),
        entities: &story.entities,
        joined: story.joined.iter().filter_map(|joined| joined_field(reports, joined)).collect(),
        before: &story.before,
    }
}

fn joined_field<'a>(reports: &'a [Report], joined: &'a Joined) -> Option<JoinedField<'a>> {
    let article = &reports.get(joined.article.0 as usize)?.article;
    let with = &reports.get(joined.with.0 as usize)?.article;
    Some(JoinedField {
        source: &article.source,
        with: &with.source,
        similarity: rounded(joined.similarity),
        because: &joined.words,
    })
}

struct Relations<'r> {
    sources: &'r [Source<'r>],
    links: &'r Links,
}

impl<'r> Relations<'r> {
    fn source(&self, article: ArticleIx) -> Option<&'r Source<'r>> {
        self.sources.get(article.0 as usize)
    }

    fn article_id(&self, article: ArticleIx) -> Option<&'r str> {
        self.source(article).map(|s| s.id.as_str())
    }

    fn claim(&self, number: u32, claim: &'r Claim) -> ClaimLine<'r> {
        ClaimLine {
            kind: "claim",
            id: format!("c{number}"),
            topic: &claim.topic,
            slot: claim.slot.as_str(),
            relation: claim.relation.as_str(),
            values: claim.values.iter().map(|v| self.value(v)).collect(),
            independent_origins: claim.independent_origins,
            reason: &claim.reason,
            confidence: rounded(claim.confidence),
            made_by: claim.made_by.as_str(),
        }
    }

    fn value(&self, value: &'r ClaimValue) -> ValueField<'r> {
        ValueField {
            value: &value.value,
            normalised: Normalised::of(value),
            evidence: self.evidence(&value.evidence),
        }
    }

    fn evidence(&self, evidence: &[Evidence]) -> Vec<EvidenceField<'r>> {
        evidence.iter().filter_map(|e| self.words(e)).collect()
    }

    fn words(&self, evidence: &Evidence) -> Option<EvidenceField<'r>> {
        let source = self.source(evidence.article)?;
        Some(EvidenceField {
            article: &source.id,
            source: &source.report.article.source,
            at: source.points.quote(evidence.span),
            said_in: evidence.said_in.map(statement_id),
        })
    }

    fn utterance(&self, number: u32, utterance: &'r Utterance) -> UtteranceLine<'r> {
        let entity = utterance.speaker.and_then(|n| self.links.entities.get(n as usize));
        let name = utterance.speaker_name.as_deref().or(entity.map(|e| e.name.as_str()));
        let variants = utterance.variants.iter().filter_map(|v| {
            Some(VariantField { words: self.words(&v.evidence)?, relation: v.relation.as_str() })
        });
        UtteranceLine {
            kind: "utterance",
            id: format!("u{number}"),
            speaker: SpeakerField { entity: entity.and_then(|e| self.first_member(e)), name },
            variants: variants.collect(),
            made_by: utterance.made_by.as_str(),
        }
    }

    /// An entity goes by the id of its first referent, which `extract` lists.
    fn first_member(&self, entity: &Entity) -> Option<String> {
        let (article, referent) = entity.members.first()?;
        self.source(*article).map(|s| entity_id(&s.report.article, referent.0))
    }

    fn copy(&self, copy: &'r Copy) -> CopyLine<'r> {
        let members: Vec<&Source<'_>> = copy.articles.iter().filter_map(|&ix| self.source(ix)).collect();
        CopyLine {
            kind: "copy",
            articles: members.iter().map(|s| s.id.as_str()).collect(),
            sources: members.iter().map(|s| s.report.article.source.as_str()).collect(),
            relation: copy.relation.as_str(),
            overlap: rounded(copy.overlap),
            from: copy.from.and_then(|ix| self.article_id(ix)),
            evidence: self.evidence(&copy.evidence),
        }
    }
}

#[derive(Serialize)]
struct ClaimLine<'a> {
    kind: &'static str,
    id: String,
    topic: &'a str,
    slot: &'static str,
    relation: &'static str,
    values: Vec<ValueField<'a>>,
    independent_origins: u32,
    reason: &'a str,
    confidence: Option<f64>,
    made_by: &'a str,
}

#[derive(Serialize)]
struct ValueField<'a> {
    value: &'a str,
    normalised: Option<Normalised<'a>>,
    evidence: Vec<EvidenceField<'a>>,
}

#[derive(Serialize)]
struct Normalised<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<serde_json::Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

impl<'a> Normalised<'a> {
    fn of(value: &'a ClaimValue) -> Option<Self> {
        let normalised = Self {
            number: value.number.and_then(number),
            unit: value.unit.as_deref(),
            text: value.text.as_deref(),
        };
        (normalised.number.is_some() || normalised.text.is_some()).then_some(normalised)
    }
}

/// Whole numbers are written without a fraction, others with at most six places.
fn number(value: f64) -> Option<serde_json::Number> {
    if value.fract() == 0.0 && value.abs() < 9e15 {
        return Some((value as i64).into());
    }
    serde_json::Number::from_f64((value * 1e6).round() / 1e6)
}

#[derive(Serialize)]
struct EvidenceField<'a> {
    article: &'a str,
    source: &'a str,
    #[serde(flatten)]
    at: Quote<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    said_in: Option<String>,
}

#[derive(Serialize)]
struct UtteranceLine<'a> {
    kind: &'static str,
    id: String,
    speaker: SpeakerField<'a>,
    variants: Vec<VariantField<'a>>,
    made_by: &'a str,
}

#[derive(Serialize)]
struct SpeakerField<'a> {
    entity: Option<String>,
    name: Option<&'a str>,
}

#[derive(Serialize)]
struct VariantField<'a> {
    #[serde(flatten)]
    words: EvidenceField<'a>,
    relation: &'static str,
}

#[derive(Serialize)]
struct CopyLine<'a> {
    kind: &'static str,
    articles: Vec<&'a str>,
    sources: Vec<&'a str>,
    relation: &'static str,
    overlap: Option<f64>,
    from: Option<&'a str>,
    evidence: Vec<EvidenceField<'a>>,
}

#[derive(Serialize)]
pub(super) struct StoryLine<'a> {
    kind: &'static str,
    id: &'a str,
    title: Option<&'a str>,
    articles: Vec<String>,
    sources: Vec<&'a str>,
    from: Option<&'a str>,
    to: Option<&'a str>,
    entities: &'a [String],
    joined: Vec<JoinedField<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    before: &'a [String],
}

/// Why a report is in its story.
#[derive(Serialize)]
struct JoinedField<'a> {
    source: &'a str,
    with: &'a str,
    similarity: Option<f64>,
    because: &'a [String],
}
