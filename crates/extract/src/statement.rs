//! From drafts to statements: form, act, condition, addressee, time, confidence.

mod act;
mod addressee;
mod condition;
mod confidence;
mod form;
mod occasion;
mod time;
mod topics;

use crate::attribution::Draft;
use crate::cast::{Cast, Why};
use crate::view::View;
use record::{Act, Form, Made, Party, Span, Speaker, Statement, StatementIx};

pub use confidence::features;

/// The statements that the drafts are.
pub fn statements(
    view: &View<'_>,
    cast: &mut Cast,
    drafts: &[Draft],
    speakers: Vec<Option<Speaker>>,
    whys: &[Why],
) -> Vec<Statement> {
    let counts = topics::counts(view);
    let pairs = drafts.iter().zip(speakers);
    let mut statements: Vec<Statement> =
        pairs.map(|(d, speaker)| statement(view, cast, d, speaker, &counts)).collect();
    nest(&mut statements);
    let is_person = |party: &Party| cast.is_named_person(party);
    addressee::from_context(view, drafts, &mut statements, &is_person);
    for ((statement, draft), why) in statements.iter_mut().zip(drafts).zip(whys) {
        statement.confidence = confidence::chance(view, &features(view, draft, why, statement));
    }
    statements
}

/// Statements looked at on either side for one whose content holds another whole.
const NEAR: usize = 6;

/// A statement that stands whole in the content of another is told there: “A assured that …, according to a letter”.
fn nest(statements: &mut [Statement]) {
    let extents: Vec<Option<Span>> = statements.iter().map(Statement::extent).collect();
    for i in 0..statements.len() {
        let Some(inner) = extents[i].filter(|_| statements[i].said_in.is_none()) else { continue };
        let near = i.saturating_sub(NEAR)..statements.len().min(i + NEAR + 1);
        let holds = |n: &usize| {
            let piece = statements[*n].content.iter().find(|c| c.contains(inner));
            *n != i
                && piece.is_some_and(|c| {
                    statements[i].source.is_some() && extents[*n] != Some(inner) && c.len() >= inner.len()
                })
        };
        let outer = near.filter(holds).min_by_key(|&n| extents[n].map_or(0, Span::len));
        statements[i].said_in = outer.map(|n| StatementIx(n as u32));
    }
}

/// What decided form, act and condition, in words.
pub fn reasons(view: &View<'_>, draft: &Draft, statement: &Statement) -> Vec<String> {
    let mut reasons = vec![format!("form: {}", statement.form.as_str())];
    reasons.push(act::reason(view, draft, statement.form));
    reasons
}

/// The statement that a draft is.
fn statement(
    view: &View<'_>,
    cast: &mut Cast,
    draft: &Draft,
    speaker: Option<Speaker>,
    counts: &topics::Counts,
) -> Statement {
    let form = form::form(view, draft);
    let act = act::act(view, draft, form);
    let condition = condition::condition(view, draft, act);
    let act = if act == Act::Assert && condition.is_some() { Act::Announce } else { act };
    let time = time::time(view, draft);
    Statement {
        form,
        source: draft.source,
        cue: draft.cue,
        content: draft.content.clone(),
        addressee: addressee(view, cast, draft, form, act, speaker.as_ref()),
        speaker,
        act: Some(act),
        condition,
        negated: act::negated(view, draft),
        time: time.as_ref().map(|(_, value)| value.clone()),
        time_evidence: time.map(|(span, _)| span),
        occasion: occasion::occasion(view, draft),
        topics: topics::topics(view, draft, counts),
        said_in: draft.inside.map(|i| StatementIx(i as u32)),
        confidence: 0.0,
        made_by: made_by(view, draft),
    }
}

fn addressee(
    view: &View<'_>,
    cast: &mut Cast,
    draft: &Draft,
    form: Form,
    act: Act,
    speaker: Option<&Speaker>,
) -> Option<Party> {
    let called = || addressee::vocative(view, draft).filter(|_| matches!(form, Form::Direct | Form::Mixed));
    let (head, within) = addressee::addressee(view, draft, act).or_else(called)?;
    let (referent, name) = cast.party(view, head, within, speaker.and_then(|s| s.referent))?;
    let same = speaker.is_some_and(|s| s.referent == Some(referent));
    (!same).then_some(Party { referent: Some(referent), name })
}

/// The rule that made the spans, or the model, where the rules only linked what it marked.
fn made_by(view: &View<'_>, draft: &Draft) -> Made {
    draft.rule.map_or_else(|| Made::from_id(format!("model:{}", view.reading.model)), Made::by)
}
