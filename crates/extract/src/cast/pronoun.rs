//! Pronouns: whom they mean, by gender and number, nearness, subjecthood and who spoke last.

use super::describe::last_spoken;
use super::{Cast, Entry, Seen};
use crate::view::View;
use lexicon::people::Gender;
use record::{Deprel, ReferentKind, SpeakerKind};
use std::collections::BTreeMap;

/// How far back antecedents are looked for, in sentences.
const REACH: usize = 5;

/// What a pronoun asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// A man or a woman.
    One(Gender),
    /// A body or thing.
    Thing,
    /// Several.
    Many,
    /// The one who speaks.
    Speaker,
}

/// What a pronoun (lower case) asks for; `None` if it refers to nobody in particular.
pub fn asks(word: &str) -> Option<Asks> {
    match word {
        "he" | "him" | "his" | "himself" => Some(Asks::One(Gender::Male)),
        "she" | "her" | "hers" | "herself" => Some(Asks::One(Gender::Female)),
        "it" | "its" | "itself" => Some(Asks::Thing),
        "they" | "them" | "their" | "theirs" | "themselves" => Some(Asks::Many),
        "i" | "me" | "my" | "mine" | "myself" | "we" | "us" | "our" | "ours" | "ourselves" => {
            Some(Asks::Speaker)
        }
        _ => None,
    }
}

/// The entries a pronoun could mean with scores, best first; one that speaks is often the one who spoke before.
pub fn antecedents(
    cast: &Cast,
    view: &View<'_>,
    token: usize,
    asks: Asks,
    speaking: bool,
) -> Vec<(usize, f32)> {
    match asks {
        Asks::Speaker => Vec::new(),
        Asks::One(gender) => ranked(cast, view, token, speaking, &|e| one(e, gender)),
        Asks::Thing => ranked(cast, view, token, speaking, &thing),
        Asks::Many => {
            let found = ranked(cast, view, token, speaking, &many);
            let spoken = || last_spoken(cast, |e| e.plural).map(|e| (e, 0.0)).into_iter().collect();
            if found.is_empty() { spoken() } else { found }
        }
    }
}

/// The people a description of one (“the nominee”) could mean, with scores, best first.
pub fn somebody(
    cast: &Cast,
    view: &View<'_>,
    token: usize,
    fits: &dyn Fn(&Entry) -> bool,
) -> Vec<(usize, f32)> {
    let liking = |e: &Entry| {
        let person = e.referent.kind == ReferentKind::Person && e.referent.named && !e.plural;
        (person && fits(e)).then_some(0.0)
    };
    ranked(cast, view, token, true, &liking)
}

/// How gladly an entry is called he or she; `None` if it cannot be.
fn one(entry: &Entry, gender: Gender) -> Option<f32> {
    let person = entry.referent.kind == ReferentKind::Person && !entry.plural;
    match entry.gender {
        _ if !person => None,
        Some(known) if known == gender => Some(0.5),
        Some(_) => None,
        None => Some(-0.5),
    }
}

fn thing(entry: &Entry) -> Option<f32> {
    match (entry.referent.kind, entry.speaker) {
        (ReferentKind::Person | ReferentKind::Group, _) => None,
        (ReferentKind::Organisation, _) => Some(0.4),
        (ReferentKind::Other | ReferentKind::Event | ReferentKind::Product, SpeakerKind::Document) => {
            Some(0.2)
        }
        (ReferentKind::Place, _) => Some(0.0),
        _ if super::is_body(entry) => Some(-0.2),
        _ => None,
    }
}

fn many(entry: &Entry) -> Option<f32> {
    match entry.referent.kind {
        ReferentKind::Group => Some(0.5),
        _ if entry.plural => Some(0.5),
        _ if super::is_body(entry) => Some(-1.0),
        _ => None,
    }
}

