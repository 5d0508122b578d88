//! Web pages: the article's text and what the page's metadata say of it.

use crate::article::Given;
use crate::{Acquired, Problem, charset};
use lexicon::Lexicon;

/// Reads a page as one article.
pub(crate) fn read(source: &str, bytes: &[u8], lexicon: &Lexicon) -> Acquired {
    let mut acquired = Acquired::default();
    acquired.push(page(source, bytes).and_then(|given| given.article(lexicon)));
    acquired
}

fn page(source: &str, bytes: &[u8]) -> Result<Given, Problem> {
    let decoded = charset::decode(bytes, None)
        .map_err(|kind| Problem::new(source, format!("is {kind}; expected a web page")))?;
    let options = trafilatura::Options::default().with_fallback(true).with_exclude_comments(true);
    let found = trafilatura::extract(&decoded.text, &options)
        .map_err(|_| Problem::new(source, "holds no article text; expected the page of a report"))?;
    Ok(Given {
        source: source.to_owned(),
        text: found.content_text,
        notes: decoded.note.into_iter().collect(),
        ..Given::default()
    })
}
