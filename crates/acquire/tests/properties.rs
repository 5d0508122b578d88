//! Whatever comes in: no panic, spans that fit, the text unaltered, the same result twice.

use acquire::{Acquired, Format, acquire};
use lexicon::Lexicon;
use proptest::prelude::*;
use record::Article;
use std::sync::LazyLock;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);

fn check(article: &Article) -> Result<(), TestCaseError> {
    let text = &article.text;
    let mut end = 0;
    for (span, _) in article.boilerplate.iter() {
        prop_assert!(span.is_valid_in(text) && !span.is_empty());
        prop_assert!(span.start >= end, "boilerplate overlaps");
        end = span.end;
    }
    if let Some(span) = article.title.as_ref().and_then(|title| title.span) {
        prop_assert!(span.is_valid_in(text) && !article.is_boilerplate(span));
    }
    for span in article.published.iter().flat_map(|published| &published.evidence) {
        prop_assert!(span.is_valid_in(text) && !span.is_empty());
    }
    Ok(())
}

fn read(bytes: &[u8], format: Format) -> Result<Acquired, TestCaseError> {
    let found = acquire("x", bytes, format, &LEXICON);
    prop_assert!(!found.articles.is_empty() || !found.problems.is_empty());
    found.articles.iter().try_for_each(check)?;
    let again = acquire("x", bytes, format, &LEXICON);
    prop_assert!(found.articles == again.articles && found.problems == again.problems);
    Ok(found)
}

/// Lines of the kinds that reports hold, in any order.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,40}",
        Just("By Maren Holt | March 9, 2021".to_owned()),
        Just("Posted: 9 March 2021 10:15 GMT, updated 10 March 2021".to_owned()),
        Just("Read also: The ferry that never came back".to_owned()),
        Just("PORT HOLLIS, March 9, 2021 (Reuters) — The ferry sank, the harbour master said.".to_owned()),
        Just("Ferry sinks off the islands".to_owned()),
        Just("(Photo: Ole Brandt/Coastwire)".to_owned()),
        Just("“We were lucky,” said the harbour master, “and we know it.”".to_owned()),
        Just("© 2021 Coastwire".to_owned()),
    ]
}

/// Bits of markup and containers in any order.
fn markup() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,20}",
        "</?(p|div|a|table|td|h1|time|script|item|title|content|entry)( href=x| datetime='2021-03-09')?/?>",
        Just("<meta property='article:published_time' content='2021-03-09T10:00:00Z'>".to_owned()),
        Just("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":".to_owned()),
        Just("<![CDATA[ &amp; ]]> <!-- x --> &eacute; &#x1F600;".to_owned()),
        Just("The ferry to the islands sank on Monday, the harbour master said in a statement. ".to_owned()),
        Just("{\"text\": \"The ferry sank.\", \"published\": \"2021\"}\n".to_owned()),
        Just("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 20\r\n\r\nHTTP/1.1 200 OK\r\n".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn any_bytes_in_any_format(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for &format in Format::ALL {
            read(&bytes, format)?;
        }
    }

    #[test]
    fn any_markup_in_any_format(parts in prop::collection::vec(markup(), 0..24)) {
        for &format in Format::ALL {
            read(parts.concat().as_bytes(), format)?;
        }
    }

    #[test]
    fn the_given_text_is_unaltered(lines in prop::collection::vec(line(), 1..16), end in "(\r\n|\n|\n\n|\u{2028})") {
        let text = lines.join(&end);
        let found = read(text.as_bytes(), Format::Txt)?;
        if let Some(article) = found.articles.first() {
            prop_assert_eq!(&article.text, text.strip_prefix('\u{feff}').unwrap_or(&text));
        }
        let record = format!("{{\"text\": {}}}", serde_json::Value::from(text.as_str()));
        for article in read(record.as_bytes(), Format::Jsonl)?.articles {
            prop_assert_eq!(&article.text, text.strip_prefix('\u{feff}').unwrap_or(&text));
        }
    }

    #[test]
    fn the_id_depends_on_content_not_on_place(text in "[a-z ]{1,40}[.]", other in "[a-z ]{1,40}[?]") {
        let id = |source: &str, text: &str| acquire(source, text.as_bytes(), Format::Txt, &LEXICON).articles[0].id;
        prop_assert_eq!(id("a", &text), id("b", &text));
        prop_assert_ne!(id("a", &text), id("a", &other));
    }
}
