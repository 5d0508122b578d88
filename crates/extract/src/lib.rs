//! What one article says: who is mentioned, who said what, what happened.

pub mod attribution;
pub mod cast;
pub mod quotes;
pub mod view;

use lexicon::Lexicon;
use record::{Article, Findings, Form, Made, Published, Reading, Speaker, Statement};
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
    let mut cast = cast::Cast::new(&view);
    let speakers = cast.speakers(&view, &drafts);
    let statements = drafts.iter().zip(speakers).map(|(d, speaker)| statement(d, speaker)).collect();
    let (mentions, referents) = cast.into_parts();
    Findings { mentions, referents, statements, ..Findings::default() }
}

fn statement(draft: &attribution::Draft, speaker: Option<Speaker>) -> Statement {
    Statement {
        form: Form::Indirect,
        source: draft.source,
        cue: draft.cue,
        content: draft.content.clone(),
        speaker,
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
