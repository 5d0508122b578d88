//! Words for people: titles, roles, kinship, given names and their gender.

use crate::lines::entries;
use std::collections::HashMap;

/// What is known of words for people.
#[derive(Debug)]
pub struct People {
    titles: HashMap<String, Title>,
    roles: HashMap<&'static str, Option<Gender>>,
    given: HashMap<String, Gender>,
    portfolios: Vec<Vec<&'static str>>,
    parties: HashMap<&'static str, &'static str>,
    longest_title: usize,
}

/// Grammatical gender of a person, where words tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// He.
    Male,
    /// She.
    Female,
}

/// A word or words before a name that are no part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Title {
    /// Gender, if the title tells it.
    pub gender: Option<Gender>,
    /// The office it names, if any.
    pub office: Option<&'static str>,
}

impl People {
    pub(crate) fn load() -> Self {
        let titles: HashMap<String, Title> =
            title_lines().map(|(name, title, _)| (name.to_lowercase(), title)).collect();
        let longest_title = titles.keys().map(|t| t.split(' ').count()).max().unwrap_or(0);
        let roles = lists(include_str!("../data/people/roles.txt")).collect();
        let given = lists(include_str!("../data/people/given.txt"))
            .filter_map(|(name, gender)| Some((name.to_lowercase(), gender?)))
            .collect();
        let portfolios =
            entries(include_str!("../data/people/portfolios.txt")).map(|p| p.split(' ').collect()).collect();
        let parties = parties().collect();
        Self { titles, roles, given, portfolios, parties, longest_title }
    }

    /// The longest title these words begin with, and its length in words; a name must follow to make it one.
    pub fn title(&self, words: &[&str]) -> Option<(usize, Title)> {
        (1..=self.longest_title.min(words.len())).rev().find_map(|n| {
            let key = words[..n].join(" ").to_lowercase();
            self.titles.get(&key).map(|title| (n, *title))
        })
    }

    /// Whether this noun (lower case, singular) is a role, and the gender it tells.
    pub fn role(&self, noun: &str) -> Option<Option<Gender>> {
        self.roles.get(noun).copied()
    }

    /// Length in words of the office's field that these words begin with (“Foreign Affairs”, the longest).
    pub fn portfolio(&self, words: &[&str]) -> Option<usize> {
        self.portfolios.iter().filter(|p| words.starts_with(p)).map(Vec::len).max()
    }

    /// The party that a word (any case) says somebody belongs to, by one name for all its words (`GOP`, `republican`).
    pub fn party(&self, word: &str) -> Option<&'static str> {
        self.parties.get(word.to_lowercase().as_str()).copied()
    }

    /// The gender of those who bear this given name (any case).
    pub fn given(&self, name: &str) -> Option<Gender> {
        self.given.get(name.to_lowercase().as_str()).copied()
    }
}

fn lists(source: &'static str) -> impl Iterator<Item = (&'static str, Option<Gender>)> {
    entries(source).filter_map(|line| line.split_once(':')).flat_map(|(kind, list)| {
        list.split(';').map(str::trim).filter(|w| !w.is_empty()).map(move |word| (word, gender(kind)))
    })
}

fn parties() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = entries(include_str!("../data/people/parties.txt")).filter_map(|line| line.split_once(':'));
    lines.flat_map(|(party, words)| words.split(';').map(move |w| (w.trim(), party.trim())))
}

fn title_lines() -> impl Iterator<Item = (&'static str, Title, &'static str)> {
    entries(include_str!("../data/people/titles.txt")).filter_map(|line| {
        let mut fields = line.split('|').map(str::trim);
        let (name, kind, office) = (fields.next()?, fields.next()?, fields.next()?);
        let title = Title { gender: gender(kind), office: Some(office).filter(|o| !o.is_empty()) };
        Some((name, title, fields.next()?))
    })
}

fn gender(kind: &str) -> Option<Gender> {
    match kind {
        "m" => Some(Gender::Male),
        "f" => Some(Gender::Female),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_title_is_found_in_its_example() {
        let people = People::load();
        for (name, title, example) in title_lines() {
            let words: Vec<&str> = example.split(' ').collect();
            assert_eq!(people.title(&words), Some((name.split(' ').count(), title)), "{example}");
        }
    }

    #[test]
    fn gender_comes_from_roles_and_names() {
        let people = People::load();
        assert_eq!(people.role("spokeswoman"), Some(Some(Gender::Female)));
        assert_eq!(people.role("official"), Some(None));
        assert_eq!(people.role("bridge"), None);
        assert_eq!(people.given("SERGEI"), Some(Gender::Male));
        assert_eq!(people.given("Kim"), None);
        assert_eq!(people.party("GOP"), people.party("Republican"));
        assert!(people.party("Democratic").is_some_and(|p| people.party("Tory") != Some(p)));
        assert_eq!(people.party("spokesman"), None);
        assert_eq!(people.portfolio(&["Foreign", "Affairs", "Anna"]), Some(2));
    }
}
