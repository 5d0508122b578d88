//! Who is known: people in office, states, bodies; and what a user's gazetteer adds.

pub mod gazetteer;

use crate::Lexicon;
use crate::lines::entries;
use crate::names::person::{Comparison, PersonName, Verdict};
use crate::people::Gender;
use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

/// All that are known by name. Ours are read at the first question; a user's gazetteers win over them.
#[derive(Debug, Default)]
pub struct Entities {
    ours: OnceLock<Shelf>,
    user: Shelf,
}

/// Somebody or something known.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// The name to show.
    pub name: String,
    /// Kind of thing.
    pub kind: KnownKind,
    /// Other names.
    pub names: Vec<String>,
    /// Wikidata item, where it is certain.
    pub wikidata: Option<String>,
    /// He or she, of people.
    pub gender: Option<Gender>,
    /// State or body it speaks for, whatever the time.
    pub represents: Option<String>,
    /// Office or role, whatever the time.
    pub role: Option<String>,
    /// Offices with their years.
    pub terms: Vec<Term>,
    /// Words for the people or things of a state.
    pub demonyms: Vec<String>,
    /// City where the government of a state sits.
    pub capital: Option<String>,
    /// File it comes from.
    pub source: String,
}

/// Kind of something known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KnownKind {
    /// A person.
    Person,
    /// A state.
    State,
    /// A government or a part of one.
    Government,
    /// Another body.
    Organisation,
    /// A place.
    Place,
}

impl KnownKind {
    /// Every kind with its written form.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Person, "person"),
        (Self::State, "state"),
        (Self::Government, "government"),
        (Self::Organisation, "organisation"),
        (Self::Place, "place"),
    ];

    /// The written form.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("person", |(_, text)| text)
    }

    /// The kind with this written form.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, t)| *t == text).map(|(kind, _)| *kind)
    }
}

/// An office held for some years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The office (`foreign minister`).
    pub office: String,
    /// The state or body.
    pub of: String,
    /// First year.
    pub from: Option<i16>,
    /// Last year; none while it lasts.
    pub to: Option<i16>,
}

impl Term {
    /// Whether the office was held in some part of this year.
    pub fn covers(&self, year: i16) -> bool {
        self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
    }

    /// The years in words: `1999–2008`, `2012–`.
    pub fn years(&self) -> String {
        let year = |y: Option<i16>| y.map_or(String::new(), |y| y.to_string());
        format!("{}–{}", year(self.from), year(self.to))
    }
}

impl Known {
    /// Somebody or something of which only the name and the file are known.
    fn named(name: &str, kind: KnownKind, source: &str) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            names: Vec::new(),
            wikidata: None,
            gender: None,
            represents: None,
            role: None,
            terms: Vec::new(),
            demonyms: Vec::new(),
            capital: None,
            source: source.to_owned(),
        }
    }

    /// The office held in a year; the last in the list of several.
    pub fn office(&self, year: i16) -> Option<&Term> {
        self.terms.iter().rev().find(|term| term.covers(year))
    }
}

/// Known things with their indexes.
#[derive(Debug, Default)]
struct Shelf {
    all: Vec<Known>,
    by_name: HashMap<String, Vec<usize>>,
    by_surname: HashMap<String, Vec<usize>>,
}

impl Shelf {
    fn of(all: Vec<Known>, lexicon: &Lexicon) -> Self {
        let mut shelf = Self { all, ..Self::default() };
        for (i, known) in shelf.all.iter().enumerate() {
            let written: BTreeSet<&str> =
                std::iter::once(known.name.as_str()).chain(known.names.iter().map(String::as_str)).collect();
            for name in written {
                shelf.by_name.entry(crate::states::key(name)).or_default().push(i);
                if known.kind == KnownKind::Person {
                    for key in surname_keys(name, lexicon) {
                        let holders = shelf.by_surname.entry(key).or_default();
                        if !holders.contains(&i) {
                            holders.push(i);
                        }
                    }
                }
            }
        }
        shelf
    }

