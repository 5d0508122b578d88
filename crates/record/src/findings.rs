//! What one article says.

use crate::labels::labels;
use crate::{Layer, Made, Span};

/// Who is mentioned, who said what, and what happened, according to one article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// Mentions of people, organisations, places and other named things, and what refers back to them.
    pub mentions: Layer<Mention>,
    /// Those they refer to, each once in this article.
    pub referents: Vec<Referent>,
    /// Reported speech and thought.
    pub statements: Vec<Statement>,
    /// Events.
    pub events: Vec<Event>,
    /// Positions taken, in text order.
    pub positions: Vec<Position>,
    /// Where referents lie, by their index.
    pub locations: Vec<Location>,
    /// Mentions of a place that stand for those who govern there (“Moscow warned”), each with the state they stand for.
    pub metonyms: Layer<String>,
}

impl Findings {
    /// A referent by its index.
    pub fn referent(&self, index: ReferentIx) -> Option<&Referent> {
        self.referents.get(index.0 as usize)
    }

    /// Where a referent lies, where that is known.
    pub fn location(&self, index: ReferentIx) -> Option<&Location> {
        self.locations.binary_search_by_key(&index, |l| l.referent).ok().and_then(|i| self.locations.get(i))
    }

    /// The state that a mention of a place stands for, where it stands for those who govern there.
    pub fn stands_for(&self, mention: Span) -> Option<&str> {
        self.metonyms.overlapping(mention).find(|(span, _)| *span == mention).map(|(_, state)| state.as_str())
    }

    /// A statement by its index.
    pub fn statement(&self, index: StatementIx) -> Option<&Statement> {
        self.statements.get(index.0 as usize)
    }
}

/// Index into [`Findings::referents`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReferentIx(pub u32);

/// Index into [`Findings::statements`]; shown as `s1`, `s2`, … (index + 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementIx(pub u32);

/// Words that refer to somebody or something.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// What is meant; an unresolved pronoun has none.
    pub referent: Option<ReferentIx>,
    /// Kind of thing, as mentioned here (Moscow the city, Moscow the government).
    pub kind: ReferentKind,
    /// Name, description or pronoun.
    pub form: MentionForm,
}

labels! {
    /// How something is mentioned.
    MentionForm { Name = "name", Description = "description", Pronoun = "pronoun" }
}

labels! {
    /// Kind of thing referred to.
    ReferentKind {
        Person = "person", Organisation = "organisation", Place = "place", Group = "group",
        Event = "event", Product = "product", Other = "other",
    }
}

/// Somebody or something one article speaks of.
#[derive(Clone, Debug, PartialEq)]
pub struct Referent {
    /// The fullest name or description found (or the known name where `wikidata` or the lexicon gives one).
    pub name: String,
    /// Kind of thing.
    pub kind: ReferentKind,
    /// All name variants as written, in order of appearance, each once.
    pub names: Vec<String>,
    /// Whether it is named at all; descriptions (“a senior official”) are not.
    pub named: bool,
    /// Name of the state or body it speaks for (`Russia`).
    pub represents: Option<String>,
    /// Office or role (`president`).
    pub role: Option<String>,
    /// Wikidata item, where known.
    pub wikidata: Option<String>,
}

/// Where a referent lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Location {
    /// What lies there.
    pub referent: ReferentIx,
    /// Its state: ISO 3166-1 alpha-3.
    pub country: &'static str,
    /// ISO 3166-2 code of its region where that is known (`US-IL`), else ISO 3166-1 alpha-2 (`CH`).
    pub code: &'static str,
    /// Latitude and longitude in degrees (WGS 84); a state stands where its capital stands.
    pub coordinates: Option<(f32, f32)>,
}

