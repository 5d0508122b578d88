//! Names that two reports print differently: “Ilse Wolfe” here, “Ilse Wolff” there.

use super::Compared;
use super::scene::Scene;
use crate::credits::Origins;
use crate::words::{folded, stem};
use lexicon::Lexicon;
use record::{Claim, ClaimRelation, ClaimValue, Evidence, Made, MentionForm, NameKind, ReferentKind, Slot};
use std::collections::{BTreeMap, BTreeSet};

/// Letters of a word from which a name may be known by it.
const LONG: usize = 4;
/// Most words of a name that is compared.
const WORDS: usize = 5;
/// Names that share all words but one; more are too common to be one name.
const BLOCK: usize = 40;
/// How alike two words sound (`Names::likeness`) from which one may be a misprint of the other.
const LIKE: f32 = 0.4;
/// How alike two words of a person's name sound from which they may be romanised in two ways.
const ROMANISED: f32 = 0.7;
/// Rarity (`Names::rarity`) of words that no census has.
const RARE: f32 = 11.0;
/// Letters that two words of bodies and streets must share at the front to be taken for one word.
const FRONT: usize = 5;

const MADE: Made = Made::by("rule:link/claim-spelling@1");

/// A name as some reports print it.
struct Printed {
    words: Vec<String>,
    kind: ReferentKind,
    part: usize,
    /// The first place in each report.
    evidence: Vec<Evidence>,
    /// The name is that of somebody known, whose spellings are known to vary.
    known: bool,
}

/// One claim for each name of several words that reports of one part print in two ways, no report in both.
pub(crate) fn claims(compared: &Compared) -> Vec<Claim> {
    let names = printed(compared);
    let mut group: Vec<usize> = (0..names.len()).collect();
    for (a, b) in candidates(&names) {
        if is_variant(&names[a], &names[b], compared.lexicon) {
            let (from, to) = (group[a].max(group[b]), group[a].min(group[b]));
            group.iter_mut().filter(|g| **g == from).for_each(|g| *g = to);
        }
    }
    let mut groups: BTreeMap<usize, Vec<&Printed>> = BTreeMap::new();
    group.iter().zip(&names).for_each(|(g, name)| groups.entry(*g).or_default().push(name));
    groups.into_values().filter(|group| group.len() > 1).map(|group| claim(group, compared.origins)).collect()
}

fn printed(compared: &Compared) -> Vec<Printed> {
    let Compared { scenes, parts, entities, entity_of, .. } = *compared;
    let mut names: BTreeMap<(usize, ReferentKind, Vec<String>), Printed> = BTreeMap::new();
    for (scene, &part) in scenes.iter().zip(parts) {
        for (span, mention) in scene.report.findings.mentions.iter() {
            let words: Vec<String> = span.text(scene.text()).split_whitespace().map(bare).collect();
            let compared = matches!(
                mention.kind,
                ReferentKind::Person | ReferentKind::Organisation | ReferentKind::Place
            );
            let one = mention.form == MentionForm::Name && compared && (2..=WORDS).contains(&words.len());
            if !one || scene.report.article.is_boilerplate(span) || !is_whole(scene, span) {
                continue;
            }
            let entity = mention.referent.and_then(|r| entity_of.get(&(scene.article, r)));
            let known = entity.and_then(|e| entities.get(*e as usize)).is_some_and(|e| e.wikidata.is_some());
            let key = (part, mention.kind, words.iter().map(|w| folded(w)).collect());
            let name = names.entry(key).or_insert_with(|| Printed {
                words,
                kind: mention.kind,
                part,
                evidence: Vec::new(),
                known: false,
            });
            name.known |= known;
            if name.evidence.last().is_none_or(|e| e.article != scene.article) {
                name.evidence.push(scene.evidence(span));
            }
        }
    }
    for (scene, &part) in scenes.iter().zip(parts) {
        for (words, span) in streets(scene) {
            let key = (part, ReferentKind::Place, words.iter().map(|w| folded(w)).collect());
            let name = names.entry(key).or_insert_with(|| Printed {
                words,
                kind: ReferentKind::Place,
                part,
                evidence: Vec::new(),
                known: false,
            });
            if !name.evidence.iter().any(|e| e.article == scene.article) {
                name.evidence.push(scene.evidence(span));
            }
        }
    }
    names.into_values().collect()
}

/// Streets by their last word, also inside other names (“the Alder Street flat”).
fn streets<'s>(scene: &'s Scene) -> impl Iterator<Item = (Vec<String>, record::Span)> + 's {
    const ENDINGS: [&str; 8] =
        ["Street", "Road", "Avenue", "Lane", "Drive", "Boulevard", "Square", "Highway"];
    let reading = &scene.report.reading;
    let word = move |t: usize| reading.word(scene.text(), t);
    let capital = move |t: usize| word(t).chars().next().is_some_and(char::is_uppercase);
    (1..reading.tokens.len()).filter(move |&t| ENDINGS.contains(&word(t)) && capital(t - 1)).map(move |t| {
        let span = reading.tokens[t - 1].cover(reading.tokens[t]);
        (vec![bare(word(t - 1)), bare(word(t))], span)
    })
}

