//! Spellings of a word by the conventions of several languages.

use std::collections::BTreeMap;

/// The conventions of one source: sound → spellings by language.
#[derive(Debug, Default)]
pub struct Conventions {
    sounds: BTreeMap<String, Vec<Vec<String>>>,
}

const SOURCE: &str = include_str!("../../../../training/names/conventions.txt");

impl Conventions {
    /// The section of this heading.
    pub fn of(heading: &str) -> Self {
        let section = SOURCE.split("\n== ").find(|s| s.lines().next() == Some(heading)).unwrap_or_default();
        let lines = section.lines().skip(1).filter(|l| !l.starts_with('#') && l.contains('|'));
        let sounds = lines.map(|line| {
            let mut fields = line.split('|').map(str::trim);
            let sound = fields.next().unwrap_or_default().to_owned();
            let spellings =
                |f: &str| f.split(' ').map(|s| if s == "-" { "" } else { s }.to_owned()).collect();
            (sound, fields.map(spellings).collect())
        });
        Self { sounds: sounds.collect() }
    }

    /// Number of languages.
    pub fn languages(&self) -> usize {
        self.sounds.values().map(Vec::len).max().unwrap_or(0)
    }

    /// A word as one language spells it; `pick` chooses among usual spellings. Letters without an entry go through `plain`.
    pub fn spell(
        &self,
        word: &str,
        language: usize,
        pick: &mut impl FnMut(usize) -> usize,
        plain: fn(char) -> String,
    ) -> String {
        let letters: Vec<char> = word.chars().collect();
        let (mut out, mut at) = (String::new(), 0);
        while at < letters.len() {
            let found = (1..=4).rev().filter(|n| at + n <= letters.len()).find_map(|n| {
                let sound: String = letters[at..at + n].iter().collect();
                let marked = [
                    (at + n == letters.len()).then(|| format!("{sound}$")),
                    (at == 0).then(|| format!("^{sound}")),
                    Some(sound),
                ];
                let spellings = marked.into_iter().flatten().find_map(|s| self.sounds.get(&s))?;
                Some((n, spellings.get(language)?))
            });
            match found {
                Some((n, spellings)) => {
                    out.push_str(&spellings[pick(spellings.len())]);
                    at += n;
                }
                None => {
                    out.push_str(&plain(letters[at]));
                    at += 1;
                }
            }
        }
        out
    }
}
