//! What one article says: who is mentioned, who said what, what happened.

pub mod attribution;
pub mod cast;
mod events;
mod explain;
mod metonyms;
mod places;
mod positions;
pub mod quotes;
pub mod statement;
pub mod view;

pub use events::Choice;
pub use explain::{explain, features};

use lexicon::Lexicon;
use record::{Article, Findings, Published, Reading};
use view::View;

/// Findings of one article.
pub fn findings(
    article: &Article,
    published: Option<&Published>,
    reading: &Reading,
    lexicon: &Lexicon,
) -> Findings {
    let view = View::new(article, reading, lexicon);
    let drafts = attribution::drafts(&view);
    let mut cast = cast::Cast::new(&view, published);
    let (speakers, whys) = cast.speakers(&view, &drafts);
    let statements = statement::statements(&view, &mut cast, &drafts, speakers, &whys);
    let (mentions, mut referents) = cast.into_parts();
    let events = events::events(&view, published, &mentions, &statements);
    metonyms::metonyms(lexicon, &mut referents, &statements, &events);
    let positions = positions::positions(&view, &mentions, &statements, &events);
    let locations = places::locations(&view, &mentions, &referents);
    let metonyms = metonyms::mentions(&view, &mentions, &statements, &events);
    Findings { mentions, referents, statements, events, positions, locations, metonyms }
}

/// What the choice of a recipient rests on, for every event of an article: the training data of the weights in the lexicon.
pub fn recipient_choices(article: &Article, reading: &Reading, lexicon: &Lexicon) -> Vec<Choice> {
    events::choices(&View::new(article, reading, lexicon))
}
