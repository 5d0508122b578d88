//! ninjs: news in JSON, versions 1 to 3 of the IPTC's standard (iptc.org/standards/ninjs).

use crate::article::Given;
use crate::html::markup_text;
use crate::jsonl::words;
use crate::{Acquired, Problem};
use lexicon::Lexicon;
use serde_json::{Deserializer, Map, Value};

/// Reads one item, a list of items, or items one after another.
pub(crate) fn read(source: &str, bytes: &[u8], lexicon: &Lexicon) -> Acquired {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut acquired = Acquired::default();
    let mut count = 0;
    for value in Deserializer::from_slice(bytes).into_iter::<Value>() {
        let items = match value {
            Ok(Value::Array(items)) => items,
            Ok(item) => vec![item],
            Err(error) => {
                acquired.problems.push(Problem::new(source, broken(&error)));
                break;
            }
        };
        for item in items {
            count += 1;
            let at = if count == 1 { source.to_owned() } else { format!("{source}#{count}") };
            acquired
                .push(given(&at, &item).map_err(|m| Problem::new(&at, m)).and_then(|g| g.article(lexicon)));
        }
    }
    acquired
}

fn broken(error: &serde_json::Error) -> String {
    format!("is no JSON (line {}, column {}); expected ninjs items", error.line(), error.column())
}

fn given(source: &str, item: &Value) -> Result<Given, String> {
    let Value::Object(item) = item else { return Err("is no JSON object; expected a ninjs item".to_owned()) };
    let text =
        body(item).ok_or("has no body_text, body_html or bodies; expected a ninjs item with its text")?;
    let first = ["firstcreated", "firstCreated", "contentcreated", "contentCreated"];
    let version = ["versioncreated", "versionCreated"];
    let any = |names: &[&str]| names.iter().find_map(|name| words(item, name));
    Ok(Given {
        source: source.to_owned(),
        source_id: any(&["uri", "altid", "id", "guid"]),
        text,
        title: any(&["headline"]).or_else(|| main_value(item, "headlines")).or_else(|| any(&["title"])),
        published: any(&first).or_else(|| any(&version)),
        updated: any(&first).and_then(|_| any(&version)),
        outlet: any(&["source", "provider", "copyrightholder", "copyrightHolder"])
            .or_else(|| main_name(item, "infosources")),
        author: any(&["byline", "by"]).and_then(|name| crate::html::author_name(&name)),
        url: any(&["url", "canonical_url", "link"]),
        language: any(&["language"]),
        notes: Vec::new(),
    })
}

/// The text: given as text, else made from the markup.
fn body(item: &Map<String, Value>) -> Option<String> {
    let text = |name: &str| item.get(name).and_then(Value::as_str).map(str::to_owned);
    let markup = || ["body_html", "body_xhtml"].iter().find_map(|name| text(name)).map(|m| markup_text(&m));
    let found = text("body_text").or_else(markup).or_else(|| {
        let body = item.get("bodies")?.as_array()?.iter().find_map(Value::as_object)?;
        let value = words(body, "value")?;
        let plain = words(body, "contentType")
            .or_else(|| words(body, "contenttype"))
            .is_some_and(|t| t.contains("plain"));
        Some(if plain || !value.contains('<') { value } else { markup_text(&value) })
    });
    found.filter(|text| !text.trim().is_empty())
}

/// The value of the main one of a list of variants (or the first).
fn main_value(item: &Map<String, Value>, list: &str) -> Option<String> {
    let variants: Vec<&Map<String, Value>> =
        item.get(list)?.as_array()?.iter().filter_map(Value::as_object).collect();
    let main = variants.iter().find(|v| words(v, "role").is_some_and(|role| role.ends_with("main")));
    main.or(variants.first()).and_then(|variant| words(variant, "value"))
}

fn main_name(item: &Map<String, Value>, list: &str) -> Option<String> {
    item.get(list)?.as_array()?.iter().filter_map(Value::as_object).find_map(|entry| words(entry, "name"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &str) -> Acquired {
        super::read("a.json", bytes.as_bytes(), &Lexicon::load())
    }

    #[test]
    fn versions_one_and_three() {
        let one = r#"{"uri": "c:1", "headline": "Ferry sinks", "byline": "By Maren Holt", "versioncreated": "2021-03-09T10:00:00Z",
            "body_html": "<p>The ferry sank &amp; nobody was hurt.</p><p>It was old.</p>", "language": "en"}"#;
        let three = r#"[{"uri": "c:2", "headlines": [{"role": "short", "value": "Ferry"}, {"role": "main", "value": "Ferry sinks"}],
            "bodies": [{"contentType": "text/html", "value": "<p>The ferry sank.</p>"}], "firstCreated": "2021-03-08",
            "versionCreated": "2021-03-09", "infosources": [{"name": "Coastwire"}]}]"#;
        let first = &read(one).articles[0];
        assert_eq!(first.text, "The ferry sank & nobody was hurt.\nIt was old.\n");
        assert_eq!(first.title.as_ref().map(|t| t.text.as_str()), Some("Ferry sinks"));
        assert_eq!(first.author.as_deref(), Some("Maren Holt"));
        let second = &read(three).articles[0];
        assert_eq!(second.title.as_ref().map(|t| t.text.as_str()), Some("Ferry sinks"));
        assert_eq!(second.published.as_ref().map(|p| p.value.as_str()), Some("2021-03-08"));
        assert_eq!(
            (second.updated.as_deref(), second.outlet.as_deref()),
            (Some("2021-03-09"), Some("Coastwire"))
        );
    }

    #[test]
    fn what_is_broken_is_named_and_the_rest_is_read() {
        let found = read("[{\"body_text\": \"The ferry sank.\"}, 7, {\"headline\": \"x\"}] {");
        assert_eq!((found.articles.len(), found.problems.len()), (1, 3));
        assert!(found.problems[1].source.ends_with("#3") && found.problems[1].message.contains("body_text"));
    }
}
