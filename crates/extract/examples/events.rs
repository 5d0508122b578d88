//! Prints the events of each line of standard input: `cargo run -p extract --example events < lines.txt`
//!
//! A line of output: number of the input line, type, trigger, actor, recipient (`start:end:words`, code points),
//! modality, confidence, rule.
#![allow(clippy::print_stdout, clippy::disallowed_methods)]

use record::{Article, Span};

fn main() -> std::io::Result<()> {
    let lines = std::io::stdin().lines().collect::<Result<Vec<_>, _>>()?;
    let texts: Vec<&str> = lines.iter().map(String::as_str).collect();
    let lexicon = lexicon::Lexicon::load();
    let readings = annotate::readings(&texts, &encoder::Encoder::embedded(), &lexicon);
    for (number, (text, mut reading)) in texts.iter().zip(readings).enumerate() {
        reading.times = annotate::times(text, &reading, &lexicon, None);
        let show = |span: Span| {
            let before = text[..span.start as usize].chars().count();
            let words = span.text(text);
            format!("{before}:{}:{words}", before + words.chars().count())
        };
        for event in extract::findings(&Article::of_text("-", text), None, &reading, &lexicon).events {
            let participant =
                |p: &Option<record::Participant>| p.as_ref().map_or("-".into(), |p| show(p.span));
            println!(
                "{number}\t{}\t{}\t{}\t{}\t{}\t{:.3}\t{}",
                event.kind,
                show(event.trigger),
                participant(&event.actor),
                participant(&event.recipient),
                event.modality,
                event.confidence,
                event.made_by
            );
        }
    }
    Ok(())
}