    fn named(&self, name: &str) -> impl Iterator<Item = &Known> {
        self.by_name.get(&crate::states::key(name)).into_iter().flatten().map(|&i| &self.all[i])
    }

    fn surnamed(&self, name: &str, lexicon: &Lexicon) -> Vec<&Known> {
        let keys = surname_keys(name, lexicon);
        let found: BTreeSet<usize> =
            keys.iter().filter_map(|k| self.by_surname.get(k)).flatten().copied().collect();
        found.into_iter().map(|i| &self.all[i]).collect()
    }
}

/// Keys of every word of a name that can be a surname: with East Asian and Spanish names, not the last one only.
fn surname_keys(name: &str, lexicon: &Lexicon) -> BTreeSet<String> {
    let words: Vec<&str> =
        name.split([' ', '-', ',']).filter(|w| w.chars().count() > 1 && !w.ends_with('.')).collect();
    let particle = |w: &&&str| !lexicon.names.is_particle(&w.to_lowercase());
    words.iter().filter(particle).flat_map(|w| lexicon.names.keys(w)).map(|k| consonants(&k)).collect()
}

/// A key's consonants, so that spellings of other conventions are found; comparing decides.
fn consonants(key: &str) -> String {
    let kept: String = key.chars().filter(|c| !"aeiou".contains(*c)).collect();
    if kept.len() > 1 { kept } else { key.to_owned() }
}

impl Lexicon {
    /// Adds users' gazetteers; they win over our words, and earlier ones over later ones.
    pub fn with(mut self, gazetteers: Vec<gazetteer::Gazetteer>) -> Self {
        let all: Vec<Known> = gazetteers.into_iter().flat_map(|g| g.entries).collect();
        all.iter().for_each(|known| self.states.learn(known));
        self.entities.user = Shelf::of(all, &self);
        self
    }

    /// Who or what bears this name, a user's entries first; of people also those whose names are spelt otherwise, with the
    /// comparison that says so.
    pub fn known(&self, name: &str) -> Vec<(&Known, Option<Comparison>)> {
        let shelves = [&self.entities.user, self.ours()];
        let mut found: Vec<(&Known, Option<Comparison>)> = Vec::new();
        for shelf in shelves {
            let exact: Vec<&Known> = shelf.named(name).collect();
            let alike = self.alike(name, shelf).into_iter().filter(|(known, _)| !exact.contains(known));
            let alike: Vec<_> = alike.map(|(known, comparison)| (known, Some(comparison))).collect();
            found.extend(exact.iter().map(|known| (*known, None)));
            found.extend(alike);
        }
        found
    }

    /// What bears exactly this name but for case, marks and “the”, a user's entries first.
    pub fn known_exactly(&self, name: &str) -> Vec<&Known> {
        self.entities.user.named(name).chain(self.ours().named(name)).collect()
    }

    /// The people of office with this surname.
    pub fn known_by_surname(&self, surname: &str) -> Vec<&Known> {
        let own = self.entities.user.surnamed(surname, self);
        let last = |known: &&Known| {
            let name = PersonName::read(&known.name, &self.people, &self.names);
            name.words.iter().any(|w| self.names.same_surname(&w.text, surname))
        };
        own.into_iter().chain(self.ours().surnamed(surname, self)).filter(last).collect()
    }

    fn ours(&self) -> &Shelf {
        self.entities.ours.get_or_init(|| Shelf::of(ours(self), self))
    }

    /// People whose full name is the same in another spelling, the likeliest first.
    fn alike<'l>(&'l self, name: &str, shelf: &'l Shelf) -> Vec<(&'l Known, Comparison)> {
        let read = |name: &str| PersonName::read(name, &self.people, &self.names);
        let wanted = read(name);
        if !wanted.is_full() {
            return Vec::new();
        }
        let compare = |known: &'l Known| {
            let names = std::iter::once(&known.name).chain(&known.names);
            let found = names.map(|n| self.names.compare(&wanted, &read(n)));
            let best = found.filter(|c| c.verdict == Verdict::Same && c.pairs.len() > 1);
            best.max_by(|x, y| x.chance.total_cmp(&y.chance)).map(|c| (known, c))
        };
        let mut found: Vec<_> = shelf.surnamed(name, self).into_iter().filter_map(compare).collect();
        found.sort_by(|x, y| y.1.chance.total_cmp(&x.1.chance).then(x.0.name.cmp(&y.0.name)));
        found
    }
}

