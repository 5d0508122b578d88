//! What one article says: who is mentioned, who said what, what happened.

pub mod attribution;
pub mod quotes;
pub mod view;

use lexicon::Lexicon;
use record::{Article, Findings, Form, Made, Published, Reading, Speaker, SpeakerKind, Statement};
use view::View;

/// Findings of one article.
pub fn findings(
    article: &Article,
    _published: Option<&Published>,
    reading: &Reading,
    lexicon: &Lexicon,
) -> Findings {
    let view = View::new(article, reading, lexicon);
    let drafts = attribution::drafts(&view);
    let statements = drafts.iter().map(|d| statement(&view, d)).collect();
    Findings { statements, ..Findings::default() }
}

fn statement(view: &View<'_>, draft: &attribution::Draft) -> Statement {
    let name = draft.source.map(|s| s.text(view.text()).to_owned());
    Statement {
        form: Form::Indirect,
        source: draft.source,
        cue: draft.cue,
        content: draft.content.clone(),
        speaker: name.map(|name| Speaker { referent: None, name: Some(name), kind: SpeakerKind::Person }),
        addressee: None,
        act: None,
        condition: None,
        negated: false,
        time: None,
        time_evidence: None,
        said_in: None,
        confidence: draft.pieces * draft.link,
        made_by: Made::by(draft.rule.unwrap_or("model:en-1")),
    }
}
