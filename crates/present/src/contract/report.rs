//! The lines of one report.

use super::quote::{CodePoints, Quote};
use super::{FORMAT, Lines, entity_id, rounded};
use record::{
    Article, Event, Location, Mention, Participant, Party, Published, Referent, ReferentIx, Report, Span,
    Speaker, Statement, StatementIx, Time,
};
use serde::Serialize;

pub(super) fn write(report: &Report, lines: &mut Lines) {
    let page = Page::new(report);
    let findings = &report.findings;
    lines.push(&page.article());
    findings.mentions.iter().for_each(|(span, mention)| lines.push(&page.mention(span, mention)));
    findings.referents.iter().zip(0..).for_each(|(referent, n)| lines.push(&page.entity(n, referent)));
    report.reading.times.iter().for_each(|(span, time)| lines.push(&page.time(span, time)));
    findings.statements.iter().zip(0..).for_each(|(statement, n)| lines.push(&page.statement(n, statement)));
    findings.events.iter().zip(1..).for_each(|(event, n)| lines.push(&page.event(n, event)));
}

pub(super) fn features(report: &Report, features: &[Vec<(&'static str, f32)>], lines: &mut Lines) {
    let article = report.article.id.to_string();
    for (all, n) in features.iter().zip(0..) {
        let features = all.iter().map(|(name, value)| (*name, rounded(*value))).collect();
        let statement = statement_id(StatementIx(n));
        lines.push(&FeaturesLine { kind: "features", article: &article, statement, features });
    }
}

/// One report with what its lines share.
struct Page<'r> {
    report: &'r Report,
    id: String,
    points: CodePoints<'r>,
}

impl<'r> Page<'r> {
    fn new(report: &'r Report) -> Self {
        Self { report, id: report.article.id.to_string(), points: CodePoints::new(report.text()) }
    }

    fn quote(&self, span: Span) -> Quote<'r> {
        self.points.quote(span)
    }

    fn quotes(&self, spans: &[Span]) -> Vec<Quote<'r>> {
        spans.iter().map(|&span| self.quote(span)).collect()
    }

    fn entity_of(&self, referent: Option<ReferentIx>) -> Option<String> {
        referent
            .filter(|&index| self.report.findings.referent(index).is_some())
            .map(|index| entity_id(&self.report.article, index.0))
    }

    fn article(&self) -> ArticleLine<'_> {
        let article: &Article = &self.report.article;
        ArticleLine {
            kind: "article",
            format: FORMAT,
            id: &self.id,
            source: &article.source,
            source_id: article.source_id.as_deref(),
            title: article.title.as_ref().and_then(|t| t.span).map(|span| self.quote(span)),
            headline: article.title.as_ref().map(|t| t.text.as_str()),
            outlet: article.outlet.as_deref(),
            author: article.author.as_deref(),
            url: article.url.as_deref(),
            language: article.language.as_deref(),
            published: self.report.published.as_ref().map(|p| self.published(p)),
            updated: article.updated.as_deref(),
            text: &article.text,
            boilerplate: article
                .boilerplate
                .iter()
                .map(|(s, b)| self.boilerplate(s, b.reason.as_str()))
                .collect(),
            notes: article.notes.iter().chain(&self.report.notes).map(String::as_str).collect(),
        }
    }

    fn published<'a>(&'a self, published: &'a Published) -> PublishedField<'a> {
        let evidence = self.quotes(&published.evidence);
        PublishedField { value: &published.value, basis: published.basis.as_str(), evidence }
    }

    fn boilerplate(&self, span: Span, reason: &'static str) -> BoilerplateField<'_> {
        BoilerplateField { at: self.quote(span), reason }
    }

    fn mention(&self, span: Span, mention: &Mention) -> MentionLine<'_> {
        MentionLine {
            kind: "mention",
            article: &self.id,
            at: self.quote(span),
            type_: mention.kind.as_str(),
            form: mention.form.as_str(),
            entity: self.entity_of(mention.referent),
            stands_for: self.report.findings.stands_for(span),
        }
    }

    fn entity<'a>(&'a self, index: u32, referent: &'a Referent) -> EntityLine<'a> {
        EntityLine {
            kind: "entity",
            article: &self.id,
            id: entity_id(&self.report.article, index),
            name: &referent.name,
            type_: referent.kind.as_str(),
            wikidata: referent.wikidata.as_deref(),
            names: &referent.names,
            represents: referent.represents.as_deref(),
            role: referent.role.as_deref(),
            location: self.report.findings.location(ReferentIx(index)).map(LocationField::of),
        }
    }

    fn time<'a>(&'a self, span: Span, time: &'a Time) -> TimeLine<'a> {
        TimeLine {
            kind: "time",
            article: &self.id,
            at: self.quote(span),
            type_: time.kind.as_str(),
            value: time.value.as_deref(),
            modifier: time.modifier,
            interval: time.interval.as_deref(),
        }
    }

    fn statement<'a>(&'a self, index: u32, statement: &'a Statement) -> StatementLine<'a> {
        StatementLine {
            kind: "statement",
            article: &self.id,
            id: statement_id(StatementIx(index)),
            form: statement.form.as_str(),
            source: statement.source.map(|s| self.quote(s)),
            cue: statement.cue.map(|s| self.quote(s)),
            content: self.quotes(&statement.content),
            speaker: statement.speaker.as_ref().map(|s| self.speaker(s)),
            addressee: statement.addressee.as_ref().map(|p| self.party(p)),
            act: statement.act.map(record::Act::as_str),
            condition: statement.condition.map(|s| self.quote(s)),
            negated: statement.negated,
            time: statement.time.as_deref(),
            time_evidence: statement.time_evidence.map(|s| self.quote(s)),
            occasion: statement.occasion.map(|s| self.quote(s)),
            topics: self.quotes(&statement.topics),
            said_in: self.said_in(statement.said_in),
            via: self.via(statement).map(|s| self.speaker(s)),
            confidence: rounded(statement.confidence),
            made_by: statement.made_by.as_str(),
        }
    }

    fn speaker<'a>(&'a self, speaker: &'a Speaker) -> SpeakerField<'a> {
        SpeakerField {
            entity: self.entity_of(speaker.referent),
            name: speaker.name.as_deref(),
            type_: speaker.kind.as_str(),
        }
    }

    fn party<'a>(&'a self, party: &'a Party) -> PartyField<'a> {
        PartyField { entity: self.entity_of(party.referent), name: &party.name }
    }

    fn event<'a>(&'a self, number: u32, event: &'a Event) -> EventLine<'a> {
        EventLine {
            kind: "event",
            article: &self.id,
            id: format!("e{number}"),
            type_: event.kind.as_str(),
            mode: event.mode,
            contexts: &event.contexts,
            cameo: event.kind.cameo(event.mode),
            trigger: self.quote(event.trigger),
            actor: event.actor.as_ref().map(|p| self.participant(p)),
            recipient: event.recipient.as_ref().map(|p| self.participant(p)),
            modality: event.modality.as_str(),
            time: event.time.as_deref(),
            place: event.place.as_ref().map(|p| self.participant(p)),
            said_in: self.said_in(event.said_in),
            confidence: rounded(event.confidence),
            made_by: event.made_by.as_str(),
        }
    }

    fn participant(&self, participant: &Participant) -> ParticipantField<'_> {
        ParticipantField { at: self.quote(participant.span), entity: self.entity_of(participant.referent) }
    }

    /// Who tells of a statement: the speaker of the one that holds it, if that is somebody else.
    fn via<'a>(&'a self, statement: &Statement) -> Option<&'a Speaker> {
        let outer = self.report.findings.statement(statement.said_in?)?.speaker.as_ref()?;
        let own = statement.speaker.as_ref();
        own.is_none_or(|own| own.referent != outer.referent || own.name != outer.name).then_some(outer)
    }

    fn said_in(&self, statement: Option<StatementIx>) -> Option<String> {
        statement.filter(|&index| self.report.findings.statement(index).is_some()).map(statement_id)
    }
}

