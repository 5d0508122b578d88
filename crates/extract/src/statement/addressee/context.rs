//! Who is told, from the statements around: a quotation that goes on, questions and their answers, “you”.

use super::super::act::ends_with_question;
use super::{is_aimed, reply_to};
use crate::attribution::Draft;
use crate::view::View;
use record::{Act, Form, Party, ReferentIx, Span, Statement, Upos};

/// Most statements between one that says “you” and the one that names who is meant.
const MEMORY: usize = 30;

/// Most statements between a question put to the person in view and the one that names that person.
const SCENE: usize = 4;

/// The statements of an article, with the drafts they were made of.
struct Around<'a> {
    view: &'a View<'a>,
    drafts: &'a [Draft],
    statements: &'a [Statement],
    is_person: &'a dyn Fn(&Party) -> bool,
}

/// Completes addressees from the statements around: a quotation that goes on has that of its beginning, a question in
/// a transcript that of the next turn and the answer that of the turn before, a reply the one who asked, a quotation
/// with “you” the one the speakers before it addressed.
pub fn from_context(
    view: &View<'_>,
    drafts: &[Draft],
    statements: &mut [Statement],
    is_person: &dyn Fn(&Party) -> bool,
) {
    for i in 0..statements.len() {
        if statements[i].addressee.is_some() {
            continue;
        }
        let found = Around { view, drafts, statements, is_person }.addressee(i);
        let own = referent(&statements[i]);
        statements[i].addressee = found.filter(|party| party.referent != own || own.is_none());
    }
}

fn referent(statement: &Statement) -> Option<ReferentIx> {
    statement.speaker.as_ref().and_then(|s| s.referent)
}

/// The speaker of a statement as one who is told.
fn as_party(statement: &Statement) -> Option<Party> {
    let speaker = statement.speaker.as_ref()?;
    Some(Party { referent: speaker.referent, name: speaker.name.clone()? })
}

