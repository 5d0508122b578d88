//! Proper names: the best legal BIO sequence of each sentence, and what kind of thing each names.

use crate::viterbi::{Transitions, log_softmax, runs};
use lexicon::Lexicon;
use record::{Name, NameKind, Xpos};

/// A name as a run of words of the scored sequence.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// First word.
    pub(crate) start: usize,
    /// One past the last.
    pub(crate) end: usize,
    /// What it names.
    pub(crate) name: Name,
}

/// The names in a sentence, from logits (row-major, one row a word).
pub(crate) fn names(logits: &[f32], labels: &[String], transitions: &Transitions) -> Vec<Found> {
    let scores = log_softmax(logits, labels.len());
    let path = transitions.decode(&scores);
    runs(&path, labels)
        .into_iter()
        .map(|run| Found {
            start: run.start,
            end: run.end,
            name: Name {
                kind: kind(run.kind),
                confidence: confidence(&scores, &path, labels.len(), run.start..run.end),
            },
        })
        .collect()
}

/// A person's name ends before a comma or bracket (“Ann Keller (R-Dorne)”), unless a generation follows it.
pub(crate) fn trimmed<'w>(found: Found, word: impl Fn(usize) -> &'w str) -> Found {
    let generation = |w: usize| w < found.end && GENERATIONS.contains(&word(w).trim_end_matches('.'));
    let stops = |w: &usize| MARKS.contains(&word(*w)) && !generation(w + 1);
    let end = match found.name.kind {
        NameKind::Person => (found.start + 1..found.end).find(stops),
        _ => None,
    };
    Found { end: end.unwrap_or(found.end), ..found }
}

const MARKS: [&str; 5] = [",", "(", ")", "[", ";"];
const GENERATIONS: [&str; 6] = ["Jr", "Sr", "II", "III", "IV", "V"];

fn kind(label: &str) -> NameKind {
    match label {
        "PER" => NameKind::Person,
        "ORG" => NameKind::Organisation,
        "LOC" => NameKind::Place,
        "EVT" => NameKind::Event,
        "PRD" => NameKind::Product,
        _ => NameKind::Other,
    }
}

/// What a name with this label names: of what the model calls neither person, organisation, place, event nor product,
/// peoples and their like are groups, and some events are known by their last word.
pub(crate) fn named(kind: NameKind, last: &str, tag: Xpos, lexicon: &Lexicon) -> NameKind {
    let noun = matches!(tag, Xpos::Nnps | Xpos::Nns | Xpos::Nnp | Xpos::Nn);
    match kind {
        NameKind::Other if noun && is_people(last, lexicon) => NameKind::Group,
        NameKind::Other if lexicon.kinds.is_event(last) => NameKind::Event,
        kind => kind,
    }
}

/// Whether the noun names the people of a state, or of one faith, party or movement.
fn is_people(word: &str, lexicon: &Lexicon) -> bool {
    let demonym = |w: &str| lexicon.states.demonym(w).is_some();
    lexicon.kinds.is_people(word) || demonym(word) || word.strip_suffix('s').is_some_and(demonym)
}

/// Mean probability of the labels of a run.
fn confidence(scores: &[f32], path: &[u8], labels: usize, run: std::ops::Range<usize>) -> f32 {
    let words = run.len().max(1) as f32;
    run.map(|w| scores[w * labels + path[w] as usize].exp()).sum::<f32>() / words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_ends_before_a_bracket() {
        let words = ["Ann", "Keller", "(", "R-Dorne"];
        let name = Name { kind: NameKind::Person, confidence: 0.9 };
        let found = |end| Found { start: 0, end, name: name.clone() };
        assert_eq!(trimmed(found(4), |w| words[w]).end, 2);
        let words = ["Ann", "Keller", ",", "Jr."];
        assert_eq!(trimmed(found(4), |w| words[w]).end, 4);
    }

    #[test]
    fn peoples_are_groups_and_summits_events() {
        let lexicon = Lexicon::load();
        let named = |last, tag| named(NameKind::Other, last, tag, &lexicon);
        assert_eq!(named("Russians", Xpos::Nnps), NameKind::Group);
        assert_eq!(named("Games", Xpos::Nnps), NameKind::Event);
        assert_eq!(named("Russian", Xpos::Jj), NameKind::Other);
        assert_eq!(named("Russian", Xpos::Nnp), NameKind::Group);
    }

    #[test]
    fn names_are_whole_and_typed() {
        let labels = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"].map(str::to_owned);
        let row = |best: usize| (0..5).map(move |i| if i == best { 4.0 } else { 0.0 });
        let logits: Vec<f32> = [0, 1, 2, 0, 3].into_iter().flat_map(row).collect();
        let found = names(&logits, &labels, &Transitions::bio(&labels, &[]));
        let seen: Vec<_> = found.iter().map(|f| (f.start, f.end, f.name.kind)).collect();
        assert_eq!(seen, [(1, 3, NameKind::Person), (4, 5, NameKind::Place)]);
        assert!(found[0].name.confidence > 0.9);
    }
}
