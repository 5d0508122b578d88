//! From drafts to statements: form, act, condition, addressee, time, confidence.

mod act;
mod addressee;
mod condition;
mod form;
mod time;

use crate::attribution::Draft;
use crate::cast::Cast;
use crate::view::View;
use record::{Act, Form, Made, Party, Speaker, Statement, StatementIx};

/// What made a finding when the spans are the model's and the rules only linked them.
const MODEL: &str = "model:en-1";

/// The statements that the drafts are.
pub fn statements(
    view: &View<'_>,
    cast: &mut Cast,
    drafts: &[Draft],
    speakers: Vec<Option<Speaker>>,
) -> Vec<Statement> {
    let pairs = drafts.iter().zip(speakers);
    let mut statements: Vec<Statement> =
        pairs.map(|(d, speaker)| statement(view, cast, d, speaker)).collect();
    let is_person = |party: &Party| cast.is_named_person(party);
    addressee::from_context(view, drafts, &mut statements, &is_person);
    statements
}

/// What decided form, act and condition, in words.
pub fn reasons(view: &View<'_>, draft: &Draft, statement: &Statement) -> Vec<String> {
    let mut reasons = vec![format!("form: {}", statement.form.as_str())];
    reasons.push(act::reason(view, draft, statement.form));
    reasons
}

/// The statement that a draft is.
fn statement(view: &View<'_>, cast: &mut Cast, draft: &Draft, speaker: Option<Speaker>) -> Statement {
    let form = form::form(view, draft);
    let act = act::act(view, draft, form);
    let time = time::time(view, draft);
    Statement {
        form,
        source: draft.source,
        cue: draft.cue,
        content: draft.content.clone(),
        addressee: addressee(view, cast, draft, act, speaker.as_ref()),
        speaker,
        act: Some(act),
        condition: condition::condition(view, draft, act),
        negated: act::negated(view, draft),
        time: time.as_ref().map(|(_, value)| value.clone()),
        time_evidence: time.map(|(span, _)| span),
        said_in: draft.inside.map(|i| StatementIx(i as u32)),
        confidence: confidence(draft, form),
        made_by: Made::by(draft.rule.unwrap_or(MODEL)),
    }
}

fn addressee(
    view: &View<'_>,
    cast: &mut Cast,
    draft: &Draft,
    act: Act,
    speaker: Option<&Speaker>,
) -> Option<Party> {
    let (head, within) = addressee::addressee(view, draft, act)?;
    let (referent, name) = cast.party(view, head, within)?;
    let same = speaker.is_some_and(|s| s.referent == Some(referent));
    (!same).then_some(Party { referent: Some(referent), name })
}

/// Pieces and link, a little lower where the text names no source.
fn confidence(draft: &Draft, form: Form) -> f32 {
    let source = if draft.source.is_some() { 1.0 } else { 0.8 };
    let thought = if form == Form::Thought { 0.9 } else { 1.0 };
    (draft.pieces * draft.link * source * thought).clamp(0.0, 1.0)
}
