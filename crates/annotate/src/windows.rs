//! Cutting a text into windows the encoder can read: whole sentences in a row, as it was trained.

use crate::sentences::Start;
use record::TokenRange;

/// Runs of tokens of at most `limit` pieces each (a longer single word stands alone), cut where a sentence is
/// likely to begin; a sentence over the limit is cut where it is full.
pub(crate) fn windows(pieces: &[usize], starts: &[Start], limit: usize) -> Vec<TokenRange> {
    let mut windows = Vec::new();
    let (mut from, mut size) = (0, 0);
    for sentence in segments(starts) {
        let needs: usize = pieces[sentence.range()].iter().sum();
        if size + needs > limit && from < sentence.start as usize {
            windows.push(TokenRange::new(from, sentence.start as usize));
            (from, size) = (sentence.start as usize, 0);
        }
        for token in sentence.range() {
            if size + pieces[token] > limit && token > from {
                windows.push(TokenRange::new(from, token));
                (from, size) = (token, 0);
            }
            size += pieces[token];
        }
    }
    if from < pieces.len() {
        windows.push(TokenRange::new(from, pieces.len()));
    }
    windows
}

/// Runs of tokens between likely sentence starts.
fn segments(starts: &[Start]) -> Vec<TokenRange> {
    let mut firsts: Vec<usize> = (0..starts.len()).filter(|&i| i == 0 || starts[i].likely).collect();
    firsts.push(starts.len());
    firsts.windows(2).map(|w| TokenRange::new(w[0], w[1])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn starts(likely: &[bool]) -> Vec<Start> {
        likely.iter().map(|&likely| Start { prior: 0.0, likely, paragraph: false }).collect()
    }

    #[test]
    fn whole_sentences_are_kept_together() {
        let likely = [true, false, false, true, false, true, false];
        let cuts = windows(&[1; 7], &starts(&likely), 5);
        assert_eq!(cuts, [TokenRange::new(0, 5), TokenRange::new(5, 7)]);
    }

    #[test]
    fn a_sentence_over_the_limit_is_cut_where_it_is_full() {
        let cuts = windows(&[2, 2, 2, 9, 1], &starts(&[true, false, false, false, false]), 4);
        let sizes: Vec<usize> = cuts.iter().map(|w| w.len()).collect();
        assert_eq!(sizes, [2, 1, 1, 1]);
    }

    proptest! {
        #[test]
        fn windows_partition_the_tokens(tokens in prop::collection::vec((1usize..9, any::<bool>()), 0..80)) {
            let pieces: Vec<usize> = tokens.iter().map(|t| t.0).collect();
            let likely: Vec<bool> = tokens.iter().map(|t| t.1).collect();
            let cuts = windows(&pieces, &starts(&likely), 12);
            let joined: Vec<usize> = cuts.iter().flat_map(|w| w.range()).collect();
            prop_assert_eq!(joined, (0..pieces.len()).collect::<Vec<_>>());
            prop_assert!(cuts.iter().all(|w| pieces[w.range()].iter().sum::<usize>() <= 12));
        }
    }
}
