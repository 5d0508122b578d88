//! States, their demonyms and seats of government, bodies, and names of places that stand for them.

use crate::entities::{Known, KnownKind};
use crate::lines::entries;
use record::SpeakerKind;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// What is known of states and bodies. Keys ignore case, marks and a leading “the”.
#[derive(Debug)]
pub struct States {
    names: HashMap<String, Cow<'static, str>>,
    demonyms: HashMap<String, Cow<'static, str>>,
    capitals: HashMap<String, Cow<'static, str>>,
    seats: HashMap<String, (Cow<'static, str>, SpeakerKind)>,
    bodies: HashMap<&'static str, SpeakerKind>,
    transliterated: HashSet<&'static str>,
}

/// A residence, ministry or body that speaks for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat<'l> {
    /// Whom it speaks for.
    pub represents: &'l str,
    /// Government or organisation.
    pub kind: SpeakerKind,
}

impl States {
    pub(crate) fn load() -> Self {
        let mut states = Self {
            names: HashMap::new(),
            demonyms: HashMap::new(),
            capitals: HashMap::new(),
            seats: seat_lines()
                .map(|(name, seat, _)| (key(name), (seat.represents.into(), seat.kind)))
                .collect(),
            bodies: HashMap::new(),
            transliterated: transliterated(),
        };
        entries(include_str!("../data/states/states.txt")).for_each(|line| states.add(line));
        states.bodies = bodies();
        states
    }

    fn add(&mut self, line: &'static str) {
        let mut fields = line.split('|').map(str::trim);
        let Some(name) = fields.next() else { return };
        self.names.insert(key(name), name.into());
        for (field, map) in fields.zip([&mut self.names, &mut self.demonyms, &mut self.capitals]) {
            for item in field.split(';').map(str::trim).filter(|i| !i.is_empty()) {
                map.entry(key(item)).or_insert(name.into());
            }
        }
    }

    /// The common name of the state with this name.
    pub fn state(&self, name: &str) -> Option<&str> {
        self.names.get(&key(name)).map(AsRef::as_ref)
    }

    /// Whether the names of this state's people (its common name) are spelled in several ways in Latin letters.
    pub fn transliterates(&self, state: &str) -> bool {
        self.transliterated.contains(state)
    }

    /// The state whose people or things this word names (“Russian”, “Poles”).
    pub fn demonym(&self, word: &str) -> Option<&str> {
        self.demonyms.get(&key(word)).map(AsRef::as_ref)
    }

    /// The state whose government sits in this city.
    pub fn capital(&self, city: &str) -> Option<&str> {
        self.capitals.get(&key(city)).map(AsRef::as_ref)
    }

    /// The residence, ministry or body with this name.
    pub fn seat(&self, name: &str) -> Option<Seat<'_>> {
        self.seats.get(&key(name)).map(|(represents, kind)| Seat { represents, kind: *kind })
    }

    /// Takes over what a user's gazetteer says of a state or body; it wins over our words.
    pub(crate) fn learn(&mut self, known: &Known) {
        let names = || std::iter::once(&known.name).chain(&known.names).map(|n| key(n));
        let shown = || Cow::Owned(known.name.clone());
        if known.kind == KnownKind::State {
            names().for_each(|name| _ = self.names.insert(name, shown()));
            known.demonyms.iter().for_each(|word| _ = self.demonyms.insert(key(word), shown()));
            known.capital.iter().for_each(|city| _ = self.capitals.insert(key(city), shown()));
        }
        let kind = match known.kind {
            KnownKind::Government => SpeakerKind::Government,
            KnownKind::Organisation => SpeakerKind::Organisation,
            _ => return,
        };
        let represents = known.represents.clone().unwrap_or_else(|| known.name.clone());
        names().for_each(|name| _ = self.seats.insert(name, (Cow::Owned(represents.clone()), kind)));
    }

    /// Every name of a state (as a key) with the state's common name, sorted.
    pub(crate) fn spellings(&self) -> Vec<(String, &str)> {
        let mut names: Vec<(String, &str)> =
            self.names.iter().map(|(name, state)| (name.clone(), state.as_ref())).collect();
        names.sort_unstable();
        names
    }

    /// The kind of speaker this common noun (lower case) names: `ministry` a government, `party` an organisation.
    pub fn body(&self, noun: &str) -> Option<SpeakerKind> {
        self.bodies.get(noun).copied()
    }
}

fn bodies() -> HashMap<&'static str, SpeakerKind> {
    let mut bodies = HashMap::new();
    for (kind, list) in entries(include_str!("../data/states/bodies.txt")).filter_map(|l| l.split_once(':')) {
        let Some(kind) = SpeakerKind::parse(kind) else { continue };
        for word in list.split(';').map(str::trim) {
            bodies.entry(word).or_insert(kind);
        }
    }
    bodies
}

fn seat_lines() -> impl Iterator<Item = (&'static str, Seat<'static>, &'static str)> {
    entries(include_str!("../data/states/seats.txt")).filter_map(|line| {
        let mut fields = line.split('|').map(str::trim);
        let (name, represents) = (fields.next()?, fields.next()?);
        let kind = SpeakerKind::parse(fields.next()?)?;
        Some((name, Seat { represents, kind }, fields.next()?))
    })
}

/// Lower case without marks, dots and a leading article, so that `U.S.`, `the US` and `us`… differ only where the caller's case does.
fn transliterated() -> HashSet<&'static str> {
    let lines = entries(include_str!("../data/states/scripts.txt"));
    lines.flat_map(|line| line.split(';')).map(str::trim).filter(|name| !name.is_empty()).collect()
}

pub(crate) fn key(name: &str) -> String {
    let plain = deunicode::deunicode(name.trim());
    let plain = plain.replace('.', "");
    let lower = plain.to_lowercase();
    lower.strip_prefix("the ").unwrap_or(&lower).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_demonyms_and_capitals_lead_to_the_state() {
        let states = States::load();
        assert_eq!(states.state("the U.S."), Some("United States"));
        assert_eq!(states.state("Türkiye"), Some("Turkey"));
        assert_eq!(states.demonym("Russians"), Some("Russia"));
        assert_eq!(states.capital("Kiev"), Some("Ukraine"));
        assert_eq!(states.capital("Geneva"), None);
    }

    #[test]
    fn states_of_other_letters_are_states() {
        let states = States::load();
        assert!(states.transliterates("Russia") && !states.transliterates("Sweden"));
        let ended = ["Soviet Union", "Yugoslavia"];
        let names = transliterated();
        let mut strangers: Vec<_> =
            names.into_iter().filter(|n| states.state(n).is_none() && !ended.contains(n)).collect();
        strangers.sort_unstable();
        assert!(strangers.is_empty(), "{strangers:?}");
    }

    #[test]
    fn seats_speak_for_somebody() {
        let states = States::load();
        assert_eq!(states.seat("the Kremlin").map(|s| s.represents), Some("Russia"));
        assert_eq!(states.seat("NATO").map(|s| s.kind), Some(SpeakerKind::Organisation));
        for (name, _, example) in seat_lines() {
            assert!(example.ends_with('.'), "{name} has no example");
        }
    }

    #[test]
    fn common_nouns_have_a_kind() {
        let states = States::load();
        assert_eq!(states.body("ministry"), Some(SpeakerKind::Government));
        assert_eq!(states.body("parliament"), Some(SpeakerKind::Organisation));
        assert_eq!(states.body("report"), Some(SpeakerKind::Document));
        assert_eq!(states.body("bridge"), None);
    }
}