/// The files of this folder.
const LEADERS: [(&str, &str); 2] = [
    ("lexicon/entities/leaders-europe", include_str!("../data/entities/leaders-europe.txt")),
    ("lexicon/entities/leaders-world", include_str!("../data/entities/leaders-world.txt")),
];

fn ours(lexicon: &Lexicon) -> Vec<Known> {
    let mut all = leaders();
    all.extend(bodies(
        include_str!("../data/entities/states.txt"),
        "lexicon/entities/states",
        KnownKind::State,
    ));
    let organisations = include_str!("../data/entities/bodies.txt");
    all.extend(bodies(organisations, "lexicon/entities/bodies", KnownKind::Organisation));
    let mut names: HashMap<&str, Vec<String>> = HashMap::new();
    let spelt = lexicon.states.spellings();
    spelt.iter().for_each(|(name, state)| names.entry(state).or_default().push(name.clone()));
    for known in all.iter_mut().filter(|k| k.kind == KnownKind::State) {
        known.names.extend(names.remove(known.name.as_str()).unwrap_or_default());
    }
    all
}

/// People by `office: name from-to id; …` under `== State`; one person is one entry, whatever the number of terms and
/// states. Monarchs of one name reign in several states and are as many people.
fn leaders() -> Vec<Known> {
    let mut all: Vec<Known> = Vec::new();
    let mut at: HashMap<(&str, &str), usize> = HashMap::new();
    for (source, text) in LEADERS {
        let mut state = "";
        for line in entries(text) {
            if let Some(name) = line.strip_prefix("== ") {
                state = name;
                continue;
            }
            let Some((office, holders)) = line.split_once(": ") else { continue };
            for holder in holders.split("; ").filter_map(Holder::read) {
                let scope = if MONARCHS.contains(&office) || !holder.name.contains(' ') { state } else { "" };
                let number = *at.entry((scope, holder.name)).or_insert_with(|| {
                    all.push(holder.known(source));
                    all.len() - 1
                });
                holder.add_term(&mut all[number], office, state);
            }
        }
    }
    all.iter_mut().for_each(|known| known.terms.sort_by_key(|t| (t.from, t.to)));
    all
}

/// Offices whose holders bear a first name only.
const MONARCHS: [&str; 8] =
    ["king", "queen", "prince", "grand duke", "emperor", "emir", "crown prince", "pope"];

struct Holder {
    name: &'static str,
    woman: bool,
    from: Option<i16>,
    to: Option<i16>,
    wikidata: Option<&'static str>,
}

impl Holder {
    fn read(text: &'static str) -> Option<Self> {
        let (text, wikidata) = match text.rsplit_once(' ') {
            Some((rest, id)) if id.starts_with('Q') && id[1..].bytes().all(|b| b.is_ascii_digit()) => {
                (rest, Some(id))
            }
            _ => (text, None),
        };
        let (name, years) = text.rsplit_once(' ')?;
        let (from, to) = years.split_once('-')?;
        let woman = name.ends_with('*');
        Some(Self {
            name: name.trim_end_matches('*'),
            woman,
            from: from.parse().ok(),
            to: to.parse().ok(),
            wikidata,
        })
    }

    fn add_term(&self, known: &mut Known, office: &str, state: &str) {
        known.wikidata = known.wikidata.take().or(self.wikidata.map(str::to_owned));
        let (office, of) = (office.to_owned(), state.to_owned());
        known.terms.push(Term { office, of, from: self.from, to: self.to });
    }

    fn known(&self, source: &str) -> Known {
        let gender = Some(if self.woman { Gender::Female } else { Gender::Male });
        Known { gender, ..Known::named(self.name, KnownKind::Person, source) }
    }
}

