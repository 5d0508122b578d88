//! What the first lines of a report tell: title, date line, byline, credit.

use crate::dates::{self, DateLabel};
use crate::lines::{lines, word_count};
use lexicon::Lexicon;
use lexicon::boilerplate::Place;
use record::{BoilerplateReason, Span};

/// So many lines are looked at for title, date and byline.
const LINES: usize = 10;
/// So many lines that are neither title, date, byline nor prose may come before the first prose.
const STRAY: usize = 3;

/// What the first (and, for dates, the last) lines tell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Head {
    /// Where the title stands.
    pub title: Option<Span>,
    /// Publication date, and its words.
    pub published: Option<(String, Span)>,
    /// Date of the last change, and its words.
    pub updated: Option<(String, Span)>,
    /// Name or names of the byline.
    pub author: Option<String>,
    /// The agency or publisher that is credited.
    pub outlet: Option<String>,
    /// The report's address.
    pub url: Option<String>,
    /// The lines that are no prose for these reasons.
    pub boilerplate: Vec<(Span, BoilerplateReason)>,
}

/// Reads the head of `text`; `title` is the title that the input names, if any.
pub(crate) fn head(text: &str, title: Option<&str>, lexicon: &Lexicon) -> Head {
    let first: Vec<Span> = lines(text).take(LINES + 3).collect();
    let mut head = Head { title: title.and_then(|t| place_of(t, text, &first)), ..Head::default() };
    let mut stray = 0;
    for (at, &line) in first.iter().enumerate().take(LINES) {
        if head.title.is_some_and(|t| t.overlaps(line)) || head.take(text, line, lexicon) {
            continue;
        }
        if title.is_none() && head.title.is_none() && is_title(text, line, &first[at + 1..]) {
            head.title = Some(line);
            continue;
        }
        stray += 1;
        if is_prose(line.text(text)) || stray > STRAY {
            head.dateline(text, line, lexicon);
            // A date or byline may follow the standfirst.
            for &line in first.iter().skip(at + 1).take(2) {
                head.take(text, line, lexicon);
            }
            break;
        }
    }
    head.tail(text, lexicon);
    head
}

impl Head {
    /// Takes a line that is a date line, a byline or a credit, as a whole.
    fn take(&mut self, text: &str, line: Span, lexicon: &Lexicon) -> bool {
        let words = line.text(text);
        let dated = self.date_line(text, line, lexicon);
        let vague = || is_vague_date(words, lexicon).then_some(BoilerplateReason::Dateline);
        if let Some(reason) = dated.or_else(vague) {
            self.boilerplate.push((line, reason));
            return true;
        }
        let reason =
            lexicon.boilerplate.reason(words, Place { head: true, tail: false }).map(|(reason, _)| reason);
        if reason == Some(BoilerplateReason::Byline) {
            self.byline(words, lexicon);
            self.boilerplate.push((line, BoilerplateReason::Byline));
        }
        if words.starts_with("http") && reason == Some(BoilerplateReason::Navigation) && !words.contains(' ')
        {
            self.url.get_or_insert_with(|| words.to_owned());
        }
        reason.is_some()
    }

    fn byline(&mut self, words: &str, lexicon: &Lexicon) {
        let bare = words.trim_matches(|c: char| !c.is_alphanumeric());
        let name = after_by(bare).unwrap_or(bare);
        let name = name.split([',', '|', '•', '·', '–', '—', '(', '/']).next().unwrap_or_default().trim();
        let credit = name.strip_prefix("Source:").unwrap_or(name).trim();
        if is_agency(credit, lexicon) {
            self.outlet.get_or_insert_with(|| credit.to_owned());
        } else if after_by(bare).is_some() && !name.is_empty() {
            self.author.get_or_insert_with(|| name.to_owned());
        }
    }

