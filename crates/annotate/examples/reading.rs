//! Prints what the program reads in text files as CoNLL-U: `cargo run -p annotate --example reading -- FILE...`
//!
//! The last column carries offsets in code points, names and attribution pieces (BIO).
#![allow(clippy::print_stdout, clippy::disallowed_methods)]

use record::{Layer, Reading};

fn main() -> std::io::Result<()> {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let texts = paths.iter().map(std::fs::read_to_string).collect::<Result<Vec<_>, _>>()?;
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let readings = annotate::readings(&texts, &encoder::Encoder::embedded(), &lexicon::Lexicon::load());
    for ((path, text), reading) in paths.iter().zip(&texts).zip(&readings) {
        println!("# newdoc id = {path}");
        print!("{}", conllu(text, reading));
    }
    Ok(())
}

fn conllu(text: &str, reading: &Reading) -> String {
    let names = bio(reading, &reading.names, |n| n.kind.as_str());
    let pieces = bio(reading, &reading.attribution, |p| p.role.as_str());
    let mut out = String::new();
    let (mut byte, mut code_point) = (0, 0);
    for (number, sentence) in reading.sentences.iter().enumerate() {
        let first = sentence.tokens.start as usize;
        out += &format!("# sent_id = {}\n", number + 1);
        if let Some(span) = reading.span_of(sentence.tokens) {
            out += &format!("# text = {}\n", span.text(text).replace(['\n', '\r'], " "));
        }
        for t in sentence.tokens.range() {
            let span = reading.tokens[t];
            code_point += text[byte..span.start as usize].chars().count();
            let start = code_point;
            code_point += span.text(text).chars().count();
            byte = span.end as usize;
            let glued = reading.tokens.get(t + 1).is_some_and(|n| n.start == span.end);
            let head = reading.tree[t].head.map_or(0, |h| h as usize - first + 1);
            out += &format!(
                "{}\t{}\t{}\t{}\t{}\t_\t{head}\t{}\t_\tStart={start}|End={code_point}|Name={}|Attribution={}{}\n",
                t - first + 1,
                span.text(text),
                reading.lemmas[t],
                reading.tags[t].upos,
                reading.tags[t].xpos,
                reading.tree[t].relation,
                names[t],
                pieces[t],
                if glued { "|SpaceAfter=No" } else { "" },
            );
        }
        out.push('\n');
    }
    out
}

/// BIO marks of a layer's items, one a token.
fn bio<T>(reading: &Reading, layer: &Layer<T>, label: impl Fn(&T) -> &str) -> Vec<String> {
    let mut marks = vec!["O".to_owned(); reading.tokens.len()];
    for (span, item) in layer.iter() {
        for (i, t) in reading.tokens_in(span).range().enumerate() {
            marks[t] = format!("{}-{}", if i == 0 { "B" } else { "I" }, label(item));
        }
    }
    marks
}
