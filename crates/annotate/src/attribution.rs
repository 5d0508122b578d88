//! Pieces of reported speech and thought: source, cue, content (PolNeAR, Newell et al. 2018), decoded over the
//! whole text at once.

use crate::viterbi::{Transitions, runs};
use record::{AttributionPiece, AttributionRole, Layer, Span};

/// Pieces from log-probabilities of the labels of every token of a text.
pub(crate) fn attribution(scores: &[f32], labels: &[String], tokens: &[Span]) -> Layer<AttributionPiece> {
    let path = transitions(labels).decode(scores);
    let piece = |run: crate::viterbi::Run<'_>| {
        let span = tokens.get(run.start)?.cover(*tokens.get(run.end.checked_sub(1)?)?);
        let confidence = confidence(scores, labels, run.kind, run.start..run.end);
        Some((span, AttributionPiece { role: role(run.kind)?, confidence }))
    };
    Layer::new(runs(&path, labels).into_iter().filter_map(piece).collect())
}

fn role(label: &str) -> Option<AttributionRole> {
    match label {
        "SRC" => Some(AttributionRole::Source),
        "CUE" => Some(AttributionRole::Cue),
        "CON" => Some(AttributionRole::Content),
        _ => None,
    }
}

/// Mean probability that the words of a run have its role, begun or continued.
fn confidence(scores: &[f32], labels: &[String], kind: &str, run: std::ops::Range<usize>) -> f32 {
    let of_kind: Vec<usize> =
        (0..labels.len()).filter(|&l| labels[l].split_once('-').is_some_and(|(_, k)| k == kind)).collect();
    let word = |w: usize| of_kind.iter().map(|l| scores[w * labels.len() + l].exp()).sum::<f32>();
    let words = run.len().max(1) as f32;
    (run.map(word).sum::<f32>() / words).min(1.0)
}

/// Labels of [`PMI`].
const LABELS: [&str; 7] = ["O", "B-SRC", "I-SRC", "B-CUE", "I-CUE", "B-CON", "I-CON"];

/// How much more often than by chance one label follows another (from × to), counted in the training part of
/// PolNeAR: log p(to | from) − log p(to).
const PMI: [[f32; 7]; 7] = [
    [0.8281, 0.519, -10.4017, -0.7068, -9.5881, -0.0252, -12.4795],
    [-2.2044, -5.0682, 2.2234, 2.8207, -6.732, -2.902, -9.6233],
    [-1.9259, -3.1511, 2.6615, 1.7366, -7.5999, -2.3878, -10.4912],
    [-0.7148, 0.807, -7.687, -5.8618, 2.8125, 2.4071, -9.7647],
    [-1.8204, 0.3129, -7.5999, -5.2639, 3.1303, 2.4059, -9.6777],
    [-2.4341, -0.8548, -7.8474, -0.4578, -7.0338, -5.3355, 0.7595],
    [-2.1472, -0.7035, -10.4904, -1.6674, -9.6768, -2.4702, 0.7553],
];

/// Weight of [`PMI`] beside the encoder's log-probabilities, chosen on PolNeAR's development part.
const PMI_WEIGHT: f32 = 0.3;

fn transitions(labels: &[String]) -> Transitions {
    let known = |l: usize| LABELS.iter().position(|k| *k == labels[l]);
    Transitions::bio(labels, |from, to| match (known(from), known(to)) {
        (Some(from), Some(to)) => PMI_WEIGHT * PMI[from][to],
        _ => 0.0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::viterbi::log_softmax;

    #[test]
    fn pieces_are_whole_and_carry_their_probability() {
        let labels = LABELS.map(str::to_owned);
        let text = "Dorn said it rained .";
        let tokens = [(0, 4), (5, 9), (10, 12), (13, 19), (20, 21)].map(|(a, b)| Span::new(a, b));
        let row = |best: usize| (0..7).map(move |i| if i == best { 5.0 } else { 0.0 });
        let logits: Vec<f32> = [1, 3, 5, 6, 0].into_iter().flat_map(row).collect();
        let layer = attribution(&log_softmax(&logits, 7), &labels, &tokens);
        let seen: Vec<_> = layer.iter().map(|(s, p)| (s.text(text), p.role)).collect();
        let roles = [AttributionRole::Source, AttributionRole::Cue, AttributionRole::Content];
        assert_eq!(seen, [("Dorn", roles[0]), ("said", roles[1]), ("it rained", roles[2])]);
        assert!(layer.iter().all(|(_, p)| p.confidence > 0.9 && p.confidence <= 1.0));
    }
}
