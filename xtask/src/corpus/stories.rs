//! Invented stories of several reports with what a careful reader finds in them: `corpus/stories`.
//!
//! A claim joins a fact if its evidence, in two of the claim's values, overlaps the words of two different values of the fact.

use super::{Said, article, files, read};
use anyhow::Context;
use onrecord::Engine;
use serde_json::Value;

/// Facts of one sort, and how many of them claims of conflict or update join.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Joined {
    joined: usize,
    all: usize,
}

impl Joined {
    fn add(&mut self, joined: bool) {
        self.all += 1;
        self.joined += usize::from(joined);
    }

    pub(crate) fn share(self) -> f64 {
        self.joined as f64 / self.all.max(1) as f64
    }
}

/// Conflicts and updates that are found, and traps (values that cannot be compared) that are fallen into.
pub(crate) fn measure(engine: &Engine) -> anyhow::Result<[Joined; 2]> {
    let [mut found, mut trapped] = [Joined::default(); 2];
    for story in stories()? {
        let gold = gold(&story)?;
        let claims = clashes(engine, &story)?;
        for fact in items(&gold["facts"]) {
            let joined = claims.iter().any(|claim| joins(claim, fact));
            match fact["relation"].as_str() {
                Some("conflict" | "update") => found.add(joined),
                Some("not-comparable") => trapped.add(joined),
                _ => {}
            }
        }
    }
    Ok([found, trapped])
}

/// The folders of the stories under `corpus`, sorted.
fn stories() -> anyhow::Result<Vec<String>> {
    let folder = crate::root().join("corpus").join(STORIES);
    let entries = std::fs::read_dir(&folder).with_context(|| folder.display().to_string())?;
    let named = entries.map(|e| e.map(|e| format!("{STORIES}/{}", e.file_name().to_string_lossy())));
    let mut stories: Vec<String> = named.collect::<Result<_, _>>()?;
    stories.sort();
    Ok(stories)
}

const STORIES: &str = "stories/compare/dev";

fn gold(story: &str) -> anyhow::Result<Value> {
    let path = crate::root().join("corpus").join(story).join("gold.json");
    serde_json::from_str(&read(&path)?).with_context(|| path.display().to_string())
}

/// The claims of a story that say conflict or update.
fn clashes(engine: &Engine, story: &str) -> anyhow::Result<Vec<Value>> {
    let inputs: Vec<_> = files(story, "txt")?.iter().map(|path| article(path)).collect::<Result<_, _>>()?;
    let said = Said::of(engine, &inputs)?;
    let clash = |claim: &&Value| matches!(claim["relation"].as_str(), Some("conflict" | "update"));
    Ok(said.of_kind("claim").filter(clash).cloned().collect())
}

/// Whether two values of a claim rest on words of two different values of a fact.
fn joins(claim: &Value, fact: &Value) -> bool {
    let mut hits: Vec<(usize, usize)> = Vec::new();
    for (i, value) in items(&claim["values"]).iter().enumerate() {
        for (j, gold) in items(&fact["values"]).iter().enumerate() {
            let places = items(&gold["documents"]);
            if items(&value["evidence"]).iter().any(|e| places.iter().any(|place| overlap(e, place))) {
                hits.push((i, j));
            }
        }
    }
    hits.iter().any(|(i, j)| hits.iter().any(|(k, l)| i != k && j != l))
}

/// Whether evidence and a marked quote share characters of one report.
fn overlap(evidence: &Value, gold: &Value) -> bool {
    let source = evidence["source"].as_str().and_then(|s| s.strip_suffix(".txt"));
    let ends = |span: &Value| Some((span["start"].as_u64()?, span["end"].as_u64()?));
    let shared = ends(evidence).zip(ends(gold)).is_some_and(|((a, b), (c, d))| a < d && c < b);
    shared && source.is_some() && source == gold["document"].as_str()
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_marked_quote_stands_where_its_offsets_say() {
        for story in stories().expect("there are stories") {
            let gold = gold(&story).expect("what is marked in it");
            let values = items(&gold["facts"]).iter().flat_map(|f| items(&f["values"]));
            for place in values.flat_map(|v| items(&v["documents"])) {
                let name = place["document"].as_str().expect("a document");
                let path = crate::root().join("corpus").join(&story).join(format!("{name}.txt"));
                let text = read(&path).expect("its text");
                let (start, end) =
                    (place["start"].as_u64().expect("start"), place["end"].as_u64().expect("end"));
                let words: String = text.chars().skip(start as usize).take((end - start) as usize).collect();
                assert_eq!(Some(words.as_str()), place["quote"].as_str(), "{name}");
            }
        }
    }

    #[test]
    fn a_claim_joins_a_fact_whose_two_values_it_sets_against_each_other() {
        let at = |start: u64| json!([{"source": "a.txt", "document": "a", "start": start, "end": start + 5}]);
        let fact = json!({"values": [{"documents": at(0)}, {"documents": at(20)}]});
        let claim = |a: u64, b: u64| json!({"values": [{"evidence": at(a)}, {"evidence": at(b)}]});
        assert!(joins(&claim(2, 22), &fact));
        assert!(!joins(&claim(2, 3), &fact) && !joins(&claim(2, 40), &fact));
    }
}
