//! Any bytes, in any format: no panic, no span outside the text.
//!
//! `cargo install cargo-fuzz`, then `cargo +nightly fuzz run acquire` in the repository's root. The first byte picks
//! the format.
#![no_main]

use acquire::{Format, acquire};
use lexicon::Lexicon;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);

fuzz_target!(|data: &[u8]| {
    let Some((&first, bytes)) = data.split_first() else { return };
    let format = Format::ALL[usize::from(first) % Format::ALL.len()];
    for article in acquire("fuzz", bytes, format, &LEXICON).articles {
        let title = article.title.iter().filter_map(|title| title.span);
        let dates = article.published.iter().flat_map(|published| published.evidence.iter().copied());
        let marked = article.boilerplate.iter().map(|(span, _)| span);
        for span in title.chain(dates).chain(marked) {
            assert!(span.is_valid_in(&article.text), "span outside the text");
        }
    }
});
