//! The same people, bodies and places across reports.

use crate::naming::NameParts;
use crate::words::folded;
use lexicon::Lexicon;
use record::{ArticleIx, Entity, Referent, ReferentIx, ReferentKind, Report};
use std::collections::{BTreeMap, BTreeSet};

/// Entities in order of their first referent, each referent in exactly one.
pub(crate) fn entities(reports: &[Report], lexicon: &Lexicon) -> Vec<Entity> {
    let items = items(reports, lexicon);
    let mut joined = Joined::of(items.len());
    join_by_key(&items, &mut joined, lexicon);
    join_people(&items, &mut joined, lexicon);
    join_surnames(&items, &mut joined);
    join_acronyms(&items, &mut joined);
    join_bodies(&items, &mut joined, lexicon);
    let counts = mention_counts(reports);
    joined.groups().into_iter().map(|group| entity(&group, &items, &counts, lexicon)).collect()
}

/// Index of the entity of each referent.
pub(crate) fn by_referent(entities: &[Entity]) -> BTreeMap<(ArticleIx, ReferentIx), u32> {
    let members = entities.iter().zip(0..).flat_map(|(e, i)| e.members.iter().map(move |m| (*m, i)));
    members.collect()
}

/// A referent of one report with its names, cut up.
struct Item<'r> {
    at: (ArticleIx, ReferentIx),
    referent: &'r Referent,
    /// Names of a person.
    names: Vec<NameParts>,
}

impl Item<'_> {
    fn is_person(&self) -> bool {
        self.referent.kind == ReferentKind::Person && self.referent.named
    }

    fn full(&self) -> impl Iterator<Item = &NameParts> {
        self.names.iter().filter(|n| n.is_full())
    }

    fn is_full(&self) -> bool {
        self.full().next().is_some()
    }
}

fn items<'r>(reports: &'r [Report], lexicon: &Lexicon) -> Vec<Item<'r>> {
    let referents = reports.iter().zip(0..).flat_map(|(report, article)| {
        let referents = report.findings.referents.iter().zip(0..);
        referents.map(move |(referent, i)| ((ArticleIx(article), ReferentIx(i)), referent))
    });
    referents
        .map(|(at, referent)| {
            let person = referent.kind == ReferentKind::Person && referent.named;
            let written = std::iter::once(&referent.name).chain(&referent.names).filter(|_| person);
            let names = written.map(|n| NameParts::person(n, lexicon)).filter(|n| !n.is_empty()).collect();
            Item { at, referent, names }
        })
        .collect()
}

/// Joins what has one Wikidata item, or one name but for case, marks and what adds nothing to a name.
fn join_by_key(items: &[Item], joined: &mut Joined, lexicon: &Lexicon) {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    for (i, item) in items.iter().enumerate() {
        for key in keys(item, lexicon) {
            let other = *first.entry(key).or_insert(i);
            joined.join(other, i);
        }
    }
}

fn keys(item: &Item, lexicon: &Lexicon) -> Vec<String> {
    let referent = item.referent;
    let wikidata = referent.wikidata.iter().map(|id| format!("wikidata {id}"));
    if item.is_person() {
        return wikidata.collect();
    }
    if !referent.named {
        return described(referent, lexicon).into_iter().collect();
    }
    let group = kind_group(referent.kind);
    let written = std::iter::once(&referent.name).chain(&referent.names);
    let mut names: Vec<String> = written.filter_map(|name| name_key(name, lexicon)).collect();
    names.sort_unstable();
    names.dedup();
    let prefix = |name: &str| if name.contains(' ') { "name" } else { group };
    let key = |name: String| format!("{} {name}", prefix(&name));
    wikidata.chain(names.into_iter().map(key)).collect()
}

/// Places and bodies of one name of a single word are joined only with their like; a nameless kind goes with bodies.
fn kind_group(kind: ReferentKind) -> &'static str {
    match kind {
        ReferentKind::Place => "place",
        ReferentKind::Event => "event",
        ReferentKind::Product => "product",
        ReferentKind::Group => "group",
        ReferentKind::Organisation | ReferentKind::Other | ReferentKind::Person => "body",
    }
}

