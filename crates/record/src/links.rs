//! What several articles have to do with one another.

use crate::labels::labels;
use crate::{Made, Published, ReferentIx, ReferentKind, Span, StatementIx};

/// Everything that holds between articles. Articles are meant by their index in the linked slice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Links {
    /// The date of each article, where alignment with dated reports gave one (basis `aligned`).
    pub dates: Vec<Option<Published>>,
    /// The same people, bodies and places across articles.
    pub entities: Vec<Entity>,
    /// Articles that copy one another.
    pub copies: Vec<Copy>,
    /// Which articles tell one story.
    pub stories: Vec<Story>,
    /// The same utterance in several reports.
    pub utterances: Vec<Utterance>,
    /// Comparable units and how the reports relate in them.
    pub claims: Vec<Claim>,
}

/// Index of an article in the linked slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleIx(pub u32);

/// Words of one article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Evidence {
    /// The article.
    pub article: ArticleIx,
    /// The words.
    pub span: Span,
    /// The statement that holds the words, if somebody said them.
    pub said_in: Option<StatementIx>,
}

/// Somebody or something that several articles speak of.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Preferred name.
    pub name: String,
    /// Kind of thing.
    pub kind: ReferentKind,
    /// All variants as written, sorted.
    pub names: Vec<String>,
    /// Whether it is named, not only described.
    pub named: bool,
    /// Name of the state or body it speaks for.
    pub represents: Option<String>,
    /// Office or role.
    pub role: Option<String>,
    /// Wikidata item, where known.
    pub wikidata: Option<String>,
    /// The referents joined, sorted.
    pub members: Vec<(ArticleIx, ReferentIx)>,
}

/// Articles that share text.
#[derive(Clone, Debug, PartialEq)]
pub struct Copy {
    /// The pair, in input order.
    pub articles: [ArticleIx; 2],
    /// How much they share.
    pub relation: CopyRelation,
    /// Share of the shorter text's word 8-grams that the other holds, 0 to 1.
    pub overlap: f32,
    /// The one probably copied from, where dates or credits tell.
    pub from: Option<ArticleIx>,
    /// Shared passages, as they stand in each.
    pub evidence: Vec<Evidence>,
}

labels! {
    /// How much two articles share.
    CopyRelation { Same = "same", NearCopy = "near-copy", Excerpt = "excerpt", SharedPassages = "shared-passages" }
}

/// Reports of one story.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// Stable id: that of an earlier run which it continues, else made from its first report, so that later reports change nothing.
    pub id: String,
    /// A title from its own reports.
    pub title: Option<String>,
    /// Members, in input order.
    pub articles: Vec<ArticleIx>,
    /// Earliest date, ISO 8601.
    pub from: Option<String>,
    /// Latest date.
    pub to: Option<String>,
    /// Names of the main entities.
    pub entities: Vec<String>,
    /// Why each member belongs here; empty for a story of one report.
    pub joined: Vec<Joined>,
    /// Ids of the stories of an earlier run that some of its reports were in: one that it continues, or several that
    /// have become one. An id that several stories have here was a story that has split.
    pub before: Vec<String>,
}

/// Why a report is in its story.
#[derive(Clone, Debug, PartialEq)]
pub struct Joined {
    /// The report.
    pub article: ArticleIx,
    /// The nearest other report of the story.
    pub with: ArticleIx,
    /// Cosine of both reports' weighted words, 0 to 1.
    pub similarity: f32,
    /// What weighs most in both: names and other words, as the report has them.
    pub words: Vec<String>,
}

/// A story as an earlier run gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownStory {
    /// Its id.
    pub id: String,
    /// The ids of its articles.
    pub articles: Vec<String>,
}

/// One utterance, as several reports give it.
#[derive(Clone, Debug, PartialEq)]
pub struct Utterance {
    /// Index of the speaker in [`Links::entities`].
    pub speaker: Option<u32>,
    /// Speaker's name or description.
    pub speaker_name: Option<String>,
    /// Its forms; the first is the fullest.
    pub variants: Vec<Variant>,
    /// What made it.
    pub made_by: Made,
}

/// One report's form of an utterance.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// The words.
    pub evidence: Evidence,
    /// Relation to the first variant.
    pub relation: VariantRelation,
}

labels! {
    /// How a variant relates to the fullest form of an utterance.
    VariantRelation {
        Verbatim = "verbatim", Trimmed = "trimmed", Paraphrase = "paraphrase",
        Retranslation = "retranslation",
    }
}

/// A comparable unit: what the reports say on one question.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The question in words: “people killed by the quake”.
    pub topic: String,
    /// What kind of value is compared.
    pub slot: Slot,
    /// How the reports relate in it.
    pub relation: ClaimRelation,
    /// The values, each with its evidence. Never empty.
    pub values: Vec<ClaimValue>,
    /// Number of independent origins among the articles that give evidence (copies count once).
    pub independent_origins: u32,
    /// Names the compared fields and both sides.
    pub reason: String,
    /// Chance that the relation is right, 0 to 1.
    pub confidence: f32,
    /// What made it.
    pub made_by: Made,
}

/// One value of a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimValue {
    /// As shown to people.
    pub value: String,
    /// Number in `unit`, where it is one.
    pub number: Option<f64>,
    /// Unit of `number`.
    pub unit: Option<String>,
    /// TIMEX3 / EDTF value, place name or other normal form.
    pub text: Option<String>,
    /// The words it rests on. Never empty.
    pub evidence: Vec<Evidence>,
}

labels! {
    /// What kind of value a claim compares.
    Slot {
        Count = "count", Money = "money", Magnitude = "magnitude", Measure = "measure", Date = "date",
        Time = "time", Duration = "duration", Place = "place", Person = "person",
        Organisation = "organisation", Age = "age", Charge = "charge", Outcome = "outcome",
        Polarity = "polarity", Modality = "modality", Attribution = "attribution", Quote = "quote",
        Event = "event",
    }
}

labels! {
    /// How the values of a claim relate.
    ClaimRelation {
        Agree = "agree", Conflict = "conflict", Update = "update", VagueVsExact = "vague-vs-exact",
        Rounding = "rounding", Only = "only",
    }
}
