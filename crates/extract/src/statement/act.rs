//! The speech act, and whether it is reported as not done.

use crate::attribution::{Draft, is_nobody};
use crate::view::View;
use record::{Act, Deprel, Form, Span, Upos, Xpos};

/// The act of a draft: cue first, then content; a thought judges, the rest asserts.
pub fn act(view: &View<'_>, draft: &Draft, form: Form) -> Act {
    match (scores(view, draft, form).first(), form) {
        (Some(&(act, score)), Form::Thought) if score >= 6.0 => act,
        (_, Form::Thought) => Act::Assess,
        (Some(&(Act::Demand, _)), Form::Direct) if is_question(view, draft) => Act::Ask,
        (Some(&(Act::Demand, _)), _) if asks_whether(view, draft) => Act::Ask,
        (Some(&(act, score)), _) if score >= 3.0 => act,
        (Some(&(act, _)), _) => continued(view, draft).unwrap_or(act),
        (None, _) => continued(view, draft).unwrap_or(Act::Assert),
    }
}

/// What the sentence before does, where the words are but one more of its things: “The threat is a blockade. Or “a long
/// winter”, as the minister put it.”
fn continued(view: &View<'_>, draft: &Draft) -> Option<Act> {
    let first = view.reading.tokens_in(*draft.content.first()?).range().next()?;
    let sentence = view.sentence(first);
    let opening = view.sentence_tokens(sentence).start as usize;
    let joins = matches!(view.lemma(opening).as_str(), "or" | "and") && first <= opening + 3;
    let before = view.sentence_tokens(sentence.checked_sub(1).filter(|_| joins)?);
    let root = before.range().find(|&t| view.head(t).is_none())?;
    view.child(root, &[Deprel::Cop])?;
    let subject = view.child(root, &[Deprel::Nsubj])?;
    match view.lemma(subject).as_str() {
        "threat" | "warning" | "ultimatum" => Some(Act::Threaten),
        "demand" | "request" | "condition" => Some(Act::Demand),
        "offer" | "proposal" => Some(Act::Propose),
        "promise" | "pledge" => Some(Act::Promise),
        _ => None,
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
    let mut scores = view.lexicon.speech.act_scores(cue, &content.join(" "));
    let forms = [
        subjunctive(view, draft),
        suggested(view, draft),
        found_out(view, draft),
        imperative(view, draft, form),
    ];
    for (act, worth) in forms.into_iter().flatten() {
        match scores.iter_mut().find(|(a, _)| *a == act) {
            Some((_, score)) => *score = score.max(worth),
            None => scores.push((act, worth)),
        }
    }
    scores.sort_by(|a, b| b.1.total_cmp(&a.1));
    scores
}

/// “suggested that the talks move”, “insisted that he leave”: a clause in the subjunctive is what should be done. Its verb
/// is the bare one, also after a verb in the past, where a mere report would be in the past as well.
fn subjunctive(view: &View<'_>, draft: &Draft) -> Option<(Act, f32)> {
    let verb = view.head_of(view.reading.tokens_in(draft.cue?))?;
    let act = match view.lemma(verb).as_str() {
        "suggest" | "recommend" | "propose" | "advise" => Act::Propose,
        "insist" | "ask" | "demand" | "request" | "urge" => Act::Demand,
        _ => return None,
    };
    let clause = view.head_of(view.reading.tokens_in(*draft.content.first()?))?;
    let helped = view.child(clause, &[Deprel::Aux, Deprel::AuxPass, Deprel::Cop]);
    let bare = match helped {
        Some(helper) => view.word(helper).eq_ignore_ascii_case("be"),
        None => {
            is_base(view, clause) || is_tagged(view, verb, &PAST) && is_tagged(view, clause, &[Xpos::Vbp])
        }
    };
    let subject = view.child(clause, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some();
    (bare && subject && !is_infinitive(view, clause)).then_some((act, NAMED))
}

/// “The report found that boys were trained”: whoever finds out that something is so states it; “found him guilty” judges.
fn found_out(view: &View<'_>, draft: &Draft) -> Option<(Act, f32)> {
    let verb = view.head_of(view.reading.tokens_in(draft.cue?))?;
    let finds =
        matches!(view.lemma(verb).as_str(), "find" | "discover" | "learn" | "determine" | "establish");
    let clause = view.child(verb, &[Deprel::Ccomp]).filter(|&c| finds && c > verb)?;
    let finite = view.child(clause, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some();
    (finite && !is_infinitive(view, clause)).then_some((Act::Assert, NAMED))
}

/// “She suggested a boycott”: what a person suggests that is a thing, not a clause, is to be done.
fn suggested(view: &View<'_>, draft: &Draft) -> Option<(Act, f32)> {
    let verb = view.head_of(view.reading.tokens_in(draft.cue?)).filter(|&v| view.lemma(v) == "suggest")?;
    let who = view.head_of(view.reading.tokens_in(draft.source?))?;
    let person =
        view.is(who, Upos::Propn) || matches!(view.lemma(who).as_str(), "he" | "she" | "they" | "we" | "i");
    let thing = view.head_of(view.reading.tokens_in(*draft.content.first()?))?;
    let object = view.relation(thing) == Deprel::Obj && view.head(thing) == Some(verb);
    (person && object).then_some((Act::Propose, SAID))
}

/// “Open the gate”, “Mr President, open the gate”: quoted words that begin with an imperative, after nothing but a form of
/// address.
fn imperative(view: &View<'_>, draft: &Draft, form: Form) -> Option<(Act, f32)> {
    let piece = draft.content.first().filter(|_| matches!(form, Form::Direct | Form::Mixed))?;
    let tokens = view.reading.tokens_in(*piece);
    let first = tokens.range().find(|&t| !view.is(t, Upos::Punct))?;
    let end = view.sentence_tokens(view.sentence(first)).end.min(tokens.end) as usize;
    let loose = |t: usize| {
        let asks = matches!(view.word(t).to_lowercase().as_str(), "please" | "do" | "don't" | "not" | "n't");
        asks || [Upos::Adv, Upos::Intj, Upos::Cconj, Upos::Punct].iter().any(|&u| view.is(t, u))
    };
    let verb = (first..end).take(ADDRESS).find(|&t| view.is(t, Upos::Verb) && !loose(t))?;
    let called = verb > first && view.word(verb - 1) == "," && !(first..verb).any(|t| view.is(t, Upos::Pron));
    let begins = called || (first..verb).all(loose);
    let subject = view.child(verb, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some_and(|_| !called);
    let quoted = view.quotation_at(view.reading.tokens[verb].start).is_some();
    let plain = !subject && !is_infinitive(view, verb) && !IDLE.contains(&view.lemma(verb).as_str());
    (begins && quoted && plain && is_base(view, verb)).then_some((Act::Demand, SAID))
}

/// Most words of a form of address, and the verb.
const ADDRESS: usize = 7;

/// Verbs whose imperative asks for nothing (“look, it was late”, “thank you”).
const IDLE: [&str; 18] = [
    "let", "thank", "look", "listen", "see", "imagine", "remember", "guess", "wait", "say", "suppose",
    "forgive", "excuse", "bless", "welcome", "believe", "trust", "hear",
];

/// What the form of a verb is worth that names the act as a cue does.
const NAMED: f32 = 6.0;

/// What the form of a verb in the content is worth.
const SAID: f32 = 3.0;

/// Tags of verbs in the past.
const PAST: [Xpos; 2] = [Xpos::Vbd, Xpos::Vbn];

fn is_base(view: &View<'_>, verb: usize) -> bool {
    is_tagged(view, verb, &[Xpos::Vb])
}

fn is_tagged(view: &View<'_>, verb: usize, tags: &[Xpos]) -> bool {
    view.reading.tags.get(verb).is_some_and(|t| tags.contains(&t.xpos))
}

fn is_infinitive(view: &View<'_>, verb: usize) -> bool {
    view.child(verb, &[Deprel::Mark]).is_some_and(|m| view.lemma(m) == "to")
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
