//! Token by token against what the PyTorch model gives (`training/` says how the fixtures were made).

use encoder::{Encoder, Kernel};
use serde_json::Value;

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|v| v.as_str().unwrap()).collect()
}

#[test]
fn scores_agree_with_pytorch() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("reference_outputs.json")).unwrap();
    let encoder = Encoder::embedded();
    let labels = encoder.labels();
    println!("{:?} {}", encoder.kernel(), Kernel::ALL.len());
    let windows: Vec<Vec<&str>> = cases.iter().map(|c| strings(&c["words"])).collect();
    let out = encoder.encode(&windows);
    let (mut n, mut same) = (0, [0; 6]);
    let mut far = [0f32; 3];
    for (case, e) in cases.iter().zip(&out) {
        assert_eq!(e.words, case["words"].as_array().unwrap().len());
        let argmax = |row: &[f32]| row.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).unwrap().0;
        for w in 0..e.words {
            n += 1;
            same[0] += usize::from(labels.upos[e.upos[w] as usize] == case["upos"][w].as_str().unwrap());
            same[1] += usize::from(labels.xpos[e.xpos[w] as usize] == case["xpos"][w].as_str().unwrap());
            let names = &e.names[w * 9..][..9];
            let att = &e.attribution[w * 7..][..7];
            same[2] += usize::from(labels.names[argmax(names)] == case["ner"][w].as_str().unwrap());
            same[3] += usize::from(labels.attribution[argmax(att)] == case["att"][w].as_str().unwrap());
            for (i, x) in names.iter().enumerate() {
                far[0] = far[0].max((x - case["ner_logits"][w][i].as_f64().unwrap() as f32).abs());
            }
            for (i, x) in att.iter().enumerate() {
                far[1] = far[1].max((x - case["att_logits"][w][i].as_f64().unwrap() as f32).abs());
            }
            let ss = &case["sentence_start_logits"][w];
            let d = ss[1].as_f64().unwrap() - ss[0].as_f64().unwrap();
            far[2] = far[2].max((e.sentence_start[w] - d as f32).abs());
        }
        let sentence: Vec<i64> = case["sentence"].as_array().unwrap().iter().map(|v| v.as_i64().unwrap()).collect();
        let mut a = 0;
        while a < sentence.len() {
            let b = (a..sentence.len()).find(|&i| sentence[i] != sentence[a]).unwrap_or(sentence.len());
            let arcs = encoder.arcs(e, a..b);
            let heads: Vec<u32> = arcs.chunks_exact(b - a + 1).map(|r| argmax(r) as u32).collect();
            let rel = encoder.relations(e, a..b, &heads);
            for i in a..b {
                let want = case["heads"][i].as_u64().unwrap();
                let got = match heads[i - a] { 0 => 0, h => u64::from(h) + a as u64 };
                same[4] += usize::from(got == want);
                same[5] += usize::from(labels.relations[rel[i - a] as usize] == case["deprel"][i].as_str().unwrap());
            }
            a = b;
        }
    }
    println!("{n} words: upos xpos ner att heads deprel {same:?}, furthest logits {far:?}");
    assert!(same[0] * 100 >= n * 99 && same[1] * 100 >= n * 99);
}

#[test]
fn vectors_agree_with_pytorch() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("reference_vectors.json")).unwrap();
    let texts: Vec<&str> = cases.iter().map(|c| c["text"].as_str().unwrap()).collect();
    let out = Encoder::embedded().vectors(&texts);
    for (case, v) in cases.iter().zip(&out) {
        let far = v.iter().zip(case["vector_first_16"].as_array().unwrap()).map(|(a, b)| (a - b.as_f64().unwrap() as f32).abs());
        let cos: Vec<f32> = out.iter().map(|o| o.iter().zip(v).map(|(a, b)| a * b).sum()).collect();
        println!("{} {:?} {}", far.fold(0f32, f32::max), cos, case["cosines"]);
    }
}