/// Entries by their best mention before the token, best first.
fn ranked(
    cast: &Cast,
    view: &View<'_>,
    token: usize,
    speaking: bool,
    fits: &dyn Fn(&Entry) -> Option<f32>,
) -> Vec<(usize, f32)> {
    let from = view.sentence(token).saturating_sub(REACH);
    let mut scores: BTreeMap<usize, f32> = BTreeMap::new();
    let again = if speaking { 1.8 } else { 0.8 };
    let chain = chain(view, token);
    let mut weigh = |entry: usize, at: usize, spoke: bool| {
        let Some(liking) = fits(&cast.entries[entry]) else { return };
        let taken_up = chain.iter().find(|(t, _)| *t == at).map_or(0.0, |(_, worth)| *worth);
        let score = liking + nearness(view, token, at) + taken_up + if spoke { again } else { 0.0 };
        let old = scores.entry(entry).or_insert(f32::NEG_INFINITY);
        *old = old.max(score);
    };
    let before = cast.places.partition_point(|p| (p.tokens.start as usize) < token);
    for place in cast.places[..before].iter().rev().take(80) {
        let at = view.head_of(place.tokens).unwrap_or(place.tokens.start as usize);
        if view.sentence(at) < from {
            break;
        }
        if !view.article.is_boilerplate(place.span) {
            weigh(place.named, at, false);
        }
    }
    for seen in cast.seen.iter().rev().take(80).take_while(|s| view.sentence(s.token) >= from) {
        weigh(seen.entry, seen.token, seen.spoke);
    }
    let last = cast.seen.iter().rev().find(|s| s.spoke).filter(|s| speaking && !is_parted(cast, s, token));
    if let Some(score) = last.and_then(|s| scores.get_mut(&s.entry)) {
        *score += GOES_ON;
    }
    let weight = |(entry, score): (&usize, &f32)| {
        (*entry, score + 0.3 * (1.0 + cast.entries[*entry].count as f32).ln())
    };
    let mut ranked: Vec<(usize, f32)> = scores.iter().map(weight).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
    ranked
}

/// Whether somebody else is named between one who spoke and a token.
fn is_parted(cast: &Cast, spoke: &Seen, token: usize) -> bool {
    let from = cast.places.partition_point(|p| (p.tokens.start as usize) <= spoke.token);
    let to = cast.places.partition_point(|p| (p.tokens.start as usize) < token);
    let person = |n: usize| cast.entries[n].referent.kind == ReferentKind::Person;
    cast.places[from..to.max(from)].iter().take(80).any(|p| p.named != spoke.entry && person(p.named))
}

/// What it is worth to be the last who spoke, for one who speaks.
const GOES_ON: f32 = 1.0;

/// What it is worth at most that the model reads a mention as the same thing.
const TAKEN_UP: f32 = 3.0;

/// Heads of the earlier mentions of the same thing as the model reads them, from one to the one before it, each with
/// what its link is worth: a chain is as sure as its least sure link.
fn chain(view: &View<'_>, token: usize) -> Vec<(usize, f32)> {
    let before = |t: usize| view.reading.antecedents.get(t).copied().flatten();
    let sure = |margin: f32| (margin / SURE).clamp(0.0, 1.0);
    let next = |(t, worth): &(usize, f32)| before(*t).map(|a| (a.token as usize, worth.min(sure(a.margin))));
    let links = std::iter::successors(next(&(token, 1.0)), next).take(CHAIN);
    links.map(|(t, worth)| (t, TAKEN_UP * worth)).collect()
}

/// Lead of a link over the next best, in nats, from which it counts in full.
const SURE: f32 = 2.0;

/// Longest chain of mentions that is followed.
const CHAIN: usize = 8;

/// Nearer is better, subjects are better, owners and words of quotations are worse.
fn nearness(view: &View<'_>, token: usize, at: usize) -> f32 {
    let sentences = view.sentence(token).saturating_sub(view.sentence(at)) as f32;
    let subject = if is_subject(view, at) { 1.0 } else { 0.0 };
    let opens =
        if subject > 0.0 && is_opening(view, at) && !view.paragraph_between(at, token) { OPENS } else { 0.0 };
    let owner = if view.relation(at) == Deprel::NmodPoss { -0.5 } else { 0.0 };
    let quoted = |t: usize| view.reading.tokens.get(t).is_some_and(|s| view.quotation_at(s.start).is_some());
    let apart = if quoted(at) && !quoted(token) { -1.5 } else { 0.0 };
    subject + owner + apart + opens - sentences
}

/// Whether a word stands in the first sentence of its paragraph.
fn is_opening(view: &View<'_>, token: usize) -> bool {
    view.reading.sentences.get(view.sentence(token)).is_some_and(|s| s.starts_paragraph)
}

/// What it is worth to be the subject with which the paragraph opens.
const OPENS: f32 = 1.0;

/// Whether a name stands as a subject, directly or as apposition to one.
fn is_subject(view: &View<'_>, token: usize) -> bool {
    let mut at = token;
    for _ in 0..3 {
        if view.relation(at).is_subject() {
            return true;
        }
        match view.head(at) {
            Some(head) if super::same_thing(view.relation(at)) => at = head,
            _ => return false,
        }
    }
    false
}
