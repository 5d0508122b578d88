//! The nouns that the rooms share, and their invariants.
//!
//! bytes → [`Article`] → [`Reading`] → [`Findings`] → [`Links`]. A stage takes earlier nouns and returns a
//! new one; nothing is edited afterwards, the text is never altered, and every finding points to
//! characters of an article ([`Span`]) and names what made it ([`Made`]).

mod article;
mod explanation;
mod findings;
mod labels;
mod layer;
mod links;
mod made;
mod reading;
mod report;
mod span;

pub use article::{Article, ArticleId, Basis, Boilerplate, BoilerplateReason, Published, Title};
pub use explanation::{Explanation, TreeLine};
pub use findings::{
    Act, Event, EventType, Findings, Form, Location, Mention, MentionForm, Modality, Participant, Party,
    Position, Referent, ReferentIx, ReferentKind, Speaker, SpeakerKind, Stance, Statement, StatementIx,
};
pub use labels::{Deprel, Upos, Xpos};
pub use layer::Layer;
pub use links::{
    ArticleIx, Claim, ClaimRelation, ClaimValue, Copy, CopyRelation, Entity, Evidence, Joined, KnownStory,
    Links, Slot, Story, Utterance, Variant, VariantRelation,
};
pub use made::Made;
pub use reading::{
    Antecedent, Arc, AttributionPiece, AttributionRole, Bound, Name, NameKind, Quantity, QuantityKind,
    Reading, Sentence, Tag, Time, TimeKind, TokenRange,
};
pub use report::Report;
pub use span::Span;
