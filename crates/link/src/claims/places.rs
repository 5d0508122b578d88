//! Places as words name them: a sort of place (“a hotel”, “St Anne's Hospital”), or a town, region or state by name.

use super::Compared;
use super::scene::Scene;
use crate::words::folded;
use lexicon::Lexicon;
use record::{Deprel, ReferentKind, Xpos};
use std::collections::{BTreeMap, BTreeSet};

/// Tokens between two places that are named together.
const REACH: usize = 5;
/// Letters from which a word that two names share tells that they may be one.
const LONG: usize = 5;
/// Degrees between a large city and a suburb.
const SUBURB: f32 = 0.7;

/// A place that words name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// One of a sort, with the words of its name that say which.
    Sort { sort: &'static str, name: Vec<String> },
    /// A named place with no word for its sort: an entity.
    Named { entity: u32, tier: Tier },
}

/// How large a named place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tier {
    Town,
    Region,
    State,
}

/// Sorts of place at which others lie.
const WAYS: [&str; 2] = ["street", "square"];

impl Place {
    /// Places of one level are compared: buildings, towns, regions, states.
    pub(crate) fn level(&self) -> &'static str {
        match self {
            Self::Sort { sort, .. } if WAYS.contains(sort) => "street",
            Self::Sort { .. } => "site",
            Self::Named { tier: Tier::Town, .. } => "town",
            Self::Named { tier: Tier::Region, .. } => "region",
            Self::Named { tier: Tier::State, .. } => "state",
        }
    }
}

/// What the reports and the gazetteer tell of named places.
pub(crate) struct Map<'a> {
    compared: &'a Compared<'a>,
    tiers: BTreeMap<u32, Tier>,
    /// Places that are named together: “Arden, Velmark”, “between Arden and Brill”.
    together: BTreeSet<(u32, u32)>,
    /// Of each person the first entity that may be the same by its name.
    people: BTreeMap<u32, u32>,
}

impl<'a> Map<'a> {
    pub(crate) fn of(compared: &'a Compared<'a>) -> Self {
        let people = people(compared);
        let mut map = Self { compared, tiers: BTreeMap::new(), together: BTreeSet::new(), people };
        for scene in compared.scenes {
            let places: Vec<(usize, u32)> =
                (0..scene.keys.len()).filter_map(|t| Some((t, map.named_place(scene, t)?))).collect();
            for &(token, entity) in &places {
                let tier = described(scene, token);
                tier.into_iter().for_each(|tier| map.raise(entity, tier));
            }
            for pair in places.windows(2) {
                let [(from, a), (to, b)] = [pair[0], pair[1]];
                if a != b && to - from <= REACH {
                    map.together.insert((a.min(b), a.max(b)));
                }
            }
        }
        map
    }

    /// The entity by which a person is known in all reports.
    pub(crate) fn person(&self, entity: u32) -> u32 {
        self.people.get(&entity).copied().unwrap_or(entity)
    }

    fn raise(&mut self, entity: u32, tier: Tier) {
        let known = self.tiers.entry(entity).or_insert(tier);
        *known = tier.max(*known);
    }

    /// The entity of a place that a token heads a name of.
    fn named_place(&self, scene: &Scene, token: usize) -> Option<u32> {
        let entity = scene.entities[token]?;
        let kind = self.compared.entities.get(entity as usize)?.kind;
        (kind == ReferentKind::Place).then_some(entity)
    }

    /// The place that a token heads the name or description of.
    pub(crate) fn place(&self, scene: &Scene, token: usize) -> Option<Place> {
        let lexicon = self.compared.lexicon;
        let Some(entity) = scene.entities[token] else {
            return common(scene, token, lexicon).or_else(|| sort_of_name(&proper(scene, token)?, lexicon));
        };
        let known = self.compared.entities.get(entity as usize)?;
        match known.kind {
            ReferentKind::Person | ReferentKind::Group | ReferentKind::Event => None,
            kind => sort_of_name(&known.name, lexicon)
                .or_else(|| (kind == ReferentKind::Place).then(|| self.named(entity, &known.name))),
        }
    }

    fn named(&self, entity: u32, name: &str) -> Place {
        let lexicon = self.compared.lexicon;
        let last = name.split_whitespace().last().map(folded).unwrap_or_default();
        let tier = match () {
            () if lexicon.states.state(name).is_some() => Tier::State,
            () if REGIONS.contains(&last.as_str()) => Tier::Region,
            () => match lexicon.places.find(name, &[]) {
                Some(place) if place.is_state => Tier::State,
                Some(place) if place.is_region => Tier::Region,
                Some(_) => Tier::Town,
                None => self.tiers.get(&entity).copied().unwrap_or(Tier::Town),
            },
        };
        Place::Named { entity, tier }
    }

    /// Whether two places cannot be one place, nor one lie in the other.
    pub(crate) fn apart(&self, a: &Place, b: &Place) -> bool {
        match (a, b) {
            (Place::Sort { sort: x, name: left }, Place::Sort { sort: y, name: right }) if x == y => {
                let within = |a: &[String], b: &[String]| a.iter().all(|word| b.contains(word));
                !within(left, right) && !within(right, left)
            }
            (Place::Sort { sort: x, .. }, Place::Sort { sort: y, .. }) => {
                self.compared.lexicon.sites.exclude(x, y)
            }
            (Place::Named { entity: x, tier: left }, Place::Named { entity: y, tier: right }) => {
                x != y
                    && left == right
                    && !self.together.contains(&(*x.min(y), *x.max(y)))
                    && !self.is_suburb(*x, *y)
                    && !self.share_words(*x, *y)
            }
            _ => false,
        }
    }

