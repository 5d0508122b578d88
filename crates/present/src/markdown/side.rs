//! Side by side, in Markdown: one list per question.

use super::{escaped, reference};
use crate::context::{context, shown, voice};
use crate::view::{Place, View, one_line};
use crate::words;
use record::{Claim, Evidence};

pub(super) fn part(view: &View<'_>) -> String {
    let mut claims: Vec<&Claim> = view.brief.links.claims.iter().collect();
    claims.sort_by_key(|claim| words::rank(claim));
    let mut out = String::from("## Side by side\n");
    claims.into_iter().for_each(|claim| out.push_str(&self::claim(view, claim)));
    out
}

fn claim(view: &View<'_>, claim: &Claim) -> String {
    let (sign, word) = words::relation(claim);
    let topic = escaped(&claim.topic);
    let origins = words::count(claim.independent_origins as usize, "independent origin");
    let mut out = format!("\n**{sign} {word}: {topic}** ({origins}; {})\n\n", escaped(&claim.reason));
    for value in &claim.values {
        out.push_str(&format!("- {}\n", escaped(&shown(claim, value))));
        let held = value.evidence.iter().filter(|e| view.holds(Place::from(**e)));
        held.for_each(|evidence| out.push_str(&format!("  - {}\n", words_of(view, evidence))));
    }
    out
}

fn words_of(view: &View<'_>, evidence: &Evidence) -> String {
    let place = Place::from(*evidence);
    let (before, after) = context(view, place);
    let voice = voice(view, evidence).map(|v| format!(", says {}", escaped(&v))).unwrap_or_default();
    let gap = |text: &str, at_end: bool| {
        let edge = if at_end { text.ends_with(' ') } else { text.starts_with(' ') };
        if edge { " " } else { "" }
    };
    format!(
        "“{}{}**{}**{}{}” {}{voice}",
        escaped(&before),
        gap(&before, true),
        escaped(&one_line(view.words(place))),
        gap(&after, false),
        escaped(&after),
        reference(view, place)
    )
}