/// Id of a statement in its article: `s1`, `s2`, …
pub(super) fn statement_id(index: StatementIx) -> String {
    format!("s{}", index.0 + 1)
}

#[derive(Serialize)]
struct ArticleLine<'a> {
    kind: &'static str,
    format: u32,
    id: &'a str,
    source: &'a str,
    source_id: Option<&'a str>,
    title: Option<Quote<'a>>,
    headline: Option<&'a str>,
    outlet: Option<&'a str>,
    author: Option<&'a str>,
    url: Option<&'a str>,
    language: Option<&'a str>,
    published: Option<PublishedField<'a>>,
    updated: Option<&'a str>,
    text: &'a str,
    boilerplate: Vec<BoilerplateField<'a>>,
    notes: Vec<&'a str>,
}

#[derive(Serialize)]
struct PublishedField<'a> {
    value: &'a str,
    basis: &'static str,
    evidence: Vec<Quote<'a>>,
}

#[derive(Serialize)]
struct BoilerplateField<'a> {
    #[serde(flatten)]
    at: Quote<'a>,
    reason: &'static str,
}

#[derive(Serialize)]
struct MentionLine<'a> {
    kind: &'static str,
    article: &'a str,
    #[serde(flatten)]
    at: Quote<'a>,
    #[serde(rename = "type")]
    type_: &'static str,
    form: &'static str,
    entity: Option<String>,
    stands_for: Option<&'a str>,
}

