//! Pieces of reported speech and thought: source, cue, content (PolNeAR, Newell et al. 2018), decoded over the
//! whole text at once.

use crate::viterbi::{Transitions, runs};
use record::{AttributionPiece, AttributionRole, Layer, Span};

/// What the encoder says of every token of a text, as far as attribution goes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Evidence {
    /// Log-probabilities of the labels, row-major, one row a token.
    pub(crate) scores: Vec<f32>,
    /// First token of the source, and of the cue, that content which begins at the token would have.
    pub(crate) links: Vec<[Option<u32>; 2]>,
}

/// Pieces of a text: the best label sequence; content with the source and cue that its first token is linked to.
pub(crate) fn attribution(
    evidence: &Evidence,
    labels: &[String],
    steps: &Transitions,
    tokens: &[Span],
) -> Layer<AttributionPiece> {
    let path = steps.decode(&evidence.scores);
    let piece = |run: crate::viterbi::Run<'_>| {
        let span = tokens.get(run.start)?.cover(*tokens.get(run.end.checked_sub(1)?)?);
        let confidence = confidence(&evidence.scores, labels, run.kind, run.start..run.end);
        let role = role(run.kind)?;
        let links = evidence.links.get(run.start).filter(|_| role == AttributionRole::Content);
        let [source, cue] = links.copied().unwrap_or_default();
        Some((span, AttributionPiece { role, confidence, source, cue }))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::viterbi::log_softmax;

    #[test]
    fn pieces_are_whole_and_carry_their_probability() {
        let labels = ["O", "B-SRC", "I-SRC", "B-CUE", "I-CUE", "B-CON", "I-CON"].map(str::to_owned);
        let text = "Dorn said it rained .";
        let tokens = [(0, 4), (5, 9), (10, 12), (13, 19), (20, 21)].map(|(a, b)| Span::new(a, b));
        let row = |best: usize| (0..7).map(move |i| if i == best { 5.0 } else { 0.0 });
        let logits: Vec<f32> = [1, 3, 5, 6, 0].into_iter().flat_map(row).collect();
        let links = vec![[Some(0), Some(1)]; 5];
        let evidence = Evidence { scores: log_softmax(&logits, 7), links };
        let layer = attribution(&evidence, &labels, &Transitions::bio(&labels, &[]), &tokens);
        let seen: Vec<_> = layer.iter().map(|(s, p)| (s.text(text), p.role)).collect();
        let roles = [AttributionRole::Source, AttributionRole::Cue, AttributionRole::Content];
        assert_eq!(seen, [("Dorn", roles[0]), ("said", roles[1]), ("it rained", roles[2])]);
        assert!(layer.iter().all(|(_, p)| p.confidence > 0.9 && p.confidence <= 1.0));
        let linked: Vec<_> = layer.iter().map(|(_, p)| (p.source, p.cue)).collect();
        assert_eq!(linked, [(None, None), (None, None), (Some(0), Some(1))]);
    }
}
