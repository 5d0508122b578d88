//! The page `docs/events.md`: every event type with the patterns and examples that code it, written from the rule files.

use super::{EventExample, FILES, LATER};
use crate::lines::entries;
use std::fmt::Write;

const HEAD: &str = "# Events

Who did what to whom, by [PLOVER](https://github.com/openeventdata/PLOVER). This page is written from the rule files in
`crates/lexicon/data/events` by `cargo run -p lexicon --example events > docs/events.md`; a test compares it.

A pattern names words (lemmas), of which one triggers the event; after **+** words of which one must depend on it; then where the
recipient is looked for, best first; then the mode. `%name` is a class of words in `classes.txt`, `take_in` a verb with its particle.
Where the recipient is looked for: `obj` and `iobj` its objects, `self` the word after +, `poss` its possessor, `comp` and `subj` object and
subject of the clause below it, `until` who must act before, a preposition what stands after it; after *by* who must act; `each`: several actors are each
other's recipients; `able`: only with a recipient who can act. After **not with** stand prepositions beside which the word is not meant.

The type then follows the codebook's rules for what lies ahead: cooperation intended is AGREE, force or pressure announced THREATEN,
cooperation declined REJECT.

The CAMEO code is derived from type and mode. Where codebook and conversion table (CAMEO2PLOVER, 2021)
disagree, the table decides: sanctions imposed are COERCE (163), findings of guilt ACCUSE (116).

Contexts are told by words of the event's sentence (`contexts.txt`), several where several are named. Of the 69 that coders wrote on
60 sentences of the gold standard records, 44 are found (before their words were read: 26); `training/measure_contexts.py`. What goes wrong is
[counted by kind](errors-events.md).
Among several who could be the recipient, weights learned on marked pairs choose (`recipients.txt`, made by
`training/learn_recipients.py`).
";

/// The page.
pub fn page() -> String {
    let mut page = HEAD.to_owned();
    for (name, kind, source) in FILES {
        let meaning = source.lines().next().unwrap_or_default().trim_start_matches(['#', ' ']);
        let meaning = meaning.split_once(": ").map_or(meaning, |m| m.1);
        let version = entries(source).next().unwrap_or_default().trim_start_matches("version ");
        let _ = writeln!(
            page,
            "\n## {kind}\n\nCAMEO {}. `rule:events/{name}@{version}`: {meaning}\n",
            kind.cameo(None)
        );
        page += "| words | + one of | recipient | mode |\n|---|---|---|---|\n";
        for line in entries(source).skip(1).filter(|l| !l.starts_with(['+', '-'])) {
            let row =
                if line == LATER { "| *where no rule above holds:* | | | |".to_owned() } else { row(line) };
            let _ = writeln!(page, "{row}");
        }
        page.push('\n');
        for line in entries(source).skip(1).filter(|l| l.starts_with(['+', '-'])) {
            page += &example(line);
        }
    }
    page
}

fn row(line: &str) -> String {
    let (line, mode) = line.split_once(" : ").unwrap_or((line, ""));
    let (line, unless) =
        line.split_once(" ! ").map_or((line, String::new()), |(l, u)| (l, format!("; not with {u}")));
    let (words, places) = line.split_once('>').unwrap_or((line, ""));
    let (words, with) = words.split_once(" + ").unwrap_or((words, ""));
    let mode = if mode.trim() == "None" { "" } else { mode.trim() };
    format!("| {} | {} | {}{unless} | {mode} |", words.trim(), with.trim(), places.trim())
}

fn example(line: &'static str) -> String {
    let (sign, text) = line.split_at(1);
    match EventExample::parse("", text.trim()).and_then(|e| Some((e.text, e.event?))) {
        Some((text, [actor, trigger, recipient])) if sign == "+" => {
            let name = |part: Option<&str>| part.unwrap_or("–").to_owned();
            format!("- “{text}” {} → **{}** → {}\n", name(actor), name(trigger), name(recipient))
        }
        _ => format!("- Not: “{}”\n", text.trim()),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    #[allow(clippy::disallowed_methods)]
    fn the_page_is_what_the_rules_say() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/events.md");
        let written = std::fs::read_to_string(path).expect("docs/events.md");
        assert!(
            written == super::page(),
            "the rules changed: run `cargo run -p lexicon --example events > docs/events.md`"
        );
    }
}