fn name_key(name: &str, lexicon: &Lexicon) -> Option<String> {
    if let Some(state) = lexicon.states.state(name) {
        return Some(state.to_lowercase());
    }
    let words: Vec<String> = content_words(name, lexicon).map(|w| lexicon.names.keys(&w).remove(0)).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn content_words<'a>(name: &'a str, lexicon: &'a Lexicon) -> impl Iterator<Item = String> + 'a {
    let words = crate::words::spans(name).map(|s| folded(s.text(name)));
    words.filter(|w| {
        !w.is_empty() && !["the", "of", "and", "for"].contains(&w.as_str()) && !lexicon.names.is_suffix(w)
    })
}

/// A description that names a body is the same source in another report if its words are:
/// “a senior White House official”, “the senior official of the White House”.
fn described(referent: &Referent, lexicon: &Lexicon) -> Option<String> {
    referent.represents.as_ref()?;
    let words: BTreeSet<String> =
        content_words(&referent.name, lexicon).filter(|w| w != "a" && w != "an").collect();
    (words.len() > 1).then(|| format!("described {}", words.into_iter().collect::<Vec<_>>().join(" ")))
}

/// Joins people whose full names can be one, unless that would put namesakes together.
fn join_people(items: &[Item], joined: &mut Joined, lexicon: &Lexicon) {
    let mut blocks: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (i, item) in items.iter().enumerate().filter(|(_, item)| item.is_person()) {
        for block in item.full().flat_map(NameParts::blocks) {
            blocks.entry(block).or_default().insert(i);
        }
    }
    let pairs: BTreeSet<(usize, usize)> = blocks
        .values()
        .flat_map(|block| block.iter().flat_map(move |&a| block.range(a + 1..).map(move |&b| (a, b))))
        .collect();
    for (a, b) in pairs {
        let same = items[a].full().any(|x| items[b].full().any(|y| x.same_person(y, lexicon)));
        if same && !joined.same(a, b) && !namesakes(items, &joined.members(a), &joined.members(b), lexicon) {
            joined.join(a, b);
        }
    }
}

fn namesakes(items: &[Item], a: &[usize], b: &[usize], lexicon: &Lexicon) -> bool {
    let full = |group: &[usize]| group.iter().flat_map(|&i| items[i].full().cloned()).collect::<Vec<_>>();
    let (a, b) = (full(a), full(b));
    a.iter().any(|x| b.iter().any(|y| x.is_namesake(y, lexicon)))
}

/// Joins a bare surname with the one person of that name, and equal surnames that nobody bears in full.
fn join_surnames(items: &[Item], joined: &mut Joined) {
    let singles = (0..items.len()).filter(|&i| items[i].is_person() && !items[i].is_full());
    let bearers = bearers(items);
    let mut alone: BTreeMap<String, usize> = BTreeMap::new();
    for single in singles.filter(|&i| !items[i].names.is_empty()).collect::<Vec<_>>() {
        let keys: BTreeSet<&String> = items[single].names.iter().flat_map(NameParts::surname).collect();
        let full: BTreeSet<usize> =
            keys.iter().filter_map(|key| bearers.get(*key)).flatten().copied().collect();
        let people: BTreeSet<usize> = full.iter().map(|&i| joined.root(i)).collect();
        match (people.len(), full.first()) {
            (1, Some(&bearer)) => joined.join(bearer, single),
            (0, _) => {
                for key in keys {
                    let other = *alone.entry(key.clone()).or_insert(single);
                    joined.join(other, single);
                }
            }
            _ => {}
        }
    }
}

/// People with a full name, by the keys of their surnames.
fn bearers(items: &[Item]) -> BTreeMap<String, Vec<usize>> {
    let mut bearers: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, item) in items.iter().enumerate().filter(|(_, item)| item.is_person()) {
        for key in item.full().flat_map(NameParts::surname) {
            bearers.entry(key.clone()).or_default().push(i);
        }
    }
    bearers
}

/// Joins an acronym with the one body whose initials it is.
fn join_acronyms(items: &[Item], joined: &mut Joined) {
    let bodies: Vec<usize> = (0..items.len())
        .filter(|&i| {
            items[i].referent.named && kind_group(items[i].referent.kind) == "body" && !items[i].is_person()
        })
        .collect();
    let mut long: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for &i in &bodies {
        for initials in items[i].referent.names.iter().filter_map(|n| initials(n)) {
            long.entry(initials).or_default().insert(i);
        }
    }
    for &i in &bodies {
        let name = items[i].referent.name.replace('.', "");
        let bearers = long.get(&name).into_iter().flatten();
        let roots: BTreeSet<usize> = bearers.map(|&b| joined.root(b)).collect();
        if let (1, Some(&root)) = (roots.len(), roots.first()) {
            joined.join(root, i);
        }
    }
}

/// What two reports name in common if they tell of one happening, without states and leaders, of whom all reports tell.
const ACQUAINTED: usize = 3;
/// Bodies described alike that one of them is compared with.
const ALIKE: usize = 50;

