//! Phrases of word classes in a cut text.

use super::Cut;
use lexicon::grammar::{ClassId, Phrase};

impl<'a> Cut<'a> {
    /// Phrases of a class that begin at a piece, with the piece behind each, longest first.
    pub(crate) fn phrases_at<'s>(
        &'s self,
        at: usize,
        class: ClassId,
    ) -> impl Iterator<Item = (usize, &'a Phrase)> + 's {
        let phrases = self.word(at).map_or(&[][..], |w| self.grammar.phrases(w));
        phrases
            .iter()
            .filter(move |p| {
                p.class == class && (!p.capital || self.is_capital(at)) && self.goes_through(at, p)
            })
            .map(move |p| (at + 1 + p.rest.len(), p))
    }

    fn goes_through(&self, at: usize, phrase: &Phrase) -> bool {
        phrase.rest.iter().zip(at + 1..).all(|(word, i)| self.word(i) == Some(*word) && self.goes_on(i))
    }
}
