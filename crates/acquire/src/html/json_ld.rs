//! schema.org metadata in JSON-LD scripts.

use super::metadata::author_name;
use super::pieces::{Piece, plain};
use crate::jsonl::words;
use serde_json::{Map, Value};

/// What a `NewsArticle` object says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Linked {
    pub title: Option<String>,
    pub outlet: Option<String>,
    pub author: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
    pub published: Option<String>,
    pub updated: Option<String>,
}

/// The first article object of a page's JSON-LD scripts.
pub(crate) fn article(pieces: &[Piece]) -> Option<Linked> {
    scripts(pieces).filter_map(parse).find_map(|value| find(&value, 0).map(linked))
}

fn scripts(pieces: &[Piece]) -> impl Iterator<Item = &str> {
    pieces.windows(2).filter_map(|pair| match pair {
        [Piece::Open(e), Piece::Text(text)]
            if e.name == "script"
                && e.get("type").is_some_and(|t| t.to_ascii_lowercase().contains("ld+json")) =>
        {
            Some(text.as_str())
        }
        _ => None,
    })
}

/// Parses a script; publishers often leave line breaks inside strings, which JSON forbids.
fn parse(script: &str) -> Option<Value> {
    let script = script.trim().trim_start_matches("<!--").trim_end_matches("-->");
    let script = script
        .trim_start_matches("//<![CDATA[")
        .trim_start_matches("<![CDATA[")
        .trim_end_matches("]]>")
        .trim_end_matches("//]]>");
    let script = script.trim().trim_end_matches(';');
    serde_json::from_str(script).ok().or_else(|| {
        let tame: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&tame).ok()
    })
}

/// The first object that is an article: itself, in a list, in `@graph` or as the main entity.
fn find(value: &Value, depth: usize) -> Option<&Map<String, Value>> {
    match value {
        Value::Array(items) if depth < 8 => items.iter().find_map(|item| find(item, depth + 1)),
        Value::Object(object) if is_article(object) => Some(object),
        Value::Object(object) if depth < 8 => ["@graph", "mainEntity", "mainEntityOfPage"]
            .iter()
            .find_map(|key| find(object.get(*key)?, depth + 1)),
        _ => None,
    }
}

fn is_article(object: &Map<String, Value>) -> bool {
    let kind = |t: &Value| {
        t.as_str().is_some_and(|t| t.ends_with("Article") || t.ends_with("Posting") || t == "Report")
    };
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(kind),
        Some(one) => kind(one),
        None => false,
    }
}

fn linked(object: &Map<String, Value>) -> Linked {
    let field = |name: &str| words(object, name).map(|w| plain(&w)).filter(|w| !w.is_empty());
    let address = |name: &str| match object.get(name) {
        Some(Value::Object(inner)) => words(inner, "@id").or_else(|| words(inner, "url")),
        _ => field(name),
    };
    Linked {
        title: field("headline").or_else(|| field("name")),
        outlet: field("publisher"),
        author: field("author").and_then(|name| author_name(&name)).filter(|name| !name.contains("://")),
        url: address("url").or_else(|| address("mainEntityOfPage")).filter(|url| url.starts_with("http")),
        language: field("inLanguage"),
        published: field("datePublished").or_else(|| field("dateCreated")),
        updated: field("dateModified"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::pieces::pieces;
    use super::*;

    #[test]
    fn the_article_is_found_in_a_graph_with_raw_line_breaks() {
        let page = "<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"x\"},
            {\"@type\":[\"NewsArticle\"],\"headline\":\"Ferry\n &amp; storm\",\"author\":[{\"name\":\"Maren Holt\"},{\"name\":\"By Ole Brandt\"}],
             \"publisher\":{\"name\":\"Coastwire\"},\"datePublished\":\"2021-03-09T10:00:00Z\",\"mainEntityOfPage\":{\"@id\":\"https://c.example/1\"}}]}</script>";
        let found = article(&pieces(page)).expect("an article");
        assert_eq!(found.title.as_deref(), Some("Ferry  & storm"));
        assert_eq!(found.author.as_deref(), Some("Maren Holt, By Ole Brandt"));
        assert_eq!(found.outlet.as_deref(), Some("Coastwire"));
        assert_eq!(found.url.as_deref(), Some("https://c.example/1"));
    }

    #[test]
    fn broken_or_foreign_scripts_say_nothing() {
        for script in [
            "{\"@type\":\"NewsArticle\"",
            "{\"@type\":\"Organization\",\"name\":\"x\"}",
            "[[[[[[[[[[{}]]]]]]]]]]",
        ] {
            assert_eq!(
                article(&pieces(&format!("<script type='application/ld+json'>{script}</script>"))),
                None
            );
        }
    }
}
