//! Token by token against what the PyTorch model gives on invented sentences: `reference_outputs.json` and
//! `reference_vectors.json` came with the model (weights/CARD.md).
#![allow(clippy::unwrap_used)]

use encoder::{Encoded, Encoder, Link};
use serde_json::Value;

/// Furthest that a logit may be from PyTorch's; names and attribution reach ±10, sentence starts (a difference of two) ±13.
const LOGITS: f32 = 0.5;
const STARTS: f32 = 0.75;

fn cases() -> Vec<Value> {
    serde_json::from_str(include_str!("reference_outputs.json")).unwrap()
}

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|v| v.as_str().unwrap()).collect()
}

fn numbers(value: &Value) -> Vec<f32> {
    value.as_array().unwrap().iter().map(|v| v.as_f64().unwrap() as f32).collect()
}

fn encoded(encoder: &Encoder, cases: &[Value]) -> Vec<Encoded> {
    let windows: Vec<Vec<&str>> = cases.iter().map(|case| strings(&case["words"])).collect();
    encoder.encode(&windows)
}

/// Number of equal entries of two lists of one length.
fn equal<T: PartialEq>(a: &[T], b: &[T]) -> usize {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).filter(|(a, b)| a == b).count()
}

fn best(row: &[f32]) -> usize {
    (0..row.len()).rev().max_by(|&a, &b| row[a].total_cmp(&row[b])).unwrap()
}

fn named(labels: &[String], ids: impl Iterator<Item = usize>) -> Vec<&str> {
    ids.map(|id| labels[id].as_str()).collect()
}

#[test]
fn tags_agree() {
    let (encoder, cases) = (Encoder::embedded(), cases());
    let (mut words, mut upos, mut xpos) = (0, 0, 0);
    for (case, e) in cases.iter().zip(encoded(&encoder, &cases)) {
        let labels = encoder.labels();
        upos += equal(&named(&labels.upos, e.upos.iter().map(|&t| t.into())), &strings(&case["upos"]));
        xpos += equal(&named(&labels.xpos, e.xpos.iter().map(|&t| t.into())), &strings(&case["xpos"]));
        assert!(e.lemma.iter().all(|&rule| usize::from(rule) < labels.lemma.len()));
        words += e.words;
    }
    assert_eq!(words, 164);
    assert!(upos >= 163 && xpos >= 163, "universal tags {upos}, Penn tags {xpos} of {words}");
}

#[test]
fn names_and_attribution_agree() {
    let (encoder, cases) = (Encoder::embedded(), cases());
    let (mut words, mut names, mut attribution) = (0, 0, 0);
    for (case, e) in cases.iter().zip(encoded(&encoder, &cases)) {
        let rows = e.names.chunks_exact(encoder.labels().names.len());
        names += equal(&named(&encoder.labels().names, rows.map(best)), &strings(&case["ner"]));
        let rows = e.attribution.chunks_exact(encoder.labels().attribution.len());
        attribution += equal(&named(&encoder.labels().attribution, rows.map(best)), &strings(&case["att"]));
        words += e.words;
    }
    assert_eq!(words, 164);
    assert!(names >= 162 && attribution >= 163, "names {names}, attribution {attribution} of {words}");
}

#[test]
fn logits_are_close() {
    let (encoder, cases) = (Encoder::embedded(), cases());
    let distance = |ours: &[f32], theirs: &[Value]| {
        let theirs: Vec<f32> = theirs.iter().flat_map(numbers).collect();
        assert_eq!(ours.len(), theirs.len());
        ours.iter().zip(theirs).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
    };
    for (case, e) in cases.iter().zip(encoded(&encoder, &cases)) {
        let starts = case["sentence_start_logits"].as_array().unwrap();
        let starts: Vec<Value> = starts.iter().map(numbers).map(|s| vec![s[1] - s[0]].into()).collect();
        assert!(distance(&e.sentence_start, &starts) < STARTS);
        assert!(distance(&e.names, case["ner_logits"].as_array().unwrap()) < LOGITS);
        assert!(distance(&e.attribution, case["att_logits"].as_array().unwrap()) < LOGITS);
    }
}

#[test]
fn heads_and_relations_agree() {
    let (encoder, cases) = (Encoder::embedded(), cases());
    let (mut words, mut heads, mut relations) = (0, 0, 0);
    for (case, e) in cases.iter().zip(encoded(&encoder, &cases)) {
        let sentences = numbers(&case["sentence"]);
        let theirs: Vec<u32> = numbers(&case["heads"]).iter().map(|&h| h as u32).collect();
        let mut start = 0;
        for sentence in sentences.chunk_by(|a, b| a == b) {
            let range = start..start + sentence.len();
            let local = |h: u32| if h == 0 { 0 } else { h - start as u32 };
            let theirs: Vec<u32> = theirs[range.clone()].iter().map(|&h| local(h)).collect();
            let arcs = encoder.arcs(&e, range.clone());
            let ours: Vec<u32> = arcs.chunks_exact(sentence.len() + 1).map(|row| best(row) as u32).collect();
            heads += equal(&ours, &theirs);
            let ours = encoder.relations(&e, range.clone(), &theirs);
            let ours = named(&encoder.labels().relations, ours.iter().map(|&r| r.into()));
            relations += equal(&ours, &strings(&case["deprel"])[range.clone()]);
            (start, words) = (range.end, words + sentence.len());
        }
    }
    assert_eq!(words, 164);
    assert!(heads >= 162 && relations >= 163, "best heads {heads}, relations {relations} of {words}");
}

#[test]
fn links_agree() {
    let (encoder, cases) = (Encoder::embedded(), cases());
    let (mut words, mut same) = (0, 0);
    for (case, e) in cases.iter().zip(encoded(&encoder, &cases)) {
        for (link, key) in [(Link::Source, "source"), (Link::Cue, "cue"), (Link::Antecedent, "ante")] {
            let ours: Vec<u32> =
                encoder.links(&e, link).iter().map(|l| l.target.map_or(0, |t| t + 1)).collect();
            let theirs: Vec<u32> = numbers(&case[key]).iter().map(|&t| t as u32).collect();
            same += equal(&ours, &theirs);
            words += ours.len();
        }
    }
    assert_eq!(words, 3 * 164);
    assert!(same >= 460, "{same} links of {words}");
}

#[test]
fn vectors_agree() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("reference_vectors.json")).unwrap();
    let texts: Vec<&str> = cases.iter().map(|case| case["text"].as_str().unwrap()).collect();
    let vectors = Encoder::embedded().vectors(&texts);
    let cosine = |a: &[f32], b: &[f32]| {
        let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f32>();
        dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
    };
    for (case, vector) in cases.iter().zip(&vectors) {
        assert!((vector.iter().map(|x| x * x).sum::<f32>() - 1.0).abs() < 1e-5);
        let known = numbers(&case["vector_first_16"]);
        assert!(cosine(&vector[..16], &known) > 0.99, "{}", cosine(&vector[..16], &known));
        for (other, theirs) in vectors.iter().zip(numbers(&case["cosines"])) {
            assert!((cosine(vector, other) - theirs).abs() < 0.02);
        }
    }
}