    /// Whether two names have a long word in common: “Ottawa's War Memorial”, “the National War Memorial”.
    fn share_words(&self, a: u32, b: u32) -> bool {
        let words = |e: u32| -> BTreeSet<String> {
            let name = self.compared.entities.get(e as usize).map_or("", |e| e.name.as_str());
            name.split_whitespace().map(folded).filter(|word| word.len() >= LONG).collect()
        };
        !words(a).is_disjoint(&words(b))
    }

    /// Whether two towns of the gazetteer lie so near each other that reports name one for the other.
    fn is_suburb(&self, a: u32, b: u32) -> bool {
        let spot = |e: u32| {
            let name = &self.compared.entities.get(e as usize)?.name;
            self.compared.lexicon.places.find(name, &[])?.coordinates
        };
        let (Some(a), Some(b)) = (spot(a), spot(b)) else { return false };
        (a.0 - b.0).abs() < SUBURB && (a.1 - b.1).abs() < SUBURB
    }
}

/// Of each person the first entity with all words of the name, or whose words the name has all, if no two of one last word have
/// other words each: “Venn”, “Capt Ada Venn”.
fn people(compared: &Compared) -> BTreeMap<u32, u32> {
    let mut families: BTreeMap<String, Vec<(u32, BTreeSet<String>)>> = BTreeMap::new();
    for (entity, index) in compared.entities.iter().zip(0..) {
        let words: Vec<String> = entity.name.split_whitespace().map(folded).collect();
        if let Some(last) = words.last().filter(|_| entity.kind == ReferentKind::Person && entity.named) {
            families.entry(last.clone()).or_default().push((index, words.iter().cloned().collect()));
        }
    }
    let mut first = BTreeMap::new();
    for family in families.into_values() {
        let longest = family.iter().max_by_key(|(_, words)| words.len());
        let one = longest.is_some_and(|(_, most)| family.iter().all(|(_, words)| words.is_subset(most)));
        for (entity, _) in family.iter().filter(|_| one) {
            first.insert(*entity, family[0].0);
        }
    }
    first
}

/// Last words of names, and nouns beside them, that tell a part of a state.
const REGIONS: [&str; 14] = [
    "county",
    "province",
    "region",
    "state",
    "district",
    "prefecture",
    "governorate",
    "oblast",
    "canton",
    "department",
    "territory",
    "republic",
    "island",
    "peninsula",
];

/// The tier that the words beside a name tell: “the province of Velmark”, “Velmark province”, “Arden, Velmark”.
fn described(scene: &Scene, token: usize) -> Option<Tier> {
    let reading = &scene.report.reading;
    let region = |t: usize| REGIONS.contains(&scene.lemma(t).as_str());
    let of = token.checked_sub(2).filter(|t| scene.lemma(t + 1) == "of").is_some_and(region);
    let own = reading.children_by(token, &[Deprel::Compound]).any(region)
        || scene.relation(token) == Some(Deprel::Compound) && scene.head(token).is_some_and(region);
    (of || own).then_some(Tier::Region)
}

/// A place without a name: “a car park”.
fn common(scene: &Scene, token: usize, lexicon: &Lexicon) -> Option<Place> {
    let reading = &scene.report.reading;
    let single = reading.tags.get(token).is_some_and(|tag| tag.xpos == Xpos::Nn);
    let lemma = scene.lemma(token);
    let mut compounds = reading.children_by(token, &[Deprel::Compound]).filter(|&t| t + 1 == token);
    let joined = compounds.next().map(|t| format!("{}-{lemma}", scene.lemma(t)));
    let sort = joined.and_then(|joined| lexicon.sites.sort(&joined)).or_else(|| lexicon.sites.sort(&lemma));
    sort.filter(|_| single).map(|sort| Place::Sort { sort, name: Vec::new() })
}

/// The words of a name that no mention holds.
fn proper(scene: &Scene, token: usize) -> Option<String> {
    let reading = &scene.report.reading;
    let mut words: Vec<usize> =
        reading.children_by(token, &[Deprel::Compound, Deprel::Flat, Deprel::Amod]).collect();
    words.push(token);
    words.sort_unstable();
    let word = |t: &usize| reading.word(scene.text(), *t);
    let capital = |t: &usize| word(t).starts_with(char::is_uppercase);
    words.retain(capital);
    let name = words.iter().map(word).collect::<Vec<_>>().join(" ");
    (capital(&token) && words.len() > 1).then_some(name)
}

/// The sort of place that a name tells with its last word, or one before “of”, or “Hotel” or “Lake” at its start.
fn sort_of_name(name: &str, lexicon: &Lexicon) -> Option<Place> {
    if lexicon.places.find(name, &[]).is_some() {
        return None;
    }
    let words: Vec<String> = name.split(|c: char| c.is_whitespace() || c == '-').map(folded).collect();
    let tells = |(i, word): (usize, &String)| {
        let before = words.get(i + 1).is_some_and(|next| next == "of");
        let first = i == 0 && ["hotel", "lake", "mount"].contains(&word.as_str());
        lexicon.sites.sort(word).filter(|_| i > 0 && i + 1 == words.len() || before || first)
    };
    let sort = words.iter().enumerate().filter_map(tells).last()?;
    let which = |word: &&String| {
        let framing = ["of", "the", "and", "at", "in"].contains(&word.as_str());
        !framing && !word.is_empty() && lexicon.sites.sort(word) != Some(sort)
    };
    Some(Place::Sort { sort, name: words.iter().filter(which).cloned().collect() })
}