/// `name | Wikidata item | …`.
fn bodies(text: &'static str, source: &'static str, kind: KnownKind) -> impl Iterator<Item = Known> {
    entries(text).filter_map(move |line| {
        let mut fields = line.split('|').map(str::trim);
        let (name, wikidata) = (fields.next()?, fields.next().filter(|id| !id.is_empty()));
        let other = fields.next().filter(|_| kind != KnownKind::State);
        let names = other
            .into_iter()
            .flat_map(|o| o.split(';'))
            .map(str::trim)
            .filter(|n| !n.is_empty())
            .map(str::to_owned);
        Some(Known {
            names: names.collect(),
            wikidata: wikidata.map(str::to_owned),
            ..Known::named(name, kind, source)
        })
    })
}

/// The state with this ISO 3166 code of two letters (any case).
pub(crate) fn state_of_code(code: &str) -> Option<&'static str> {
    entries(include_str!("../data/entities/states.txt")).find_map(|line| {
        let mut fields = line.split('|').map(str::trim);
        let name = fields.next()?;
        fields.nth(1)?.eq_ignore_ascii_case(code).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_of_office_are_found_in_any_spelling_with_their_terms() {
        let lexicon = Lexicon::load();
        for name in
            ["Vladimir Putin", "Vladimir Poutine", "Wladimir Putin", "Владимир Путин", "Putin, Vladimir"]
        {
            let found = lexicon.known(name);
            assert_eq!(found.first().and_then(|(k, _)| k.wikidata.as_deref()), Some("Q7747"), "{name}");
        }
        let (merkel, _) = &lexicon.known("Angela Merkel")[0];
        assert_eq!(merkel.gender, Some(Gender::Female));
        assert_eq!(
            merkel.office(2014).map(|t| (t.office.as_str(), t.of.as_str())),
            Some(("chancellor", "Germany"))
        );
        assert_eq!(merkel.office(1995), None);
        assert!(lexicon.known("Lena Strand").is_empty() && lexicon.known("").is_empty());
    }

    #[test]
    fn every_line_of_the_files_is_read() {
        let lexicon = Lexicon::load();
        for (source, text) in LEADERS {
            for line in entries(text) {
                assert!(line.starts_with("== ") || line.contains(": "), "{source}: {line}");
                if let Some(state) = line.strip_prefix("== ") {
                    let known = lexicon.states.state(state).is_some() || lexicon.states.seat(state).is_some();
                    assert!(known, "{source}: {state} is neither in states.txt nor in seats.txt");
                }
                let holders = line.split_once(": ").map_or("", |(_, h)| h);
                for holder in holders.split("; ").filter(|h| !h.is_empty()) {
                    let read = Holder::read(holder).unwrap_or_else(|| panic!("{source}: {holder}"));
                    let from = read.from.unwrap_or_else(|| panic!("{source}: {holder} has no first year"));
                    assert!(
                        (1940..2026).contains(&from) && read.to.is_none_or(|to| (from..2027).contains(&to)),
                        "{holder}"
                    );
                }
            }
        }
    }

    #[test]
    fn no_two_entries_share_a_wikidata_item_but_people_of_two_states() {
        let lexicon = Lexicon::load();
        let mut seen: HashMap<&str, &str> = HashMap::new();
        for known in &lexicon.ours().all {
            if let Some(id) = known.wikidata.as_deref() {
                let other = seen.entry(id).or_insert(&known.name);
                assert_eq!(*other, known.name, "{id}");
            }
        }
    }

    #[test]
    fn states_and_bodies_have_their_items() {
        let lexicon = Lexicon::load();
        let id = |name: &str| lexicon.known(name).first().and_then(|(k, _)| k.wikidata.clone());
        assert_eq!(id("the U.S.").as_deref(), Some("Q30"));
        assert_eq!(id("NATO").as_deref(), Some("Q7184"));
        assert_eq!(state_of_code("ua"), Some("Ukraine"));
    }
}
