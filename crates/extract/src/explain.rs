//! Why a statement is as it is: what fired, whom else its source could mean, the tree around it.

use crate::attribution::{self, Draft};
use crate::cast::{Cast, Why};
use crate::statement;
use crate::view::View;
use lexicon::Lexicon;
use record::{Article, Explanation, Published, Reading, Statement, StatementIx, TokenRange, TreeLine};

/// Explains one statement of an article; `None` if there is no statement with this number.
pub fn explain(
    article: &Article,
    published: Option<&Published>,
    reading: &Reading,
    lexicon: &Lexicon,
    wanted: StatementIx,
) -> Option<Explanation> {
    let view = View::new(article, reading, lexicon);
    let drafts = attribution::drafts(&view);
    let draft = drafts.get(wanted.0 as usize)?;
    let mut cast = Cast::new(&view, published);
    let (speakers, whys) = cast.speakers(&view, &drafts);
    let why = whys.get(wanted.0 as usize).cloned().unwrap_or_default();
    let statements = statement::statements(&view, &mut cast, &drafts, speakers, &whys);
    let statement = statements.get(wanted.0 as usize)?.clone();
    let fired = fired(&view, draft, &statement, &why);
    let tree = tree(&view, draft);
    Some(Explanation { statement, fired, candidates: why.candidates, tree })
}

/// For each statement of an article, what its confidence is computed from, by name.
pub fn features(
    article: &Article,
    published: Option<&Published>,
    reading: &Reading,
    lexicon: &Lexicon,
) -> Vec<Vec<(&'static str, f32)>> {
    let view = View::new(article, reading, lexicon);
    let drafts = attribution::drafts(&view);
    let mut cast = Cast::new(&view, published);
    let (speakers, whys) = cast.speakers(&view, &drafts);
    let statements = statement::statements(&view, &mut cast, &drafts, speakers, &whys);
    let all = drafts.iter().zip(&whys).zip(&statements);
    all.map(|((draft, why), statement)| statement::features(&view, draft, why, statement)).collect()
}

fn fired(view: &View<'_>, draft: &Draft, statement: &Statement, why: &Why) -> Vec<String> {
    let mut fired =
        vec![format!("{}: pieces {:.2}, link {:.2}", statement.made_by, draft.pieces, draft.link)];
    if let Some(outer) = draft.inside {
        fired.push(format!("inside the content of s{}", outer + 1));
    }
    if let Some(before) = draft.continues {
        fired.push(format!("goes on after s{}", before + 1));
    }
    fired.push(format!("speaker: {}", if why.how.is_empty() { "unknown" } else { why.how }));
    fired.extend(statement::reasons(view, draft, statement));
    let features = statement::features(view, draft, why, statement);
    let weighed = features
        .iter()
        .filter(|(_, value)| *value != 0.0)
        .map(|(name, value)| format!("{name} {:+.2}", lexicon_weight(view, name) * value));
    fired.push(format!("confidence, log odds: {}", weighed.collect::<Vec<_>>().join(", ")));
    fired
}

fn tree(view: &View<'_>, draft: &Draft) -> Vec<TreeLine> {
    let tokens = view.reading.tokens_in(draft.extent());
    let Some(last) = (tokens.end as usize).checked_sub(1) else { return Vec::new() };
    let (first, last) = (view.sentence(tokens.start as usize), view.sentence(last));
    let range =
        TokenRange::new(view.sentence_tokens(first).start as usize, view.sentence_tokens(last).end as usize);
    range.range().filter_map(|t| line(view, draft, t)).collect()
}

fn line(view: &View<'_>, draft: &Draft, token: usize) -> Option<TreeLine> {
    let span = *view.reading.tokens.get(token)?;
    let tag = view.reading.tags.get(token)?;
    let mark = view.reading.attribution.overlapping(span).next().map(|(_, p)| p.role.as_str());
    let part = match () {
        () if draft.cue.is_some_and(|c| c.overlaps(span)) => Some("cue"),
        () if draft.source.is_some_and(|s| s.overlaps(span)) => Some("source"),
        () if draft.content.iter().any(|c| c.overlaps(span)) => Some("content"),
        () => None,
    };
    Some(TreeLine {
        token,
        span,
        tags: format!("{} {}", tag.upos.as_str(), tag.xpos.as_str()),
        lemma: view.lemma(token),
        relation: view.relation(token).as_str(),
        head: view.head(token),
        mark,
        part,
    })
}

fn lexicon_weight(view: &View<'_>, feature: &str) -> f32 {
    view.lexicon.speech.confidence_weight(feature)
}