#[derive(Serialize)]
struct EntityLine<'a> {
    kind: &'static str,
    article: &'a str,
    id: String,
    name: &'a str,
    #[serde(rename = "type")]
    type_: &'static str,
    wikidata: Option<&'a str>,
    names: &'a [String],
    represents: Option<&'a str>,
    role: Option<&'a str>,
    location: Option<LocationField>,
}

#[derive(Serialize)]
struct LocationField {
    country: &'static str,
    code: &'static str,
    latitude: Option<f64>,
    longitude: Option<f64>,
}

impl LocationField {
    fn of(location: &Location) -> Self {
        let hundredths = |degrees: f32| (f64::from(degrees) * 100.0).round() / 100.0;
        Self {
            country: location.country,
            code: location.code,
            latitude: location.coordinates.map(|(latitude, _)| hundredths(latitude)),
            longitude: location.coordinates.map(|(_, longitude)| hundredths(longitude)),
        }
    }
}

#[derive(Serialize)]
struct TimeLine<'a> {
    kind: &'static str,
    article: &'a str,
    #[serde(flatten)]
    at: Quote<'a>,
    #[serde(rename = "type")]
    type_: &'static str,
    value: Option<&'a str>,
    modifier: Option<&'static str>,
    interval: Option<&'a str>,
}

#[derive(Serialize)]
struct StatementLine<'a> {
    kind: &'static str,
    article: &'a str,
    id: String,
    form: &'static str,
    source: Option<Quote<'a>>,
    cue: Option<Quote<'a>>,
    content: Vec<Quote<'a>>,
    speaker: Option<SpeakerField<'a>>,
    addressee: Option<PartyField<'a>>,
    act: Option<&'static str>,
    condition: Option<Quote<'a>>,
    negated: bool,
    time: Option<&'a str>,
    time_evidence: Option<Quote<'a>>,
    occasion: Option<Quote<'a>>,
    topics: Vec<Quote<'a>>,
    said_in: Option<String>,
    via: Option<SpeakerField<'a>>,
    confidence: Option<f64>,
    made_by: &'a str,
}

#[derive(Serialize)]
struct FeaturesLine<'a> {
    kind: &'static str,
    article: &'a str,
    statement: String,
    features: std::collections::BTreeMap<&'static str, Option<f64>>,
}

#[derive(Serialize)]
struct SpeakerField<'a> {
    entity: Option<String>,
    name: Option<&'a str>,
    #[serde(rename = "type")]
    type_: &'static str,
}

#[derive(Serialize)]
struct PartyField<'a> {
    entity: Option<String>,
    name: &'a str,
}

#[derive(Serialize)]
struct EventLine<'a> {
    kind: &'static str,
    article: &'a str,
    id: String,
    #[serde(rename = "type")]
    type_: &'static str,
    mode: Option<&'static str>,
    contexts: &'a [&'static str],
    cameo: &'static str,
    trigger: Quote<'a>,
    actor: Option<ParticipantField<'a>>,
    recipient: Option<ParticipantField<'a>>,
    modality: &'static str,
    time: Option<&'a str>,
    place: Option<ParticipantField<'a>>,
    said_in: Option<String>,
    confidence: Option<f64>,
    made_by: &'a str,
}

#[derive(Serialize)]
struct ParticipantField<'a> {
    #[serde(flatten)]
    at: Quote<'a>,
    entity: Option<String>,
}
