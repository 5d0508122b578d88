//! What is demanded, offered, refused, threatened and conceded in short invented texts, and what is no position.

#![allow(clippy::expect_used, reason = "a test may stop where the program does not read what it should")]

use encoder::Encoder;
use lexicon::Lexicon;
use record::{Article, Stance};

/// Stance, words and holder's name of every position.
fn positions(text: &str) -> Vec<(Stance, String, String)> {
    let (lexicon, encoder) = (Lexicon::load(), Encoder::embedded());
    let mut reading = annotate::readings(&[text], &encoder, &lexicon).remove(0);
    reading.times = annotate::times(text, &reading, &lexicon, None);
    let findings = extract::findings(&Article::of_text("a", text), None, &reading, &lexicon);
    let speaker = |p: &record::Position| {
        let statement = findings.statement(p.statement?)?;
        statement.speaker.as_ref()?.referent
    };
    let holder = |p: &record::Position| {
        let referent = p.holder.or_else(|| speaker(p)).and_then(|r| findings.referent(r));
        referent.map(|r| r.name.clone()).unwrap_or_default()
    };
    let words = |p: &record::Position| p.words.iter().map(|w| w.text(text)).collect::<Vec<_>>().join(" … ");
    findings.positions.iter().map(|p| (p.stance, words(p), holder(p))).collect()
}

#[track_caller]
fn takes(text: &str, stance: Stance, words: &str, holder: &str) {
    let found = positions(text);
    let fits = |(s, w, h): &(Stance, String, String)| *s == stance && w.contains(words) && h.contains(holder);
    assert!(found.iter().any(fits), "{found:?}");
}

#[track_caller]
fn takes_none(text: &str) {
    let found = positions(text);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn what_is_left_open_is_offered_or_threatened() {
    takes("The minister Lena Strand did not rule out talks with Haldria.", Stance::Offers, "talks", "Strand");
    takes(
        "President Ivo Marek did not exclude “sanctions” against Haldria.",
        Stance::Threatens,
        "sanctions",
        "Marek",
    );
    takes_none("The minister Lena Strand did not rule out rain on Sunday.");
}

#[test]
fn sentences_of_one_quotation_take_positions_of_their_own() {
    let text = "“We will never accept the toll. Haldria must reopen the strait,” President Ivo Marek said.";
    takes(text, Stance::Refuses, "never accept the toll", "Marek");
    takes(text, Stance::Demands, "must reopen the strait", "Marek");
}

#[test]
fn wishes_duties_and_what_lies_behind_are_no_demands() {
    takes_none("“I wanted to go home,” Anna Bell said.");
    takes_none("“You don’t have to be polite any more,” Anna Bell said.");
    takes_none("Perhaps the mayor Anna Bell will demand more money.");
}

#[test]
fn a_paper_that_forbids_others_something_is_a_demand() {
    let text = "Haldria is waiting. Talks were held on the drafts presented by Haldria in May, which aim to ban any exercise of the \
                Northern League.";
    takes(text, Stance::Demands, "ban any exercise", "Haldria");
    let text = "Haldria presented a draft treaty to ban any exercise of the Northern League.";
    takes(text, Stance::Demands, "ban any exercise", "Haldria");
}

#[test]
fn a_demand_called_unacceptable_is_refused() {
    let text = "Their demands have been deemed “unacceptable” by many fishermen.";
    takes(text, Stance::Refuses, "unacceptable", "fishermen");
}

#[test]
fn two_who_speak_together_both_hold_it() {
    let text =
        "The minister Lena Strand and the envoy Ruben Aster said they were ready to negotiate with Haldria.";
    takes(text, Stance::Offers, "ready to negotiate", "Strand");
    takes(text, Stance::Offers, "ready to negotiate", "Aster");
}

#[test]
fn a_fragment_goes_on_with_the_threat_before_it() {
    let text = "The threat posed by Haldria is a blockade of the strait. Or a “very cold winter”, as Ivo Marek put it.";
    takes(text, Stance::Threatens, "very cold winter", "Marek");
}

#[test]
fn the_look_of_a_threat_is_none() {
    let found =
        positions("Ivo Marek spoke of the toll, giving the visit to Haldria the air of an ultimatum.");
    assert!(found.iter().all(|p| p.0 != Stance::Threatens), "{found:?}");
}
