//! JSON Lines: one article a line.

use crate::article::Given;
use crate::{Acquired, Problem};
use lexicon::Lexicon;
use record::Article;
use serde_json::{Map, Value};

/// Reads one article a line, the first of which has this number; a broken line is a problem and the others go on.
pub(crate) fn read(source: &str, first_line: usize, bytes: &[u8], lexicon: &Lexicon) -> Acquired {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut acquired = Acquired::default();
    for (line, at) in bytes.split(|&b| b == b'\n').zip(first_line..) {
        if !line.trim_ascii().is_empty() {
            acquired.push(article(&format!("{source}:{at}"), line, lexicon));
        }
    }
    acquired
}

fn article(source: &str, line: &[u8], lexicon: &Lexicon) -> Result<Article, Problem> {
    let object: Map<String, Value> =
        serde_json::from_slice(line).map_err(|e| Problem::new(source, broken(&e, line)))?;
    let given = given(source, &object).map_err(|message| Problem::new(source, message))?;
    given.article(lexicon)
}

fn broken(error: &serde_json::Error, line: &[u8]) -> String {
    if line.starts_with(&[0xff, 0xfe]) || memchr::memchr(0, line).is_some() {
        return "is not utf-8; expected JSON Lines in utf-8, convert the file".to_owned();
    }
    let what = error.to_string();
    let what = what.split(" at line").next().unwrap_or_default().to_ascii_lowercase();
    format!(
        "is no JSON object ({what}, column {}); expected one object a line, such as {{\"id\": \"1\", \"text\": \"...\"}}",
        error.column()
    )
}

fn given(source: &str, object: &Map<String, Value>) -> Result<Given, String> {
    let text = match object.get("text") {
        Some(Value::String(text)) => text.strip_prefix('\u{feff}').unwrap_or(text).to_owned(),
        Some(_) => return Err("field `text` is no string; expected the text of the report".to_owned()),
        None => return Err(format!("has no field `text`; {}", instead(object))),
    };
    Ok(Given {
        source: source.to_owned(),
        source_id: words(object, "id"),
        text,
        title: words(object, "title"),
        published: words(object, "published"),
        updated: words(object, "updated"),
        outlet: words(object, "outlet"),
        author: words(object, "author"),
        url: words(object, "url"),
        language: words(object, "language"),
        notes: Vec::new(),
    })
}

fn instead(object: &Map<String, Value>) -> String {
    match object.contains_key("body_text") || object.contains_key("body_html") {
        true => "this looks like ninjs: give --input-format ninjs".to_owned(),
        false => {
            let found: Vec<&str> = object.keys().take(8).map(String::as_str).collect();
            format!(
                "expected the text of the report there, found {}",
                if found.is_empty() { "nothing".to_owned() } else { found.join(", ") }
            )
        }
    }
}

/// A field as words: a string, a number, or a list of them; `None` where it is absent, empty or null.
pub(crate) fn words(object: &Map<String, Value>, field: &str) -> Option<String> {
    object.get(field).and_then(value_words)
}

fn value_words(value: &Value) -> Option<String> {
    let words = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => items.iter().filter_map(value_words).collect::<Vec<_>>().join(", "),
        Value::Object(object) => words(object, "name")?,
        Value::Bool(_) | Value::Null => return None,
    };
    Some(words).filter(|w| !w.is_empty())
}
