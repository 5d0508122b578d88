//! Pairs of names of people: of one person, and of two people whose names are easily taken for one another.

use crate::people::{Person, bag, people, words};
use crate::{Half, hash};
use std::collections::BTreeMap;
use std::path::Path;

/// What a pair of names is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Two spellings of one person's name: every word of the shorter has at least half of its letters in some word of
    /// the other, and two words do (plain edit distance; nothing of the matcher is used).
    Spelling,
    /// Two other names of one person: a nom de guerre, another surname, one word only.
    Alias,
    /// Two people of one surname.
    SameSurname,
    /// Two people of one given name and like surnames.
    LikeSurname,
    /// Two people who share a word of their names.
    SharedWord,
}

impl Kind {
    pub const ALL: [Self; 5] =
        [Self::Spelling, Self::Alias, Self::SameSurname, Self::LikeSurname, Self::SharedWord];

    /// Whether the names are one person's.
    pub fn is_same(self) -> bool {
        matches!(self, Self::Spelling | Self::Alias)
    }
}

/// Two names.
#[derive(Clone, Debug)]
pub struct NamePair {
    pub a: String,
    pub b: String,
    pub kind: Kind,
}

/// The pairs of one half, sorted.
pub fn name_pairs(folder: &Path, half: Half) -> std::io::Result<Vec<NamePair>> {
    let people: Vec<Person> = people(folder)?.into_iter().filter(|p| Half::of(&p.entity) == half).collect();
    let mut found: BTreeMap<(String, String), Kind> = BTreeMap::new();
    for person in &people {
        for (i, a) in person.names.iter().enumerate() {
            for b in person.names.iter().skip(i + 1).filter(|_| i < 2).take(10) {
                let (a, b) = (plain_order(a), plain_order(b));
                if latin(&a) && latin(&b) && bag(&a) != bag(&b) {
                    let kind = if spelling(&a, &b) { Kind::Spelling } else { Kind::Alias };
                    found.entry((a, b)).or_insert(kind);
                }
            }
        }
    }
    // Other people: from one list only, so that nobody meets himself in another.
    let listed: Vec<&Person> =
        people.iter().filter(|p| !p.id.starts_with("un ") && p.names[0].contains(',')).collect();
    strangers(&listed, &mut found);
    Ok(found.into_iter().map(|((a, b), kind)| NamePair { a, b, kind }).collect())
}

fn strangers(people: &[&Person], found: &mut BTreeMap<(String, String), Kind>) {
    let cut =
        |name: &str| name.split_once(',').map(|(s, g)| (s.trim().to_lowercase(), g.trim().to_lowercase()));
    let names: Vec<(usize, String, String, String)> = people
        .iter()
        .enumerate()
        .flat_map(|(i, p)| {
            p.names.iter().take(3).filter_map(move |n| cut(n).map(|(s, g)| (i, n.clone(), s, g)))
        })
        .collect();
    let mut add = |x: &(usize, String, String, String), y: &(usize, String, String, String), kind: Kind| {
        let (a, b) = (plain_order(&x.1), plain_order(&y.1));
        if people[x.0].entity != people[y.0].entity
            && bag(&a) != bag(&b)
            && !shares_name(people[x.0], people[y.0])
        {
            found.entry((a.clone().min(b.clone()), a.max(b))).or_insert(kind);
        }
    };
    let mut by_surname: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut by_given: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut by_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, (_, _, surname, given)) in names.iter().enumerate() {
        by_surname.entry(surname).or_default().push(i);
        by_given.entry(given.split(' ').next().unwrap_or_default()).or_default().push(i);
        given
            .split(' ')
            .chain(surname.split([' ', '-']))
            .filter(|w| w.len() > 3)
            .for_each(|w| by_word.entry(w).or_default().push(i));
    }
    for group in by_surname.values() {
        for (x, y) in sampled(group, 3) {
            add(&names[x], &names[y], Kind::SameSurname);
        }
    }
    for group in by_given.values() {
        for (x, y) in sampled(group, 60) {
            let alike = strsim::normalized_levenshtein(&names[x].2, &names[y].2);
            if (0.5..1.0).contains(&alike) {
                add(&names[x], &names[y], Kind::LikeSurname);
            }
        }
    }
    for group in by_word.values() {
        for (x, y) in sampled(group, 1) {
            add(&names[x], &names[y], Kind::SharedWord);
        }
    }
}

/// Up to `each` partners for every member.
fn sampled(group: &[usize], each: usize) -> Vec<(usize, usize)> {
    let n = group.len();
    (0..n)
        .flat_map(|i| (1..=each.min(n.saturating_sub(1))).map(move |k| (group[i], group[(i + k) % n])))
        .collect()
}

/// Whether two entries are one person after all, by an equal name.
fn shares_name(a: &Person, b: &Person) -> bool {
    a.names.iter().any(|x| b.names.iter().any(|y| bag(x) == bag(y)))
}

/// Surnames behind given names, as in running text, for two names of three.
fn plain_order(name: &str) -> String {
    match name.split_once(',') {
        Some((surname, given)) if !hash(name).is_multiple_of(3) => {
            format!("{} {}", given.trim(), surname.trim())
        }
        _ => name.to_owned(),
    }
}

fn latin(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii() || (c as u32) < 0x250)
}

fn spelling(a: &str, b: &str) -> bool {
    let (a, b) = (words(a), words(b));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.len() > 1 && short.iter().all(|x| long.iter().any(|y| strsim::normalized_levenshtein(x, y) >= 0.5))
}