    /// Takes a line that holds a date and, beside it, only words that belong to a date line.
    fn date_line(&mut self, text: &str, line: Span, lexicon: &Lexicon) -> Option<BoilerplateReason> {
        let words = line.text(text);
        let date = Some(words).filter(|w| w.len() <= 200).and_then(dates::first)?;
        let (before, after) = (&words[..date.span.start as usize], &words[date.span.end as usize..]);
        if let Some(by) = after_by(before).filter(|by| is_name(by)) {
            self.byline(by, lexicon);
            self.author.get_or_insert_with(|| name_of(by).to_owned());
            self.date(&date, line, false);
            return belongs(after, lexicon).then_some(BoilerplateReason::Byline);
        }
        let place = before.strip_suffix(' ').and_then(|b| b.strip_suffix(',')).is_some_and(is_name);
        if !(place || belongs(before, lexicon)) {
            return None;
        }
        if let Some(second) = dates::first(after) {
            let between = &after[..second.span.start as usize];
            let rest = &after[second.span.end as usize..];
            (belongs(between, lexicon) && belongs(rest, lexicon)).then_some(())?;
            let shift = |s: Span| Span::new(s.start + date.span.end, s.end + date.span.end);
            self.date(&DateLabel { span: shift(second.span), ..second }, line, is_change(between));
        } else {
            belongs(after, lexicon).then_some(())?;
        }
        self.date(&date, line, is_change(before));
        Some(if is_change(before) { BoilerplateReason::Update } else { BoilerplateReason::Dateline })
    }

    /// Keeps a date; its span is relative to `line`.
    fn date(&mut self, date: &DateLabel, line: Span, changed: bool) {
        let span = Span::new(line.start + date.span.start, line.start + date.span.end);
        let field = if changed { &mut self.updated } else { &mut self.published };
        field.get_or_insert_with(|| (date.value.clone(), span));
    }

    /// Reads the dateline that opens the first prose line: `CITY, Month D, YYYY (Agency) —`, `CITY, Month D. /AGENCY/.`
    fn dateline(&mut self, text: &str, line: Span, lexicon: &Lexicon) {
        let words = line.text(text);
        let start = &words[..words.floor_char_boundary(120)];
        let Some(opening) = opening(start) else { return };
        let credit = opening.rsplit_once(['(', '/']).map(|(_, credit)| credit.trim());
        let agency = credit.filter(|c| is_agency(c, lexicon));
        let city = opening.split([',', ' ', '(', '/']).next().unwrap_or_default();
        let shouted = city.chars().count() > 1 && city == city.to_uppercase();
        if !is_place_and_date(opening) || (agency.is_none() && !shouted) {
            return;
        }
        if let Some(date) = dates::first(opening) {
            self.date(&date, line, false);
        }
        self.outlet = self.outlet.take().or(agency.map(str::to_owned));
    }

    /// Takes labelled date lines among the last lines (“Published March 9, 2021”).
    fn tail(&mut self, text: &str, lexicon: &Lexicon) {
        let from = text.floor_char_boundary(text.len().saturating_sub(1000));
        let last: Vec<Span> = lines(&text[from..]).collect();
        for line in last.iter().rev().take(3) {
            let line = Span::new(line.start + from as u32, line.end + from as u32);
            let known = line.start == from as u32 && from > 0
                || self.boilerplate.iter().any(|(s, _)| s.overlaps(line));
            let label = line.text(text).split([' ', ':']).next().unwrap_or_default();
            if known || !lexicon.boilerplate.is_date_label(label) {
                continue;
            }
            if let Some(reason) = self.date_line(text, line, lexicon) {
                self.boilerplate.push((line, reason));
            }
        }
    }
}

/// Where a given title stands among the first lines, if it does: as a line, or at the start of one.
fn place_of(title: &str, text: &str, first: &[Span]) -> Option<Span> {
    let same = |a: &str, b: &str| a.split_whitespace().eq(b.split_whitespace());
    let whole = first.iter().find(|line| same(line.text(text), title));
    whole.copied().or_else(|| {
        let start = first.first()?.start;
        let begins = text[start as usize..].starts_with(title.trim());
        begins.then(|| Span::new(start, start + title.trim().len() as u32))
    })
}

/// Whether a line is a title: short, without final stop, and prose follows.
fn is_title(text: &str, line: Span, following: &[Span]) -> bool {
    let words = line.text(text);
    let count = word_count(words);
    let prose_follows =
        following.iter().take(LINES).any(|l| is_prose(l.text(text)) && word_count(l.text(text)) >= 6);
    (2..=30).contains(&count)
        && words.len() <= 240
        && prose_follows
        && words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || is_quote(c))
        && !is_speaker_label(words)
        && (is_open(words) || (is_title_case(words) && count <= 18))
}

/// Whether a line ends as titles end: without the stop of a sentence.
fn is_open(words: &str) -> bool {
    let bare = words.trim_end_matches(|c: char| is_quote(c) || c == ')');
    let stopped = bare.ends_with(['.', ',', ';', ':', '…']);
    let asks = bare.ends_with(['?', '!']);
    let inner = words.contains(". ") && !words.contains("U.S. ") && word_count(words) > 12;
    !stopped && !inner && (!asks || word_count(words) <= 16)
}

