//! Word forms that do not follow the rules of English inflection.

use crate::lines::entries;
use std::collections::{HashMap, HashSet};

/// What is needed to find the lemma of a form.
#[derive(Debug)]
pub struct Lemmas {
    irregular: [HashMap<&'static str, &'static str>; 5],
    final_e: HashSet<&'static str>,
    single_l: HashSet<&'static str>,
}

/// Kinds of words that inflect, each with its own irregular forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inflection {
    /// Verbs and auxiliaries.
    Verb,
    /// Nouns.
    Noun,
    /// Adjectives and adverbs.
    Degree,
    /// Pronouns.
    Pronoun,
    /// Determiners.
    Determiner,
}

impl Lemmas {
    pub(crate) fn load() -> Self {
        let mut all = Self {
            irregular: Default::default(),
            final_e: words(include_str!("../data/lemmas/final-e.txt")),
            single_l: words(include_str!("../data/lemmas/single-l.txt")),
        };
        entries(include_str!("../data/lemmas/irregular.txt")).for_each(|line| all.add(line));
        all
    }

    fn add(&mut self, line: &'static str) {
        let Some((head, forms)) = line.split_once(':') else { return };
        let Some((class, lemma)) = head.split_once(' ') else { return };
        let kind = match class {
            "v" => Inflection::Verb,
            "n" => Inflection::Noun,
            "a" => Inflection::Degree,
            "d" => Inflection::Determiner,
            _ => Inflection::Pronoun,
        };
        for form in forms.split_whitespace() {
            self.irregular[kind as usize].entry(form).or_insert(lemma);
        }
    }

    /// The lemma of an irregular form (in lower case).
    pub fn irregular(&self, kind: Inflection, form: &str) -> Option<&'static str> {
        self.irregular[kind as usize].get(form).copied()
    }

    /// Whether a verb with this base form, silent final e included, is known (`vote`).
    pub fn has_final_e(&self, verb: &str) -> bool {
        self.final_e.contains(verb)
    }

    /// Whether a verb ends in one l that British spelling doubles (`cancel`).
    pub fn has_single_l(&self, verb: &str) -> bool {
        self.single_l.contains(verb)
    }
}

fn words(source: &'static str) -> HashSet<&'static str> {
    entries(source).flat_map(str::split_whitespace).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_kept_apart() {
        let lemmas = Lemmas::load();
        assert_eq!(lemmas.irregular(Inflection::Verb, "left"), Some("leave"));
        assert_eq!(lemmas.irregular(Inflection::Noun, "left"), None);
        assert_eq!(lemmas.irregular(Inflection::Degree, "better"), Some("good"));
        assert!(lemmas.has_final_e("vote") && !lemmas.has_final_e("visite") && lemmas.has_single_l("cancel"));
    }
}