/// Joins bodies without a name that reports with names in common describe alike (“the coast guard”), where each report
/// has one such body only.
fn join_bodies(items: &[Item], joined: &mut Joined, lexicon: &Lexicon) {
    let mut names: BTreeMap<ArticleIx, BTreeSet<usize>> = BTreeMap::new();
    for (i, item) in items.iter().enumerate() {
        if item.referent.named && item.referent.wikidata.is_none() {
            names.entry(item.at.0).or_default().insert(joined.root(i));
        }
    }
    let acquainted = |a: usize, b: usize| {
        let [a, b] = [a, b].map(|i| names.get(&items[i].at.0));
        a.zip(b).is_some_and(|(a, b)| a.intersection(b).count() >= ACQUAINTED)
    };
    let mut alike: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
    for (i, words) in lone_bodies(items, lexicon) {
        let earlier = alike.entry(words).or_default();
        let other = earlier.iter().rev().take(ALIKE).copied().find(|&other| acquainted(other, i));
        earlier.push(i);
        if let Some(other) = other {
            joined.join(other, i);
        }
    }
}

/// Bodies that a report describes by two words or more without saying whose they are, with these words, as long as it speaks of
/// nothing else by the last of them (“the Haldrian coast guard”).
fn lone_bodies(items: &[Item], lexicon: &Lexicon) -> Vec<(usize, Vec<String>)> {
    let words = |item: &Item| content_words(&item.referent.name, lexicon).collect::<Vec<_>>();
    let mut found = Vec::new();
    let mut first = 0;
    for report in items.chunk_by(|a, b| a.at.0 == b.at.0) {
        let all: Vec<Vec<String>> = report.iter().map(words).collect();
        for (i, own) in all.iter().enumerate().filter(|(_, own)| own.len() > 1) {
            let referent = report[i].referent;
            let nameless = !referent.named && referent.represents.is_none();
            let others = all.iter().filter(|words| words.last() == own.last()).count();
            if nameless && referent.kind == ReferentKind::Organisation && others == 1 {
                found.push((first + i, own.clone()));
            }
        }
        first += report.len();
    }
    found
}

/// The capitals of a name of at least three capitalised words.
fn initials(name: &str) -> Option<String> {
    let capitals: String =
        name.split([' ', '-']).filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect();
    (capitals.chars().count() >= 3).then(|| {
        capitals
            .strip_prefix('T')
            .filter(|_| name.starts_with("The "))
            .map_or(capitals.clone(), str::to_owned)
    })
}

/// How often each referent is mentioned under each spelling.
fn mention_counts(reports: &[Report]) -> BTreeMap<(ArticleIx, ReferentIx), BTreeMap<String, usize>> {
    let mut counts: BTreeMap<(ArticleIx, ReferentIx), BTreeMap<String, usize>> = BTreeMap::new();
    for (report, article) in reports.iter().zip(0..) {
        for (span, mention) in report.findings.mentions.iter() {
            if let Some(referent) = mention.referent {
                let spellings = counts.entry((ArticleIx(article), referent)).or_default();
                *spellings.entry(span.text(report.text()).to_owned()).or_default() += 1;
            }
        }
    }
    counts
}

type Counts = BTreeMap<(ArticleIx, ReferentIx), BTreeMap<String, usize>>;

fn entity(group: &[usize], items: &[Item], counts: &Counts, lexicon: &Lexicon) -> Entity {
    let members: Vec<&Item> = group.iter().map(|&i| &items[i]).collect();
    let names: BTreeSet<String> = members.iter().flat_map(|m| m.referent.names.iter().cloned()).collect();
    let first = |get: fn(&Referent) -> &Option<String>| members.iter().find_map(|m| get(m.referent).clone());
    Entity {
        name: preferred(&members, counts, lexicon),
        kind: commonest(members.iter().map(|m| m.referent.kind)).unwrap_or(ReferentKind::Other),
        names: names.into_iter().collect(),
        named: members.iter().any(|m| m.referent.named),
        represents: first(|r| &r.represents),
        role: first(|r| &r.role),
        wikidata: first(|r| &r.wikidata),
        members: members.iter().map(|m| m.at).collect(),
    }
}

