//! Telephone numbers: no counts, and one number printed in two ways is a misprint.

use super::Compared;
use record::{Claim, ClaimRelation, ClaimValue, Evidence, Made, Slot, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Digits of a telephone number.
const DIGITS: std::ops::RangeInclusive<usize> = 9..=15;
/// Digits that a misprint may leave out, add or change, all in one place.
const MISPRINT: usize = 1;

const MADE: Made = Made::by("rule:link/claim-telephone@1");

/// Telephone numbers of a text, in order: groups of digits with single spaces, dots, hyphens or brackets between.
pub(crate) fn spans(text: &str) -> Vec<Span> {
    let (mut found, mut at) = (Vec::new(), 0);
    let bytes = text.as_bytes();
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() && bytes[at] != b'+' {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        let mut last = end;
        while end < bytes.len() && (bytes[end].is_ascii_digit() || joins(bytes, end)) {
            end += 1;
            if bytes[end - 1].is_ascii_digit() {
                last = end;
            }
        }
        let words = &text[at..last];
        let groups = words.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).count();
        let digits = words.bytes().filter(u8::is_ascii_digit).count();
        if DIGITS.contains(&digits) && groups > 1 {
            found.push(Span::at(at..last));
        }
        at = last;
    }
    found
}

/// Whether a byte may stand between two groups of digits.
fn joins(bytes: &[u8], at: usize) -> bool {
    let mark = |at: usize| bytes.get(at).is_some_and(|b| matches!(b, b' ' | b'-' | b'.' | b'(' | b')'));
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    mark(at) && (digit(at + 1) || mark(at + 1) && bytes[at] != bytes[at + 1] && digit(at + 2))
}

/// One claim for each number that reports of one part print in two ways, no report in both.
pub(crate) fn claims(compared: &Compared) -> Vec<Claim> {
    let mut printed: BTreeMap<(usize, String), Vec<Evidence>> = BTreeMap::new();
    for (scene, &part) in compared.scenes.iter().zip(compared.parts) {
        for span in spans(scene.text()) {
            let digits = span.text(scene.text()).chars().filter(char::is_ascii_digit).collect();
            printed.entry((part, digits)).or_default().push(scene.evidence(span));
        }
    }
    let numbers: Vec<(&(usize, String), &Vec<Evidence>)> = printed.iter().collect();
    let mut claims = Vec::new();
    for (i, (a, x)) in numbers.iter().enumerate() {
        let rest = numbers[i + 1..].iter().take_while(|(b, _)| b.0 == a.0).take(PAIRS);
        let misprints = rest.filter(|(b, y)| is_misprint(&a.1, &b.1) && apart(x, y));
        claims.extend(misprints.map(|(_, y)| claim([x, y], compared)));
    }
    claims
}

/// Numbers that one number is compared with.
const PAIRS: usize = 200;

fn apart(x: &[Evidence], y: &[Evidence]) -> bool {
    let reports = |side: &[Evidence]| side.iter().map(|e| e.article).collect::<BTreeSet<_>>();
    reports(x).is_disjoint(&reports(y))
}

/// Whether two numbers are equal but for a digit in one place.
fn is_misprint(a: &str, b: &str) -> bool {
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    let front = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    let back = a.bytes().rev().zip(b.bytes().rev()).take_while(|(x, y)| x == y).count();
    a != b && long - short <= MISPRINT && front + back + MISPRINT >= long
}

fn claim(sides: [&Vec<Evidence>; 2], compared: &Compared) -> Claim {
    let words = |e: &Evidence| e.span.text(compared.scenes[e.article.0 as usize].text()).to_owned();
    let value = |side: &Vec<Evidence>| {
        let shown = words(&side[0]);
        let text = Some(shown.chars().filter(char::is_ascii_digit).collect());
        ClaimValue { value: shown, number: None, unit: None, text, evidence: side.clone() }
    };
    let reports: BTreeSet<_> = sides.iter().flat_map(|side| side.iter().map(|e| e.article)).collect();
    let shown = format!("“{}” / “{}”", words(&sides[0][0]), words(&sides[1][0]));
    Claim {
        topic: "telephone number".to_owned(),
        slot: Slot::Organisation,
        relation: ClaimRelation::Conflict,
        values: sides.map(value).to_vec(),
        independent_origins: compared.origins.count(reports.into_iter()),
        reason: format!("one telephone number printed in two ways: {shown}"),
        confidence: 0.8,
        made_by: MADE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        spans(text).iter().map(|span| span.text(text)).collect()
    }

    #[test]
    fn numbers_of_several_groups_are_telephone_numbers_and_sums_and_dates_are_not() {
        assert_eq!(found("Call 0331 555 0142, or (604) 555-0142."), ["0331 555 0142", "604) 555-0142"]);
        assert!(found("£1,250,000 in 2008 2009; 12 34 and 2008-11-19; 1 000 000").is_empty());
    }

    #[test]
    fn a_digit_left_out_or_changed_is_a_misprint() {
        assert!(is_misprint("03315550142", "0331555014") && is_misprint("03315550142", "03315550143"));
        assert!(!is_misprint("03315550142", "03315559999"));
    }
}