/// Whether most long words of a line are capitalised, as in English titles that end with a stop.
fn is_title_case(words: &str) -> bool {
    let long: Vec<&str> =
        words.split_whitespace().filter(|w| w.chars().filter(|c| c.is_alphabetic()).count() >= 4).collect();
    let capital = long
        .iter()
        .filter(|w| w.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase));
    long.len() >= 3 && capital.count() * 5 >= long.len() * 4
}

/// `QUESTION: …`, `MR KIRBY: …`: a line of a transcript.
fn is_speaker_label(words: &str) -> bool {
    let label = words.split_once(": ").map(|(label, _)| label);
    label.is_some_and(|l| {
        l.len() > 1 && word_count(l) <= 4 && l.chars().all(|c| c.is_uppercase() || " .'’-".contains(c))
    })
}

/// Whether a line is a sentence or more.
fn is_prose(words: &str) -> bool {
    let closed = words.trim_end_matches(|c: char| is_quote(c) || c == ')' || c.is_whitespace());
    word_count(words) >= 40 || (word_count(words) >= 5 && closed.ends_with(['.', '!', '?', '…', ':', ';']))
}

fn is_quote(c: char) -> bool {
    "\"'“”‘’«»„".contains(c)
}

/// What follows the first “By” (“Through” in translated pages).
fn after_by(words: &str) -> Option<&str> {
    let after = |word: &str| {
        let head = words.get(..word.len())?;
        head.eq_ignore_ascii_case(word).then(|| words[word.len()..].trim_start())
    };
    after("by ").or_else(|| after("through "))
}

/// Up to six capitalised words, perhaps with marks of separation behind them.
fn is_name(words: &str) -> bool {
    let name = name_of(words);
    let small = ["and", "de", "van", "von", "der", "la", "le", "al", "bin", "of"];
    let capital = |w: &str| w.starts_with(char::is_uppercase) || small.contains(&w);
    !name.is_empty() && word_count(name) <= 6 && name.split_whitespace().all(capital) && !name.contains(':')
}

fn name_of(words: &str) -> &str {
    words.trim_matches(|c: char| !c.is_alphanumeric() && c != '.')
}

fn is_agency(name: &str, lexicon: &Lexicon) -> bool {
    lexicon.topics.agency(name).is_some()
}

/// Whether all words belong to a date line: labels, weekdays, clock, zone, an agency.
fn belongs(words: &str, lexicon: &Lexicon) -> bool {
    let known = |w: &str| {
        dates::is_date_word(w)
            || lexicon.boilerplate.is_date_label(w)
            || (w.len() <= 4 && w.bytes().all(|b| b.is_ascii_digit()))
    };
    let bare = words.trim_matches(|c: char| !c.is_alphanumeric());
    is_agency(bare, lexicon)
        || words.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).all(known)
}

/// A date line whose date names no single day (“Posted 03/04/2021 10:15”).
fn is_vague_date(words: &str, lexicon: &Lexicon) -> bool {
    words.len() <= 120 && words.bytes().filter(u8::is_ascii_digit).count() >= 4 && belongs(words, lexicon)
}

/// Whether a label speaks of a change rather than of the first publication.
fn is_change(label: &str) -> bool {
    let label = label.to_lowercase();
    ["updat", "modif", "edited", "revis", "changed"].iter().any(|word| label.contains(word))
}

/// What stands before the mark that ends a dateline: a dash, or the slash behind an agency.
fn opening(start: &str) -> Option<&str> {
    let dash = ["--", " - ", ") -", "—", "–"].iter().filter_map(|dash| start.find(dash)).min();
    let slashes = start.find(" /").and_then(|at| Some(at + 2 + start[at + 2..].find('/')?));
    let end = dash.into_iter().chain(slashes).min()?;
    Some(start[..end].trim_end_matches([' ', ')']))
}