impl Around<'_> {
    fn addressee(&self, i: usize) -> Option<Party> {
        let draft = &self.drafts[i];
        if let Some(before) = draft.continues {
            let aimed = is_aimed(self.view, &self.drafts[before], self.statements[before].act);
            return self.statements[before].addressee.clone().filter(|_| !aimed);
        }
        if draft.is_by_layout() {
            let label = |p: &Party| self.view.lexicon.speech.is_question_label(&p.name);
            return self.answering(i).or_else(|| self.answered(i)).filter(|p| !label(p));
        }
        let in_words = || self.quoted_by(i).filter(|_| self.says_you(i, 0));
        let spoken_to = || self.last_addressed(i, MEMORY).filter(|_| self.says_you(i, 1));
        in_words()
            .or_else(|| self.replied(i))
            .or_else(spoken_to)
            .or_else(|| self.asked_in_scene(i))
            .or_else(|| self.goes_on_writing(i))
    }

    /// The person last addressed before, among the last `reach` statements.
    fn last_addressed(&self, i: usize, reach: usize) -> Option<Party> {
        let before = self.statements[i.saturating_sub(reach)..i].iter().rev();
        let mut parties = before.filter_map(|s| s.addressee.as_ref()).filter(|p| (self.is_person)(p));
        parties.find(|p| p.referent != referent(&self.statements[i])).cloned()
    }

    /// “…?” demanded another senator: asked of the one whom those before addressed.
    fn asked_in_scene(&self, i: usize) -> Option<Party> {
        let asks = matches!(self.verb(i)?.as_str(), "ask" | "demand" | "press" | "inquire");
        let direct = matches!(self.statements[i].form, Form::Direct | Form::Mixed);
        let question = self.statements[i].act == Some(Act::Ask) && asks && direct;
        self.last_addressed(i, SCENE).filter(|_| question)
    }

    /// The base form of the verb of a cue.
    fn verb(&self, i: usize) -> Option<String> {
        let cue = self.view.reading.tokens_in(self.drafts[i].cue?);
        let verb = cue.range().find(|&t| self.view.is(t, Upos::Verb));
        verb.or_else(|| self.view.head_of(cue)).map(|t| self.view.lemma(t))
    }

    /// “…?” asked Bell. “…,” replied Reyes: a question is put to the one who replies, and the reply is for the one who
    /// asked; who is replied to in turn hears it too.
    fn replied(&self, i: usize) -> Option<Party> {
        let asks = self.statements[i].act == Some(Act::Ask) && self.drafts[i].inside.is_none();
        let after = || {
            let next = (i + 1..self.statements.len()).find(|&n| self.drafts[n].inside.is_none())?;
            as_party(&self.statements[next]).filter(|_| asks && self.is_reply(next))
        };
        let before = || {
            let last = (0..i).rev().find(|&n| self.drafts[n].inside.is_none())?;
            let statement = &self.statements[last];
            let heard =
                statement.addressee.as_ref().is_some_and(|p| p.referent == referent(&self.statements[i]));
            let asked = statement.act == Some(Act::Ask) && statement.addressee.is_none();
            as_party(statement).filter(|_| self.is_reply(i) && (heard || asked))
        };
        before().or_else(after)
    }

    fn is_reply(&self, i: usize) -> bool {
        self.verb(i).is_some_and(|v| reply_to(&v)) && self.statements[i].form == Form::Direct
    }

    /// The speaker of the turn that follows a question or words with “you”.
    fn answering(&self, i: usize) -> Option<Party> {
        let next = (i + 1..self.statements.len()).find(|&n| self.drafts[n].inside.is_none())?;
        let turn = self.asks_turn(i) && self.drafts[next].is_by_layout();
        as_party(&self.statements[next]).filter(|_| turn && !self.same_speaker(i, next))
    }

    /// The speaker of the turn before, if that ends with a question.
    fn answered(&self, i: usize) -> Option<Party> {
        let last = (0..i).rev().find(|&n| self.drafts[n].inside.is_none())?;
        let turn =
            self.drafts[last].is_by_layout() && ends_with_question(self.view, &self.statements[last].content);
        as_party(&self.statements[last]).filter(|_| turn && !self.same_speaker(i, last))
    }

    fn asks_turn(&self, i: usize) -> bool {
        self.statements[i].act == Some(Act::Ask) || self.says_you(i, 0) || self.calls_office(i)
    }

    fn same_speaker(&self, a: usize, b: usize) -> bool {
        self.statements[a].speaker == self.statements[b].speaker
    }

    /// Whether words begin with an office or form of address set apart by a comma: “Governor, I must …”.
    fn calls_office(&self, i: usize) -> bool {
        let view = self.view;
        let first = self.statements[i].content.first().map(|p| view.reading.tokens_in(*p).start as usize);
        let Some(first) = first else { return false };
        let people = &view.lexicon.people;
        let at = (first..first + 3).find(|&t| !view.is(t, Upos::Punct) && !view.is(t, Upos::Cconj));
        at.is_some_and(|t| {
            let office = people.title(&[view.word(t)]).is_some() || people.role(&view.lemma(t)).is_some();
            office && view.word(t + 1) == ","
        })
    }

    /// “They sent a letter to the senators. “…,” they wrote”: what is written on goes to those it was written to.
    fn goes_on_writing(&self, i: usize) -> Option<Party> {
        let before = i.checked_sub(1).filter(|&b| self.drafts[b].inside == self.drafts[i].inside)?;
        let lemma = |n: usize| {
            let cue = self.view.reading.tokens_in(self.drafts[n].cue?);
            Some(self.view.lemma(self.view.head_of(cue)?))
        };
        let gives = |l: String| l == "write" || self.view.lexicon.speech.gives(&l);
        let writes = lemma(i)? == "write" && lemma(before).is_some_and(gives);
        let own = referent(&self.statements[i]);
        let same = own.is_some() && own == referent(&self.statements[before]);
        (writes && same).then(|| self.statements[before].addressee.clone()).flatten()
    }

    /// The one who quotes: “he said, ‘We need you’” inside somebody's words is said to that somebody.
    fn quoted_by(&self, i: usize) -> Option<Party> {
        let outer = self.drafts[i].inside?;
        let at = self.drafts[i].source.or(self.drafts[i].cue)?.start;
        let party = as_party(&self.statements[outer]).filter(|_| self.view.quotation_at(at).is_some())?;
        (party.referent.is_some() && referent(&self.statements[i]) != party.referent).then_some(party)
    }

    /// Whether quoted words speak to somebody: “you” and “your” more than `often` times, or at their beginning.
    fn says_you(&self, i: usize, often: usize) -> bool {
        let statement = &self.statements[i];
        if !matches!(statement.form, Form::Direct | Form::Mixed) {
            return false;
        }
        let view = self.view;
        let tokens = |piece: &Span| view.reading.tokens_in(*piece).range();
        let first = statement.content.first().map(|p| tokens(p).find(|&t| !view.is(t, Upos::Punct)));
        let begins = first.flatten().is_some_and(|t| is_you(view, t));
        let count: usize =
            statement.content.iter().map(|p| tokens(p).filter(|t| is_you(view, *t)).count()).sum();
        begins || count > often
    }
}

/// “You” or “your” that speaks to somebody; not “you know”, “thank you”, “if you”.
pub fn is_you(view: &View<'_>, token: usize) -> bool {
    let word = view.word(token).to_lowercase();
    let after = view.lemma(token + 1);
    let before = token.checked_sub(1).map(|b| view.lemma(b)).unwrap_or_default();
    let phrase = matches!(after.as_str(), "know" | "see" | "guy")
        || matches!(before.as_str(), "thank" | "if" | "tell" | "when" | "as" | "assure");
    matches!(word.as_str(), "you" | "your") && !phrase
}