/// A word of a name without the possessive ending and marks at its ends.
fn bare(word: &str) -> String {
    let word = word.trim_end_matches("'s").trim_end_matches("’s");
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// Whether a mention is all of a name as the model marks it, not a cut piece.
fn is_whole(scene: &Scene, span: record::Span) -> bool {
    let mut names = scene.report.reading.names.overlapping(span);
    names.all(|(name, what)| span.contains(name) || what.kind == NameKind::Other)
}

/// Pairs of names of one kind and part that have all words but one in common.
fn candidates(names: &[Printed]) -> BTreeSet<(usize, usize)> {
    let mut blocks: BTreeMap<(usize, ReferentKind, usize, String), Vec<usize>> = BTreeMap::new();
    for (i, name) in names.iter().enumerate() {
        for left_out in 0..name.words.len() {
            let kept =
                name.words.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, w)| folded(w));
            let rest = kept.collect::<Vec<_>>().join(" ");
            blocks.entry((name.part, name.kind, left_out, rest)).or_default().push(i);
        }
    }
    let mut pairs = BTreeSet::new();
    for block in blocks.into_values().filter(|block| block.len() <= BLOCK) {
        for (i, &a) in block.iter().enumerate() {
            pairs.extend(block[i + 1..].iter().map(|&b| (a, b)));
        }
    }
    pairs
}

/// Whether two names that share all words but one are probably one name, printed in two ways.
fn is_variant(a: &Printed, b: &Printed, lexicon: &Lexicon) -> bool {
    let reports = |name: &Printed| name.evidence.iter().map(|e| e.article).collect::<BTreeSet<_>>();
    if a.words.len() != b.words.len() || a.known || b.known || !reports(a).is_disjoint(&reports(b)) {
        return false;
    }
    let mut differing =
        a.words.iter().zip(&b.words).map(|(x, y)| (folded(x), folded(y))).filter(|(x, y)| x != y);
    let (Some((x, y)), None) = (differing.next(), differing.next()) else { return false };
    differ(&x, &y, a.kind, lexicon)
}

/// Whether two words of names look like one, and no newsroom's convention or sound makes them one.
fn differ(x: &str, y: &str, kind: ReferentKind, lexicon: &Lexicon) -> bool {
    let letters = |word: &str| word.chars().count() >= LONG && word.chars().all(char::is_alphabetic);
    let front = x.chars().zip(y.chars()).take_while(|(a, b)| a == b).count();
    let keys = lexicon.names.keys(x);
    letters(x)
        && letters(y)
        && stem(x) != stem(y)
        && !lexicon.names.keys(y).iter().any(|key| keys.contains(key))
        && (kind == ReferentKind::Person || front >= FRONT)
        && lexicon.names.likeness(x, y) >= LIKE
        && !is_transliteration(x, y, kind, lexicon)
}

/// Whether two words that no census has are spelt differently by those who romanise them: alike in sound for a person, and
/// for others in every letter.
fn is_transliteration(x: &str, y: &str, kind: ReferentKind, lexicon: &Lexicon) -> bool {
    let rare = [x, y].iter().all(|word| lexicon.names.rarity(word) >= RARE);
    let letters = || {
        let found = lexicon.names.letters(x, y);
        found.is_some_and(|f| f.steps.iter().all(|step| step.left == step.right || step.weight > 0.0))
    };
    let alike = || kind == ReferentKind::Person && lexicon.names.likeness(x, y) >= ROMANISED;
    rare && (alike() || letters())
}

fn claim(mut names: Vec<&Printed>, origins: &Origins) -> Claim {
    names.sort_by_key(|name| (std::cmp::Reverse(name.evidence.len()), name.evidence.first().copied()));
    let shown: Vec<String> = names.iter().map(|name| name.words.join(" ")).collect();
    let reports: BTreeSet<_> =
        names.iter().flat_map(|name| name.evidence.iter().map(|e| e.article)).collect();
    let value = |(name, shown): (&&Printed, &String)| ClaimValue {
        value: shown.clone(),
        number: None,
        unit: None,
        text: Some(shown.clone()),
        evidence: name.evidence.clone(),
    };
    Claim {
        topic: format!("spelling of the name {}", shown[0]),
        slot: match names[0].kind {
            ReferentKind::Person => Slot::Person,
            ReferentKind::Place => Slot::Place,
            _ => Slot::Organisation,
        },
        relation: ClaimRelation::Conflict,
        reason: format!("one name printed in several ways: “{}”", shown.join("” / “")),
        values: names.iter().zip(&shown).map(value).collect(),
        independent_origins: origins.count(reports.into_iter()),
        confidence: 0.7,
        made_by: MADE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn varies(a: &str, b: &str) -> bool {
        differ(&a.to_lowercase(), &b.to_lowercase(), ReferentKind::Person, &Lexicon::load())
    }

    #[test]
    fn letters_of_one_sound_are_no_other_name() {
        assert!(!varies("Milliote", "Miliote") && !varies("Dorosh", "Doroch"));
        assert!(!varies("Varushkin", "Warouchkine") && !varies("Alimbandi", "Alimvandi"));
    }

    #[test]
    fn a_letter_more_or_another_one_is_a_name_printed_in_two_ways() {
        assert!(varies("Wolfe", "Wolff") && varies("Calderon", "Calderton"));
        assert!(!varies("Hansen", "Larsen") && !varies("Ana", "Ane"));
    }
}
