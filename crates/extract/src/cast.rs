//! Who and what the article speaks of: names, descriptions and pronouns, and whom they mean.

mod describe;
mod joint;
mod keys;
mod kind;
mod known;
mod named;
mod profile;
mod pronoun;
mod proper;
mod relative;
mod source;
mod spotted;

use crate::attribution::Draft;
use crate::view::View;
use lexicon::people::Gender;
use named::{Grouping, NameAt};
use record::{
    Deprel, Layer, Mention, MentionForm, Published, Referent, ReferentIx, ReferentKind, Span, Speaker,
    SpeakerKind, TokenRange,
};
use std::collections::BTreeMap;

pub use named::bare_name;
pub use source::Said;

/// Everybody and everything in the article, filled while it is read from beginning to end.
#[derive(Debug)]
pub struct Cast {
    entries: Vec<Entry>,
    places: Vec<NameAt>,
    seen: Vec<Seen>,
    resolved: BTreeMap<Span, Mention>,
    /// How the last noun phrase was resolved.
    why: Why,
}

/// One referent with what is known beyond the record's noun.
#[derive(Clone, Debug)]
struct Entry {
    referent: Referent,
    gender: Option<Gender>,
    plural: bool,
    roles: Vec<String>,
    /// Head noun of a description.
    noun: Option<String>,
    /// Whose a description says it is (“Bell's deputy”).
    owner: Option<usize>,
    /// Whether the words of the article have it speak for a state (“the Haldrian president”).
    foreign: bool,
    /// The kind of speaker it makes.
    speaker: SpeakerKind,
    /// Number of mentions.
    count: u32,
}

/// A mention met while reading, for those that refer back.
#[derive(Clone, Copy, Debug)]
struct Seen {
    token: usize,
    entry: usize,
    spoke: bool,
}

/// How a source was resolved.
#[derive(Clone, Debug, Default)]
pub struct Why {
    /// The way: `name`, `pronoun`, `description`, …
    pub how: &'static str,
    /// Names of those it could mean, with scores, best first.
    pub candidates: Vec<(String, f32)>,
}

impl Cast {
    /// The names of an article, grouped.
    pub fn new(view: &View<'_>, published: Option<&Published>) -> Self {
        let Grouping { all, places, .. } = named::group(view);
        let mut entries: Vec<Entry> = all.into_iter().map(|named| Entry::named(view, named)).collect();
        known::fill(view.lexicon, published.and_then(known::year), &mut entries);
        Self { entries, places, seen: Vec::new(), resolved: BTreeMap::new(), why: Why::default() }
    }

    /// Reads pronouns and sources in text order; gives the speaker of every draft.
    pub fn speakers(&mut self, view: &View<'_>, drafts: &[Draft]) -> (Vec<Option<Speaker>>, Vec<Why>) {
        source::speakers(self, view, drafts)
    }

    /// The party a noun phrase names, found or made as a referent; a pronoun is not the one who speaks.
    pub fn party(
        &mut self,
        view: &View<'_>,
        head: usize,
        within: TokenRange,
        speaker: Option<ReferentIx>,
    ) -> Option<(ReferentIx, String)> {
        let said = source::Said { not: speaker.map(|s| s.0 as usize), ..source::Said::default() };
        let entry = source::entry_of(self, view, source::Phrase { head, within, said })?;
        let name = self.entries.get(entry)?.referent.name.clone();
        Some((ReferentIx(entry as u32), name))
    }

    /// Whether a party is a person known by name.
    pub fn is_named_person(&self, party: &record::Party) -> bool {
        let entry = party.referent.and_then(|r| self.entries.get(r.0 as usize));
        entry.is_some_and(|e| e.referent.named && e.referent.kind == ReferentKind::Person)
    }

    /// All mentions and all referents.
    pub fn into_parts(self) -> (Layer<Mention>, Vec<Referent>) {
        let named = self.places.iter().map(|place| (place.span, self.mention(place)));
        let taken: std::collections::BTreeSet<Span> = self.places.iter().map(|p| p.span).collect();
        let others = self.resolved.iter().filter(|(s, _)| !taken.contains(s)).map(|(s, m)| (*s, m.clone()));
        let mentions = Layer::new(named.chain(others).collect());
        (mentions, self.entries.into_iter().map(|e| e.referent).collect())
    }