/// Reported speech or thought: who said what to whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Direct, indirect, mixed or thought.
    pub form: Form,
    /// Words that name the source, where the text has them.
    pub source: Option<Span>,
    /// Words that report (“said”, “according to”).
    pub cue: Option<Span>,
    /// What is said; several pieces of one quotation are one statement. Never empty.
    pub content: Vec<Span>,
    /// The resolved source.
    pub speaker: Option<Speaker>,
    /// Who is told, or at whom a demand or threat is aimed.
    pub addressee: Option<Party>,
    /// Speech act.
    pub act: Option<Act>,
    /// Words that limit a promise, threat, offer, refusal, demand.
    pub condition: Option<Span>,
    /// Whether the act is reported as not done.
    pub negated: bool,
    /// When it was said: ISO 8601 / EDTF.
    pub time: Option<String>,
    /// The words `time` rests on.
    pub time_evidence: Option<Span>,
    /// Words that tell the occasion (“at his annual press conference”, “in a letter to the senators”).
    pub occasion: Option<Span>,
    /// What it is about: terms of the content that the article comes back to.
    pub topics: Vec<Span>,
    /// The statement whose content holds this one.
    pub said_in: Option<StatementIx>,
    /// Chance that source, content and link are right, 0 to 1.
    pub confidence: f32,
    /// What made it.
    pub made_by: Made,
}

impl Statement {
    /// From the first to the last character of source, cue and content.
    pub fn extent(&self) -> Option<Span> {
        self.content.iter().copied().chain(self.source).chain(self.cue).reduce(Span::cover)
    }
}

/// Who speaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Speaker {
    /// The referent in this article, if resolved.
    pub referent: Option<ReferentIx>,
    /// Name or description; `None` where it is unknown.
    pub name: Option<String>,
    /// Kind of speaker.
    pub kind: SpeakerKind,
}

labels! {
    /// Kind of speaker.
    SpeakerKind {
        Person = "person", Organisation = "organisation", Government = "government", Group = "group",
        Unnamed = "unnamed", Document = "document",
    }
}

/// A party to a statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Party {
    /// The referent in this article, if resolved.
    pub referent: Option<ReferentIx>,
    /// Name or description.
    pub name: String,
}

labels! {
    /// How something is said.
    Form { Direct = "direct", Indirect = "indirect", Mixed = "mixed", Thought = "thought" }
}

labels! {
    /// Speech act.
    Act {
        Assert = "assert", Deny = "deny", Accuse = "accuse", Criticise = "criticise", Demand = "demand",
        Ask = "ask", Propose = "propose", Promise = "promise", Refuse = "refuse", Threaten = "threaten",
        Agree = "agree", Support = "support", Announce = "announce", Assess = "assess",
    }
}

/// What somebody demands, offers, refuses, threatens or concedes.
#[derive(Clone, Debug, PartialEq)]
pub struct Position {
    /// What is done about it.
    pub stance: Stance,
    /// Words that take the position; never empty, in text order.
    pub words: Vec<Span>,
    /// The statement that takes it; `None` where the report tells it in its own words.
    pub statement: Option<StatementIx>,
    /// Who holds it, where that is not the speaker of the statement, or one beside the speaker.
    pub holder: Option<ReferentIx>,
    /// Words that limit it.
    pub condition: Option<Span>,
    /// When it was taken: ISO 8601 / EDTF.
    pub time: Option<String>,
    /// What made it.
    pub made_by: Made,
}

labels! {
    /// What a position does, as a verb in the third person.
    Stance {
        Demands = "demands", Offers = "offers", Refuses = "refuses", Threatens = "threatens",
        Concedes = "concedes",
    }
}

impl Stance {
    /// The stance that a speech act takes, where it takes one.
    pub fn of_act(act: Act) -> Option<Self> {
        Some(match act {
            Act::Demand => Self::Demands,
            Act::Propose | Act::Promise => Self::Offers,
            Act::Refuse => Self::Refuses,
            Act::Threaten => Self::Threatens,
            Act::Agree => Self::Concedes,
            _ => return None,
        })
    }
}

/// Who did what to whom, when and where (PLOVER).
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// PLOVER type.
    pub kind: EventType,
    /// PLOVER mode, where one applies.
    pub mode: Option<&'static str>,
    /// PLOVER contexts: what it is about, in the codebook's order.
    pub contexts: Vec<&'static str>,
    /// The word or words that name the event.
    pub trigger: Span,
    /// Who did it.
    pub actor: Option<Participant>,
    /// To whom.
    pub recipient: Option<Participant>,
    /// Whether it happened, is planned, threatened, denied…
    pub modality: Modality,
    /// When: ISO 8601 / EDTF.
    pub time: Option<String>,
    /// Where.
    pub place: Option<Participant>,
    /// The statement whose content holds the event: what somebody claims is never shown as what the report states.
    pub said_in: Option<StatementIx>,
    /// Chance that type and participants are right, 0 to 1.
    pub confidence: f32,
    /// What made it.
    pub made_by: Made,
}

