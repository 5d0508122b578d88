//! Prints the tree of each line of standard input, and the events found in it.
#![allow(clippy::print_stdout, clippy::disallowed_methods)]

use encoder::Encoder;
use lexicon::Lexicon;
use record::Article;

fn main() {
    let lines: Vec<String> = std::io::stdin().lines().map_while(Result::ok).collect();
    let texts: Vec<&str> = lines.iter().map(String::as_str).collect();
    let lexicon = Lexicon::load();
    let readings = annotate::readings(&texts, &Encoder::embedded(), &lexicon);
    for (text, mut reading) in texts.iter().zip(readings) {
        reading.times = annotate::times(text, &reading, &lexicon, None);
        println!("# {text}");
        for t in 0..reading.tokens.len() {
            let head = reading.tree[t]
                .head
                .map_or("-".to_owned(), |h| format!("{h}:{}", reading.word(text, h as usize)));
            println!(
                "{t}\t{}\t{}\t{}\t{}\t{}\t{head}",
                reading.word(text, t),
                reading.lemmas[t],
                reading.tags[t].upos,
                reading.tags[t].xpos,
                reading.tree[t].relation
            );
        }
        for event in extract::findings(&Article::of_text("line", text), None, &reading, &lexicon).events {
            let span = |s: record::Span| format!("{}:{}:{}", s.start, s.end, s.text(text).replace('\n', " "));
            let word = |p: &Option<record::Participant>| p.as_ref().map_or("-".to_owned(), |p| span(p.span));
            println!(
                "=\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
                event.kind,
                event.mode.unwrap_or("-"),
                event.modality,
                word(&event.actor),
                span(event.trigger),
                word(&event.recipient),
                event.confidence,
                event.made_by
            );
        }
    }
}