    fn mention(&self, place: &NameAt) -> Mention {
        let kind = ReferentKind::parse(place.kind.as_str()).unwrap_or(ReferentKind::Other);
        Mention { referent: Some(ReferentIx(place.named as u32)), kind, form: MentionForm::Name }
    }

    /// The name that holds a token.
    fn name_at(&self, token: usize) -> Option<&NameAt> {
        let next = self.places.partition_point(|p| p.tokens.end as usize <= token);
        self.places.get(next).filter(|p| p.tokens.contains(token))
    }

    /// The names that begin inside a token range.
    fn names_in(&self, range: TokenRange) -> &[NameAt] {
        let from = self.places.partition_point(|p| p.tokens.start < range.start);
        let to = self.places.partition_point(|p| p.tokens.start < range.end);
        &self.places[from..to.max(from)]
    }

    fn add(&mut self, entry: Entry) -> usize {
        self.entries.push(entry);
        self.entries.len() - 1
    }

    /// Notes that words other than a name mean an entry.
    fn note(&mut self, view: &View<'_>, tokens: TokenRange, entry: usize, form: MentionForm) {
        let Some(span) = view.reading.span_of(tokens) else { return };
        let kind = self.entries[entry].referent.kind;
        let mention = Mention { referent: Some(ReferentIx(entry as u32)), kind, form };
        self.resolved.entry(span).or_insert(mention);
        self.entries[entry].count += 1;
    }

    /// Notes how candidates were ranked, and gives the best.
    fn weigh(&mut self, how: &'static str, ranked: &[(usize, f32)]) -> Option<usize> {
        let named = ranked.iter().take(4).map(|(e, score)| (self.entries[*e].referent.name.clone(), *score));
        self.why = Why { how, candidates: named.collect() };
        ranked.first().map(|(entry, _)| *entry)
    }

    fn speaker(&self, entry: usize) -> Speaker {
        let Entry { referent, speaker, .. } = &self.entries[entry];
        Speaker {
            referent: Some(ReferentIx(entry as u32)),
            name: Some(referent.name.clone()),
            kind: *speaker,
        }
    }
}

impl Entry {
    fn named(view: &View<'_>, named: named::Named) -> Self {
        let speaker = speaker_kind(view, named.kind, &named.name);
        let states = &view.lexicon.states;
        let represents = named.profile.represents.clone().or_else(|| {
            states.seat(&named.name).map(|s| s.represents.to_owned()).filter(|r| *r != named.name)
        });
        let role = named.profile.role.clone();
        Self {
            gender: named.profile.gender,
            plural: false,
            roles: named.roles,
            noun: None,
            owner: None,
            foreign: represents.is_some(),
            speaker,
            count: named.count,
            referent: Referent {
                name: named.name,
                kind: named.kind,
                names: named.variants,
                named: true,
                represents,
                role,
                wikidata: None,
            },
        }
    }
}

/// What kind of speaker a named thing is.
fn speaker_kind(view: &View<'_>, kind: ReferentKind, name: &str) -> SpeakerKind {
    let states = &view.lexicon.states;
    if let Some(seat) = states.seat(name) {
        return seat.kind;
    }
    if kind == ReferentKind::Person {
        return SpeakerKind::Person;
    }
    if states.state(name).is_some() || states.capital(name).is_some() {
        return SpeakerKind::Government;
    }
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    let body = |w: &String| states.body(w).filter(|k| *k != SpeakerKind::Document);
    match words.last().and_then(body).or_else(|| words.first().and_then(body)) {
        Some(kind) => kind,
        None if kind == ReferentKind::Place => SpeakerKind::Government,
        None if kind == ReferentKind::Group || states.demonym(name).is_some() => SpeakerKind::Group,
        None => SpeakerKind::Organisation,
    }
}

/// Whether an entry is a body, whatever kind of name the model took its name for.
fn is_body(entry: &Entry) -> bool {
    let speaks = matches!(entry.speaker, SpeakerKind::Organisation | SpeakerKind::Government);
    match entry.referent.kind {
        ReferentKind::Organisation => true,
        ReferentKind::Other | ReferentKind::Product | ReferentKind::Event => entry.referent.named && speaks,
        _ => false,
    }
}

/// Relations inside a noun phrase that keep the same referent: a name after its title, an apposition.
fn same_thing(relation: Deprel) -> bool {
    use Deprel::{Appos, Compound, Flat, NmodDesc};
    matches!(relation, Flat | Appos | NmodDesc | Compound)
}
