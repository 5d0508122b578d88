//! Marks what is not prose.

use crate::lines::{lines, word_count};
use lexicon::Lexicon;
use lexicon::boilerplate::Place;
use record::{Boilerplate, BoilerplateReason, Span};

/// So many lines at either end of a text count as its head and tail.
const END: usize = 10;

/// The rule whose short lines head lists of links.
const HEADS_LIST: &str = "related";
/// So many lines at most belong to one list of links.
const LONGEST_LIST: usize = 15;

/// The lines of `text` that are not prose. `title` is never one of them.
pub(crate) fn boilerplate(text: &str, title: Option<Span>, lexicon: &Lexicon) -> Vec<(Span, Boilerplate)> {
    let lines: Vec<Span> = lines(text).collect();
    let count = lines.len();
    let mut listed = 0;
    let mut marked = Vec::new();
    for (at, &line) in lines.iter().enumerate() {
        if title.is_some_and(|title| title.overlaps(line)) {
            continue;
        }
        let place = Place { head: at < END, tail: at + END >= count };
        let words = line.text(text);
        let rule = lexicon.boilerplate.reason(words, place);
        let ruled = rule.map(|(reason, _)| reason);
        let in_list = ruled.is_none() && listed > 0 && is_link(words);
        listed = match rule {
            Some((_, HEADS_LIST)) if word_count(words) <= 5 => LONGEST_LIST,
            _ if in_list => listed - 1,
            _ => 0,
        };
        let reason = ruled.or(in_list.then_some(BoilerplateReason::Teaser));
        marked.extend(reason.map(|reason| (line, Boilerplate { reason })));
    }
    marked
}

/// Whether a line below “Related stories” reads as one of them: a title, without the stop of a sentence.
fn is_link(words: &str) -> bool {
    let bare = words.trim_end_matches(|c: char| "\"'”’»)".contains(c));
    word_count(words) <= 20
        && !bare.ends_with(['.', ':', ';', ',', '…'])
        && !words.starts_with(['“', '"', '«'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str) -> Vec<&str> {
        boilerplate(text, None, &Lexicon::load()).into_iter().map(|(span, _)| span.text(text)).collect()
    }

    #[test]
    fn a_list_of_links_ends_where_prose_begins() {
        let text = "The ferry sank.\nRelated stories\nWhy the ferry was late\nHarbour master resigns\nNobody was hurt.\nOld lines\n";
        assert_eq!(marked(text), ["Related stories", "Why the ferry was late", "Harbour master resigns"]);
    }

    #[test]
    fn crossheads_and_quotations_stay_prose() {
        let text = "The ferry sank.\nA storm without warning\nNobody was hurt.\nRead more: The quota\n“We were lucky”\nIt was old.\n";
        assert_eq!(marked(text), ["Read more: The quota"]);
    }
}
