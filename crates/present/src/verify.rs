//! Is a result true to the texts? Every quote at its offsets, every article known.

use crate::contract::CodePoints;
use record::Article;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The texts a result is checked against.
#[derive(Debug, Default)]
pub struct Texts(BTreeMap<String, String>);

impl Texts {
    /// Adds the text of an article.
    pub fn add(&mut self, article: &Article) {
        self.0.insert(article.id.to_string(), article.text.clone());
    }
}

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Lines read.
    pub lines: usize,
    /// Lines of the record format among them.
    pub records: usize,
    /// Quotes checked.
    pub quotes: usize,
    /// Quotes that do not stand where the result says.
    pub misplaced: usize,
    /// Articles named or repeated that were looked up.
    pub articles: usize,
    /// What does not fit, in line order.
    pub faults: Vec<Fault>,
}

/// Something in a result that does not fit the texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Line of the result, from 1.
    pub line: usize,
    /// What is wrong, in words for people.
    pub what: String,
    /// Whether it is a quote that does not stand in its place.
    pub of_quote: bool,
}

/// Checks a result in the record format (JSON Lines) against the texts.
pub fn verify(result: &str, texts: &Texts) -> Verdict {
    let mut check = Check {
        points: texts.0.iter().map(|(id, text)| (id.as_str(), CharIndex::new(text))).collect(),
        verdict: Verdict::default(),
    };
    for (number, line) in result.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        check.verdict.lines += 1;
        match serde_json::from_str::<Value>(line) {
            Ok(Value::Object(object)) => {
                check.verdict.records += usize::from(object.get("kind").is_some_and(Value::is_string));
                check.object(number + 1, &object, None);
            }
            _ => check.fault(number + 1, "not a JSON object".to_owned()),
        }
    }
    check.verdict
}

/// One text, cut by code points.
struct CharIndex<'t> {
    text: &'t str,
    points: CodePoints<'t>,
}

impl<'t> CharIndex<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, points: CodePoints::new(text) }
    }

    fn cut(&self, start: u64, end: u64) -> Option<&'t str> {
        let (start, end) = (self.points.byte(start)?, self.points.byte(end)?);
        self.text.get(start..end)
    }
}

struct Check<'t> {
    points: BTreeMap<&'t str, CharIndex<'t>>,
    verdict: Verdict,
}

impl Check<'_> {
    fn fault(&mut self, line: usize, what: String) {
        self.verdict.faults.push(Fault { line, what, of_quote: false });
    }

    /// Checks an object and all objects inside it; `article` is the article the outer object speaks of.
    fn object(&mut self, line: usize, object: &Map<String, Value>, article: Option<&str>) {
        let own = if object.get("kind").is_some_and(|k| k == "article") { "id" } else { "article" };
        let article = object.get(own).and_then(Value::as_str).or(article);
        if own == "id" {
            self.article(line, object);
        }
        if let Some(quote) = object.get("quote").and_then(Value::as_str) {
            self.verdict.quotes += 1;
            if let Some(what) = self.quote(object, quote, article) {
                self.verdict.misplaced += 1;
                self.verdict.faults.push(Fault { line, what, of_quote: true });
            }
        }
        for id in object.get("articles").and_then(Value::as_array).into_iter().flatten() {
            self.named(line, id.as_str());
        }
        for value in object.values() {
            self.value(line, value, article);
        }
    }

    fn value(&mut self, line: usize, value: &Value, article: Option<&str>) {
        match value {
            Value::Object(object) => self.object(line, object, article),
            Value::Array(items) => items.iter().for_each(|item| self.value(line, item, article)),
            _ => {}
        }
    }

    /// An article of a list must be among the given ones.
    fn named(&mut self, line: usize, id: Option<&str>) {
        let Some(id) = id else { return };
        self.verdict.articles += 1;
        if !self.points.contains_key(id) {
            self.fault(line, format!("article {id} is not among the given texts"));
        }
    }

    fn article(&mut self, line: usize, object: &Map<String, Value>) {
        self.verdict.articles += 1;
        let id = object.get("id").and_then(Value::as_str).unwrap_or_default();
        let text = object.get("text").and_then(Value::as_str);
        match self.points.get(id) {
            None => self.fault(line, format!("article {id} is not among the given texts")),
            Some(index) if text != Some(index.text) => {
                self.fault(line, format!("the text of article {id} differs from the given one"));
            }
            Some(_) => {}
        }
    }

    /// What is wrong with a quote.
    fn quote(&self, object: &Map<String, Value>, quote: &str, article: Option<&str>) -> Option<String> {
        let at = |name: &str| object.get(name).and_then(Value::as_u64);
        let (Some(start), Some(end)) = (at("start"), at("end")) else {
            return Some(format!("“{quote}” has no offsets"));
        };
        let Some(index) = article.and_then(|id| self.points.get(id)) else {
            return Some(format!("“{quote}” is of an article that is not among the given texts"));
        };
        match index.cut(start, end) {
            Some(words) if words == quote => None,
            Some(words) => Some(format!("{start} to {end} is “{words}”, not “{quote}”")),
            None => Some(format!("{start} to {end} lies outside the text of “{quote}”")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(line: &str) -> Vec<String> {
        let texts = Texts(BTreeMap::from([("x".to_owned(), "“Ünï” he said".to_owned())]));
        verify(line, &texts).faults.into_iter().map(|f| f.what).collect()
    }

    #[test]
    fn right_quotes_pass_and_are_counted() {
        let texts = Texts(BTreeMap::from([("x".to_owned(), "“Ünï” he said".to_owned())]));
        let line = r#"{"kind":"statement","article":"x","content":[{"start":1,"end":4,"quote":"Ünï"}],"source":{"start":6,"end":8,"quote":"he"}}"#;
        assert_eq!(verify(line, &texts), Verdict { lines: 1, records: 1, quotes: 2, ..Verdict::default() });
    }

    #[test]
    fn wrong_words_offsets_articles_and_lines_are_named() {
        let quote = |article: &str, start: u32, end: u32| {
            format!(r#"{{"kind":"mention","article":"{article}","start":{start},"end":{end},"quote":"he"}}"#)
        };
        assert_eq!(faults(&quote("x", 6, 9)), ["6 to 9 is “he ”, not “he”"]);
        assert_eq!(faults(&quote("x", 60, 62)), ["60 to 62 lies outside the text of “he”"]);
        assert_eq!(faults(&quote("y", 6, 8)), ["“he” is of an article that is not among the given texts"]);
        assert_eq!(faults("[1]"), ["not a JSON object"]);
        assert_eq!(
            faults(r#"{"kind":"story","articles":["x","y"]}"#),
            ["article y is not among the given texts"]
        );
        assert_eq!(
            faults(r#"{"kind":"article","id":"x","text":"other"}"#),
            ["the text of article x differs from the given one"]
        );
    }
}