/// A participant of an event, in the article's words.
#[derive(Clone, Debug, PartialEq)]
pub struct Participant {
    /// The words.
    pub span: Span,
    /// The referent in this article, if resolved.
    pub referent: Option<ReferentIx>,
}

labels! {
    /// PLOVER event type (Open Event Data Alliance).
    EventType {
        Agree = "AGREE", Consult = "CONSULT", Support = "SUPPORT", Concede = "CONCEDE",
        Cooperate = "COOPERATE", Aid = "AID", Retreat = "RETREAT", Request = "REQUEST", Accuse = "ACCUSE",
        Reject = "REJECT", Threaten = "THREATEN", Protest = "PROTEST", Sanction = "SANCTION",
        Mobilize = "MOBILIZE", Coerce = "COERCE", Assault = "ASSAULT",
    }
}

impl EventType {
    /// The CAMEO code: the root of the type, finer where the mode tells (CAMEO2PLOVER, 2021).
    pub fn cameo(self, mode: Option<&str>) -> &'static str {
        use EventType::*;
        match (self, mode.unwrap_or_default()) {
            (Agree, _) => "03",
            (Consult, "phone") => "041",
            (Consult, "visit") => "042",
            (Consult, "third-party") => "044",
            (Consult, _) => "04",
            (Support, _) => "05",
            (Cooperate, _) => "06",
            (Aid, _) => "07",
            (Retreat, "release") => "0841",
            (Retreat, "access") => "086",
            (Retreat, "ceasefire") => "0871",
            (Retreat, "withdraw") => "0874",
            (Retreat, "disarm") => "0873",
            (Retreat, _) => "084",
            (Concede, _) => "08",
            (Request, "assist") => "103",
            (Request, "change") => "104",
            (Request, "yield") => "105",
            (Request, "meet") => "106",
            (Request, _) => "10",
            (Accuse, "investigate") => "09",
            (Accuse, "allege") => "112",
            (Accuse, _) => "11",
            (Reject, "assist") => "122",
            (Reject, "change") => "123",
            (Reject, "yield") => "124",
            (Reject, "meet") => "125",
            (Reject, _) => "12",
            (Threaten, "violence") => "138",
            (Threaten, "restrict") => "1312",
            (Threaten, "relations") => "1313",
            (Threaten, "expel") => "136",
            (Threaten, _) => "13",
            (Protest, "demo") => "141",
            (Protest, "hunger") => "142",
            (Protest, "strike" | "boycott") => "143",
            (Protest, "obstruct") => "144",
            (Protest, "riot") => "145",
            (Protest, _) => "14",
            (Mobilize, "police") => "153",
            (Mobilize, "troops") => "154",
            (Mobilize, _) => "15",
            (Sanction, "expel") => "166",
            (Sanction, "withdraw") => "161",
            (Sanction, _) => "16",
            (Coerce, "seize") => "171",
            (Coerce, "restrict" | "censor") => "172",
            (Coerce, "curfew") => "1723",
            (Coerce, "martial-law") => "1724",
            (Coerce, "arrest") => "173",
            (Coerce, "deport") => "174",
            (Coerce, _) => "17",
            (Assault, "abduct") => "181",
            (Assault, "beat") => "182",
            (Assault, "sexual") => "1821",
            (Assault, "torture") => "1822",
            (Assault, "explosives") => "183",
            (Assault, "targeted") => "186",
            (Assault, "firearms") => "193",
            (Assault, "heavy-weapons") => "194",
            (Assault, "aerial") => "195",
            (Assault, "unconventional") => "204",
            (Assault, _) => "19",
        }
    }
}

labels! {
    /// Whether an event took place.
    Modality {
        Happened = "happened", Ongoing = "ongoing", Planned = "planned", Threatened = "threatened",
        Hypothetical = "hypothetical", Denied = "denied",
    }
}
