//! What the lexicon knows of those an article names: a Wikidata item, the common spelling, the office at the time.

use super::Entry;
use lexicon::Lexicon;
use lexicon::entities::{Known, KnownKind};
use record::{Published, ReferentKind};
use std::collections::BTreeSet;

/// Rarity (nats) from which a full name is its known bearer's without any office beside it: `John Major` is not.
const TELLING: f32 = 19.0;
/// The same of a surname alone.
const TELLING_SURNAME: f32 = 11.0;

/// The year of a date.
pub fn year(published: &Published) -> Option<i16> {
    published.value.get(..4)?.parse().ok()
}

/// Adds what is known to all that are named.
pub fn fill(lexicon: &Lexicon, year: Option<i16>, entries: &mut [Entry]) {
    for entry in entries.iter_mut().filter(|e| e.referent.named) {
        match entry.referent.kind {
            ReferentKind::Person => {
                if let Some(known) = person(lexicon, year, entry) {
                    complete(known, year, entry);
                }
            }
            _ => thing(lexicon, entry),
        }
    }
}

fn thing(lexicon: &Lexicon, entry: &mut Entry) {
    let found = lexicon.known_exactly(&entry.referent.name);
    let Some(known) = found.into_iter().find(|k| k.kind != KnownKind::Person) else { return };
    entry.referent.wikidata.clone_from(&known.wikidata);
    let other = known.represents.clone().filter(|r| *r != entry.referent.name);
    entry.referent.represents = entry.referent.represents.take().or(other);
}

/// The one person known who is meant, if nothing in the article speaks against it.
fn person<'l>(lexicon: &'l Lexicon, year: Option<i16>, entry: &Entry) -> Option<&'l Known> {
    let name = &entry.referent.name;
    let full = name.contains(' ');
    let exactly: Vec<&Known> = lexicon.known_exactly(name);
    let found: Vec<&Known> = match full {
        true => lexicon.known(name).into_iter().map(|(known, _)| known).collect(),
        false => lexicon.known_by_surname(name),
    };
    let respelled = |known: &&Known| transliterated(lexicon, known) && sounds_like(lexicon, name, known);
    let sounds = |known: &&Known| !full || exactly.contains(known) || respelled(known);
    let rarity: f32 = name.split([' ', '-']).map(|word| lexicon.names.rarity(word)).sum();
    let telling = rarity >= if full { TELLING } else { TELLING_SURNAME };
    let fits = |known: &&Known| {
        known.kind == KnownKind::Person
            && !contradicted(known, entry)
            && (known.gender.is_none() || entry.gender.is_none() || known.gender == entry.gender)
    };
    let found: Vec<&Known> = found.into_iter().filter(fits).collect();
    let supported: Vec<&Known> =
        found.iter().copied().filter(|k| supported(k, year, entry, full, sounds(k))).collect();
    let in_office = |known: &&Known| year.is_some_and(|y| known.office(y).is_some());
    let users = |known: &&Known| known.terms.is_empty() && full;
    let alone: Vec<&Known> =
        found.into_iter().filter(sounds).filter(|k| users(k) || telling && (full || in_office(k))).collect();
    only(&supported).or_else(|| only(&alone))
}

/// Whether a known person's name is spelled in several ways: of a state that writes with other letters, or of none we know.
fn transliterated(lexicon: &Lexicon, known: &Known) -> bool {
    let mut of = known.terms.iter().map(|t| &t.of).chain(&known.represents).peekable();
    of.peek().is_none() || of.any(|state| lexicon.states.transliterates(state))
}

/// Whether every word of a full name sounds as one of a known person's does and none is left over: what stands without
/// an office beside it must be the same name (`Poutine`, `Putin`), not one much like it (`Matt Lauer`, `Mart Laar`).
fn sounds_like(lexicon: &Lexicon, name: &str, known: &Known) -> bool {
    let keys = |name: &str| -> Vec<BTreeSet<String>> {
        let letters = |w: &str| w.chars().filter(|c| c.is_alphabetic()).count();
        let words = name.split([' ', '-']).filter(|w| letters(w) > 1 && !is_particle(w));
        words.map(|w| lexicon.names.keys(w).into_iter().collect()).collect()
    };
    let wanted = keys(name);
    let mut names = std::iter::once(&known.name).chain(&known.names).map(|n| keys(n));
    names.any(|other| {
        let meets = |a: &BTreeSet<String>| other.iter().any(|b| !a.is_disjoint(b));
        wanted.len() > 1 && wanted.len() == other.len() && wanted.iter().all(meets)
    })
}

/// A word that a name is written with or without: “al-Assad”, “Assad”.
fn is_particle(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "al" | "el"
            | "bin"
            | "ibn"
            | "ben"
            | "de"
            | "der"
            | "den"
            | "van"
            | "von"
            | "da"
            | "di"
            | "du"
            | "la"
            | "le"
    )
}

fn only<'l>(found: &[&'l Known]) -> Option<&'l Known> {
    match found {
        [one] => Some(one),
        // A user's entry stands before ours of the same name.
        [first, rest @ ..] if rest.iter().all(|k| k.name == first.name) => Some(first),
        _ => None,
    }
}

/// Whether the article has the person speak for a state or body that he or she never held office in.
fn contradicted(known: &Known, entry: &Entry) -> bool {
    let Some(represents) = &entry.referent.represents else { return false };
    let of = known.terms.iter().map(|t| &t.of).chain(&known.represents);
    let all: Vec<&String> = of.collect();
    !all.is_empty() && !all.contains(&represents)
}

/// Whether the article gives the person an office he or she held; of a surname alone, held in that year. That both are
/// of one state says something only of the same name: a state has a Powell and a Rowell.
fn supported(known: &Known, year: Option<i16>, entry: &Entry, full: bool, same: bool) -> bool {
    let held = |term: &&lexicon::entities::Term| full || year.is_some_and(|y| term.covers(y));
    let office = |office: &str| {
        let words = |text: &str| text.split([' ', '-']).map(str::to_lowercase).collect::<Vec<_>>();
        let wanted = words(office);
        entry.roles.iter().any(|role| wanted.last().is_some_and(|head| words(role).contains(head)))
    };
    let state = |of: &String| entry.referent.represents.as_ref() == Some(of);
    known.terms.iter().filter(held).any(|term| office(&term.office) || full && same && state(&term.of))
}

fn complete(known: &Known, year: Option<i16>, entry: &mut Entry) {
    let referent = &mut entry.referent;
    let term = year.and_then(|y| known.office(y));
    let of = term.map(|t| t.of.clone()).filter(|of| !of.is_empty());
    referent.represents = referent.represents.take().or_else(|| known.represents.clone()).or(of);
    let role = known.role.clone().or_else(|| term.map(|t| t.office.clone()));
    entry.roles.extend(role.clone().filter(|r| !entry.roles.contains(r)));
    referent.role = referent.role.take().or(role);
    referent.wikidata.clone_from(&known.wikidata);
    entry.gender = entry.gender.or(known.gender);
    referent.name.clone_from(&known.name);
}
