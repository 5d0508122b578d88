//! Plain text.

use crate::article::Given;
use crate::{Acquired, Problem, charset};
use lexicon::Lexicon;

/// Reads a text file as one article.
pub(crate) fn read(source: &str, bytes: &[u8], lexicon: &Lexicon) -> Acquired {
    let mut acquired = Acquired::default();
    let article = charset::decode(bytes, None)
        .map_err(|kind| Problem::new(source, format!("is {kind}; expected the text of a report")))
        .and_then(|decoded| {
            let notes = decoded.note.into_iter().collect();
            Given { source: source.to_owned(), text: decoded.text, notes, ..Given::default() }
                .article(lexicon)
        });
    acquired.push(article);
    acquired
}
