//! Prints who could be the recipient of each event of the given texts, for `training/learn_recipients.py`: reads one text a
//! line, writes for each event its line's number, type, actor and candidates (tab between fields; bytes of the text).
#![allow(clippy::print_stdout, clippy::disallowed_methods)]

use encoder::Encoder;
use lexicon::Lexicon;
use record::{Article, Span};
use std::io::Read;

fn main() {
    let mut input = String::new();
    if std::io::stdin().read_to_string(&mut input).is_err() {
        return;
    }
    let texts: Vec<&str> = input.lines().collect();
    let lexicon = Lexicon::load();
    let readings = annotate::readings(&texts, &Encoder::embedded(), &lexicon);
    for (line, (text, reading)) in texts.iter().zip(&readings).enumerate() {
        for choice in extract::recipient_choices(&Article::of_text("-", text), reading, &lexicon) {
            let actor = choice.actor.map_or("-".to_owned(), shown);
            let candidate = |(span, features, chosen): &(Span, Vec<String>, bool)| {
                format!("{} {chosen} {}", shown(*span), features.join(","))
            };
            let candidates: Vec<String> = choice.candidates.iter().map(candidate).collect();
            println!("{line}\t{}\t{actor}\t{}", choice.kind.as_str(), candidates.join("\t"));
        }
    }
}

fn shown(span: Span) -> String {
    format!("{}-{}", span.start, span.end)
}