/// The name of the known item if there is one, else the fullest common name in its commonest spelling.
fn preferred(members: &[&Item], counts: &Counts, lexicon: &Lexicon) -> String {
    if let Some(known) = members.iter().find(|m| m.referent.wikidata.is_some()) {
        return known.referent.name.clone();
    }
    let spellings = spellings(members, counts, lexicon);
    let words = |name: &str| name.split_whitespace().count().min(3);
    let names = members.iter().map(|m| m.referent.name.as_str());
    let mut ranked: BTreeMap<&str, usize> = BTreeMap::new();
    names.for_each(|name| *ranked.entry(name).or_default() += 1);
    let best = ranked.into_iter().max_by(|(x, n), (y, m)| (words(x), *n).cmp(&(words(y), *m)).then(y.cmp(x)));
    let best = best.map_or("", |(name, _)| name);
    if !members.iter().all(|m| m.is_person()) {
        return best.to_owned();
    }
    let word =
        |w: &str| spellings.get(&lexicon.names.keys(w).remove(0)).cloned().unwrap_or_else(|| w.to_owned());
    best.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

/// The commonest spelling of each word by its key.
fn spellings(members: &[&Item], counts: &Counts, lexicon: &Lexicon) -> BTreeMap<String, String> {
    let mut tally: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
    for (text, n) in members.iter().filter_map(|m| counts.get(&m.at)).flatten() {
        for word in text.split_whitespace().filter(|w| w.chars().all(|c| c.is_alphabetic() || c == '-')) {
            *tally.entry(lexicon.names.keys(word).remove(0)).or_default().entry(word).or_default() += n;
        }
    }
    let best = |words: BTreeMap<&str, usize>| {
        words.into_iter().max_by(|(x, n), (y, m)| n.cmp(m).then(y.cmp(x))).map(|(word, _)| word.to_owned())
    };
    tally.into_iter().filter_map(|(key, words)| Some((key, best(words)?))).collect()
}

fn commonest(kinds: impl Iterator<Item = ReferentKind>) -> Option<ReferentKind> {
    let mut tally: BTreeMap<ReferentKind, usize> = BTreeMap::new();
    kinds.for_each(|kind| *tally.entry(kind).or_default() += 1);
    tally.into_iter().max_by(|(x, n), (y, m)| n.cmp(m).then(y.cmp(x))).map(|(kind, _)| kind)
}

/// Union-find over items.
struct Joined(Vec<usize>);

impl Joined {
    fn of(n: usize) -> Self {
        Self((0..n).collect())
    }

    fn root(&self, mut i: usize) -> usize {
        while self.0[i] != i {
            i = self.0[i];
        }
        i
    }

    fn same(&self, a: usize, b: usize) -> bool {
        self.root(a) == self.root(b)
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }

    fn members(&self, of: usize) -> Vec<usize> {
        let root = self.root(of);
        (0..self.0.len()).filter(|&i| self.root(i) == root).collect()
    }

    fn groups(&self) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        (0..self.0.len()).for_each(|i| groups.entry(self.root(i)).or_default().push(i));
        groups.into_values().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{named, report};
    use record::Findings;

    fn joined(people: &[&[&str]], kind: ReferentKind) -> Vec<(String, usize)> {
        let reports: Vec<Report> = people
            .iter()
            .map(|names| {
                let referents = names.iter().map(|n| named(n, kind)).collect();
                Report { findings: Findings { referents, ..Findings::default() }, ..report("") }
            })
            .collect();
        entities(&reports, &Lexicon::load()).into_iter().map(|e| (e.name, e.members.len())).collect()
    }

    #[test]
    fn spellings_are_one_person_and_a_surname_finds_its_bearer() {
        let found = joined(&[&["Vladimir Poutine"], &["Vladimir Putin"], &["Putin"]], ReferentKind::Person);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].1, 3);
    }

    #[test]
    fn a_surname_that_two_people_bear_is_left_alone() {
        let found =
            joined(&[&["Ana Hallow", "Robert Hallow"], &["Hallow"], &["Ana Hallow"]], ReferentKind::Person);
        assert_eq!(found.iter().map(|f| f.1).collect::<Vec<_>>(), [2, 1, 1]);
    }

    #[test]
    fn states_and_acronyms_are_joined() {
        let states = joined(&[&["United States"], &["U.S."]], ReferentKind::Place);
        assert_eq!(states.len(), 1);
        let bodies =
            joined(&[&["Harbour Police Authority"], &["HPA"], &["Harbor Watch"]], ReferentKind::Organisation);
        assert_eq!(bodies.iter().map(|b| b.1).collect::<Vec<_>>(), [2, 1]);
    }

    fn with_body(people: &[&str], bodies: &[&str]) -> Report {
        let person = |n: &&str| named(n, ReferentKind::Person);
        let body = |n: &&str| record::Referent { named: false, ..named(n, ReferentKind::Organisation) };
        let referents = people.iter().map(person).chain(bodies.iter().map(body)).collect();
        Report { findings: Findings { referents, ..Findings::default() }, ..report("") }
    }

    #[test]
    fn bodies_described_alike_are_one_among_the_same_names_only() {
        let people = ["Ana Hallow", "Robert Finn", "Dora Quill"];
        let bodies = |reports: &[Report]| {
            let all = entities(reports, &Lexicon::load());
            all.iter().filter(|e| e.kind == ReferentKind::Organisation).count()
        };
        let guard = || with_body(&people, &["coast guard"]);
        assert_eq!(bodies(&[guard(), guard()]), 1);
        assert_eq!(bodies(&[guard(), with_body(&people[..2], &["coast guard"])]), 2);
        assert_eq!(bodies(&[guard(), with_body(&people, &["coast guard", "national guard"])]), 3);
    }
}
