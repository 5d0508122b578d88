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

fn kind(label: &str) -> NameKind {
    match label {
        "PER" => NameKind::Person,
        "ORG" => NameKind::Organisation,
        "LOC" => NameKind::Place,
        _ => NameKind::Other,
    }
}

/// What a name with this label names: the model tells persons, organisations and places apart; of the rest, peoples
/// and their like are groups, and some events are known by their last word.
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
        let found = names(&logits, &labels, &Transitions::bio(&labels, |_, _| 0.0));
        let seen: Vec<_> = found.iter().map(|f| (f.start, f.end, f.name.kind)).collect();
        assert_eq!(seen, [(1, 3, NameKind::Person), (4, 5, NameKind::Place)]);
        assert!(found[0].name.confidence > 0.9);
    }
}