/// Whether all words are capitalised or belong to a date, as those of a dateline are.
fn is_place_and_date(opening: &str) -> bool {
    let small = ["of", "de", "la", "and", "the", "in", "am", "pm", "st", "nd", "rd", "th"];
    let fits = |w: &str| !w.starts_with(char::is_lowercase) || small.contains(&w);
    word_count(opening) <= 12 && opening.split(|c: char| !c.is_alphanumeric()).all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Head {
        head(text, None, &Lexicon::load())
    }

    const PROSE: &str = "The ferry to the islands sank on Monday, the harbour master said.\n\nNobody was hurt in the storm.\n";

    #[test]
    fn date_title_and_byline_in_any_order() {
        for top in [
            "March 9, 2021\n\nFerry sinks off the islands\n\nBy Maren Holt, Coast Correspondent\n\n",
            "Ferry sinks off the islands\nBy Maren Holt\nPosted: Tuesday, March 9, 2021 10:15 GMT\n\n",
            "Ferry sinks off the islands\n\nBy Maren Holt | March 9, 2021\n\n",
        ] {
            let text = format!("{top}{PROSE}");
            let head = of(&text);
            assert_eq!(head.title.map(|t| t.text(&text)), Some("Ferry sinks off the islands"), "{top}");
            assert_eq!(head.author.as_deref(), Some("Maren Holt"), "{top}");
            let published = head.published.map(|(value, span)| (value, span.text(&text).to_owned()));
            assert_eq!(published, Some(("2021-03-09".to_owned(), "March 9, 2021".to_owned())), "{top}");
        }
    }

    #[test]
    fn a_change_is_not_the_publication() {
        let text = format!("Ferry sinks\nPublished 8 March 2021 | Updated 9 March 2021\n{PROSE}");
        let head = of(&text);
        assert_eq!(head.published.map(|(v, _)| v).as_deref(), Some("2021-03-08"));
        assert_eq!(head.updated.map(|(v, _)| v).as_deref(), Some("2021-03-09"));
    }

    #[test]
    fn a_dateline_gives_date_and_agency_and_stays_prose() {
        let text = format!("PORT HOLLIS, March 9, 2021 (Reuters) — {PROSE}");
        let head = of(&text);
        assert_eq!(head.published.map(|(v, _)| v).as_deref(), Some("2021-03-09"));
        assert_eq!(head.outlet.as_deref(), Some("Reuters"));
        assert!(head.boilerplate.is_empty() && head.title.is_none());
    }

    #[test]
    fn an_agency_between_slashes_is_a_dateline_and_a_sentence_is_none() {
        let text = format!("Ferry sinks\n\nPORT HOLLIS, March 9. /TASS/. {PROSE}");
        assert_eq!(of(&text).outlet.as_deref(), Some("TASS"));
        let text = "NATO said on March 9, 2021 - a day after the storm - that the ferry had sunk.";
        assert_eq!(of(text).published, None);
    }

    #[test]
    fn a_date_may_follow_the_standfirst() {
        let text =
            format!("Ferry sinks\nNobody was hurt, the harbour master said.\n09.03.2021 10:15\n\n{PROSE}");
        assert_eq!(of(&text).published.map(|(v, _)| v).as_deref(), Some("2021-03-09"));
    }

    #[test]
    fn prose_has_no_title_and_its_dates_are_no_labels() {
        let text =
            "On March 9, 2021, the ferry sank off the islands.\nNobody was hurt, the harbour master said.";
        assert_eq!(of(text), Head::default());
        let text =
            "QUESTION: Did the ferry sink?\n\nMR HOLT: We have no word of that at this hour, I am afraid.";
        assert_eq!(of(text).title, None);
    }

    #[test]
    fn a_vague_date_line_is_no_title() {
        let text = format!("Posted 03/04/2021 10:15 AM ET\nFerry sinks off the islands\n{PROSE}");
        let head = of(&text);
        assert_eq!(head.published, None);
        assert_eq!(head.title.map(|t| t.text(&text)), Some("Ferry sinks off the islands"));
        assert_eq!(head.boilerplate.len(), 1);
    }

    #[test]
    fn a_given_title_is_found_where_it_stands() {
        let text = format!("9 March 2021\nFerry  sinks off the islands\n{PROSE}");
        let head = head(&text, Some("Ferry sinks off the islands"), &Lexicon::load());
        assert_eq!(head.title.map(|t| t.text(&text)), Some("Ferry  sinks off the islands"));
        assert_eq!(super::head(&text, Some("Another"), &Lexicon::load()).title, None);
    }

    #[test]
    fn a_labelled_date_at_the_end_counts() {
        let text = format!("{PROSE}\nFirst published: 9 March 2021");
        let head = of(&text);
        assert_eq!(
            head.published.map(|(_, span)| span.text(&text).to_owned()).as_deref(),
            Some("9 March 2021")
        );
        assert_eq!(head.boilerplate.len(), 1);
    }
}
