//! The speech act, and whether it is reported as not done.

use crate::attribution::{Draft, is_nobody};
use crate::view::View;
use record::{Act, Deprel, Form, Span, Upos};

/// The act of a draft: cue first, then content; a thought judges, the rest asserts.
pub fn act(view: &View<'_>, draft: &Draft, form: Form) -> Act {
    match (scores(view, draft, form).first(), form) {
        (Some(&(act, score)), Form::Thought) if score >= 6.0 => act,
        (_, Form::Thought) => Act::Assess,
        (Some(&(Act::Demand, _)), Form::Direct) if is_question(view, draft) => Act::Ask,
        (Some(&(Act::Demand, _)), _) if asks_whether(view, draft) => Act::Ask,
        (Some(&(act, _)), _) => act,
        (None, _) => Act::Assert,
    }
}

/// The acts that cue and content name, highest first. A thing that is only spoken of (“referred to the plan to …”) is no act
/// of the speaker's: the cue alone counts.
fn scores(view: &View<'_>, draft: &Draft, form: Form) -> Vec<(Act, f32)> {
    let cue = draft.cue.map_or("", |c| c.text(view.text()));
    if form != Form::Direct && names_a_thing(view, draft) {
        return view.lexicon.speech.act_scores(cue, "");
    }
    let content: Vec<&str> = draft.content.iter().map(|c| c.text(view.text())).collect();
    view.lexicon.speech.act_scores(cue, &content.join(" "))
}

/// Whether the content is a noun phrase that hangs on the cue by the preposition with which the cue ends.
fn names_a_thing(view: &View<'_>, draft: &Draft) -> bool {
    let (Some(cue), [piece]) = (draft.cue, draft.content.as_slice()) else { return false };
    let cue = view.reading.tokens_in(cue);
    let Some(head) = view.head_of(view.reading.tokens_in(*piece)) else { return false };
    let preposition = cue.range().next_back().filter(|&t| view.is(t, Upos::Adp));
    matches!(view.relation(head), Deprel::Obl | Deprel::Nmod)
        && preposition.is_some_and(|t| view.head(t) == Some(head))
        && view.head(head).is_some_and(|h| cue.contains(h))
        && view.child(head, &[Deprel::Cop]).is_none()
        && !view.is(head, Upos::Verb)
}

/// Whether what is said ends with a question mark (“Why was nobody told?” she demanded).
fn is_question(view: &View<'_>, draft: &Draft) -> bool {
    ends_with_question(view, &draft.content)
}

/// Whether the last of some words is a question mark, quotation marks aside.
pub(super) fn ends_with_question(view: &View<'_>, content: &[Span]) -> bool {
    let last = content.last().map_or("", |c| c.text(view.text()));
    last.trim_end_matches(|c: char| c.is_whitespace() || "\"”’'»".contains(c)).ends_with('?')
}

/// “asked | whether they would like to stay”: a question, though “to” follows.
fn asks_whether(view: &View<'_>, draft: &Draft) -> bool {
    let last = draft.cue.and_then(|c| view.reading.tokens_in(c).range().next_back());
    let first = draft.content.first().map_or("", |c| c.text(view.text())).split_whitespace().next();
    let word = first.unwrap_or_default().to_lowercase();
    let opens = matches!(
        word.as_str(),
        "whether" | "if" | "why" | "how" | "what" | "who" | "whom" | "whose" | "which" | "when" | "where"
    );
    opens && last.is_some_and(|t| view.lemma(t) == "ask")
}

/// What decided the act: scores of the best acts.
pub fn reason(view: &View<'_>, draft: &Draft, form: Form) -> String {
    let scores = scores(view, draft, form);
    let shown: Vec<String> = scores.iter().take(3).map(|(a, s)| format!("{} {s:.1}", a.as_str())).collect();
    let shown = if shown.is_empty() { "no pattern".to_owned() } else { shown.join(", ") };
    format!("act: {} ({shown})", act(view, draft, form).as_str())
}

/// Whether the cue is negated: “did not say”, “never promised”, “without specifying”, “stopped short of”; or its
/// subject: “no minister said”, “neither Bell nor Reyes said”.
pub fn negated(view: &View<'_>, draft: &Draft) -> bool {
    if draft.source.is_some_and(|source| is_nobody(view, source)) {
        return true;
    }
    let Some(cue) = draft.cue else { return false };
    let tokens = view.reading.tokens_in(cue);
    let Some(head) = view.head_of(tokens) else { return false };
    let subject = view.child(head, &[Deprel::Nsubj, Deprel::NsubjPass]).map(|s| view.phrase(s, &[]));
    if subject.and_then(|s| view.reading.span_of(s)).is_some_and(|s| is_nobody(view, s)) {
        return true;
    }
    let around = view
        .children(head)
        .filter(|&c| matches!(view.relation(c), Deprel::Advmod | Deprel::Mark | Deprel::Cc));
    let negation =
        |t: usize| matches!(view.lemma(t).as_str(), "not" | "n't" | "never" | "without" | "nor" | "neither");
    let words = cue.text(view.text()).to_lowercase();
    around.chain(tokens.range()).any(negation)
        || words.contains("stopped short")
        || words.contains("failed to")
        || words.contains("yet to ")
}
