//! What the shipped weights say of windows of given words, to compare them with the model they were packed from:
//! `cargo run --release -p encoder --example windows < windows.jsonl` (see training/evaluate_int8.py).
//!
//! A line in: `{"words": [...], "sentence": [0, 0, 1, ...]}`. A line out: best tags, heads (0 root, i + 1 word i of the
//! window), relations and link targets as numbers; logits of names, attribution and sentence starts.
#![allow(clippy::print_stdout, clippy::disallowed_methods)]

use encoder::{Encoded, Encoder, Link};
use serde_json::{Value, json};
use std::io::BufRead;

/// Windows read at once.
const TOGETHER: usize = 64;

fn main() -> std::io::Result<()> {
    let encoder = Encoder::embedded();
    let lines: Vec<Value> = std::io::stdin()
        .lock()
        .lines()
        .map(|line| Ok(serde_json::from_str(&line?)?))
        .collect::<std::io::Result<_>>()?;
    for part in lines.chunks(TOGETHER) {
        let windows: Vec<Vec<&str>> = part.iter().map(words).collect();
        for (line, encoded) in part.iter().zip(encoder.encode(&windows)) {
            println!("{}", answer(&encoder, line, &encoded));
        }
    }
    Ok(())
}

fn words(line: &Value) -> Vec<&str> {
    line["words"].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn answer(encoder: &Encoder, line: &Value, encoded: &Encoded) -> Value {
    let numbers: Vec<u64> = line["sentence"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_u64)
        .take(encoded.words)
        .collect();
    let (mut heads, mut relations) = (Vec::new(), Vec::new());
    for sentence in numbers.chunk_by(|a, b| a == b) {
        let first = heads.len();
        let arcs = encoder.arcs(encoded, first..first + sentence.len());
        let best: Vec<u32> = arcs.chunks_exact(sentence.len() + 1).map(best).collect();
        relations.extend(encoder.relations(encoded, first..first + sentence.len(), &best));
        heads.extend(best.into_iter().map(|head| if head == 0 { 0 } else { head + first as u32 }));
    }
    let links = |link| -> Vec<u32> {
        encoder.links(encoded, link).into_iter().map(|l| l.target.map_or(0, |target| target + 1)).collect()
    };
    json!({
        "up": encoded.upos, "xp": encoded.xpos, "lem": encoded.lemma, "ner": encoded.names, "att": encoded.attribution,
        "ss": encoded.sentence_start, "arc": heads, "rel": relations,
        "source": links(Link::Source), "cue": links(Link::Cue), "ante": links(Link::Antecedent),
    })
}

fn best(row: &[f32]) -> u32 {
    (0..row.len()).rev().max_by(|&a, &b| row[a].total_cmp(&row[b])).unwrap_or(0) as u32
}
