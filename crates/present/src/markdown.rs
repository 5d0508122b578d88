//! The brief as Markdown: the same parts for notes and terminals, each line with its reference.

mod escape;
mod positions;
mod said;
mod side;

use crate::cast::cast;
use crate::coverage::{counts, loose_cues, loose_quotations, makers, speakerless};
use crate::dates;
use crate::said::{Group, groups};
use crate::timeline::{MarkKind, timeline};
use crate::view::{Paper, Place, View, Who, one_line, shortened};
use crate::words;
use escape::escaped;
use record::ArticleIx;

/// The first line, by which the document is known as a brief and not read as a report.
const MARK: &str = "<!-- onrecord brief -->";

/// The document.
pub(crate) fn document(view: &View<'_>) -> String {
    let groups = groups(view);
    let parts = [
        format!("{MARK}\n\n# {}\n", escaped(&view.title())),
        reports(view),
        days(view, &groups),
        members(view, &groups),
        positions::part(view),
        said::part(view, &groups),
        side::part(view),
        texts(view),
        coverage(view),
    ];
    parts.join("\n")
}

/// `“words” [a1:12–34]`.
fn cited(view: &View<'_>, place: Place) -> String {
    let words = escaped(&one_line(view.words(place)));
    let quoted = words.starts_with(['“', '”', '"', '«', '„']);
    let words = if quoted { words } else { format!("“{words}”") };
    format!("{words} {}", reference(view, place))
}

/// `[a1:12–34]`.
fn reference(view: &View<'_>, place: Place) -> String {
    format!("[{}]", view.reference(place))
}

fn list(lines: impl IntoIterator<Item = String>) -> String {
    lines.into_iter().map(|line| format!("- {line}\n")).collect()
}

fn reports(view: &View<'_>) -> String {
    let mut out = String::from(
        "## The reports\n\nReferences such as `[a1:12–34]` give a report and the first and last place of the words in it, in characters.\n\n",
    );
    for paper in &view.papers {
        let lines =
            [published(view, paper), format!("source: {}", code(&paper.report.article.source)), about(paper)];
        let heading =
            format!("### a{} · {}: {}\n\n", paper.number(), escaped(&paper.name), escaped(&paper.title));
        out.push_str(&heading);
        out.push_str(&list(lines));
        out.push_str(&list(copies(view, paper)));
        out.push_str(&list(paper.notes().map(|n| format!("note: {}", escaped(&one_line(n))))));
        out.push('\n');
    }
    out
}

fn about(paper: &Paper<'_>) -> String {
    let language = paper.report.article.language.as_deref().map_or("language not known", words::language);
    format!("{}, {}", escaped(language), words::count(paper.length(), "word"))
}

fn published(view: &View<'_>, paper: &Paper<'_>) -> String {
    let Some(published) = paper.published else { return "published: not known".to_owned() };
    let own = published.evidence.iter();
    let words: Vec<String> =
        own.map(|&s| paper.place(s)).filter(|&p| view.holds(p)).map(|p| cited(view, p)).collect();
    let rests = if words.is_empty() { String::new() } else { format!(": {}", words.join(", ")) };
    format!(
        "published: **{}**, {}{rests}",
        escaped(&dates::in_words(&published.value)),
        words::basis(published.basis)
    )
}

fn copies(view: &View<'_>, paper: &Paper<'_>) -> Vec<String> {
    let here = ArticleIx(paper.index as u32);
    let copies = view.brief.links.copies.iter().filter(|c| c.articles.contains(&here));
    copies
        .filter_map(|copy| {
            let other = copy.articles.iter().find(|&&a| a != here)?;
            let direction = match copy.from {
                Some(from) if from == *other => "taken from",
                Some(_) => "taken over by",
                None => "shared with",
            };
            let share = (f64::from(copy.overlap) * 100.0).clamp(0.0, 100.0);
            Some(format!("copy: {}, {direction} a{} ({share:.0} %)", words::copy(copy.relation), other.0 + 1))
        })
        .collect()
}

fn days(view: &View<'_>, groups: &[Group]) -> String {
    let timeline = timeline(view, groups);
    let mut marks: Vec<_> = timeline.lanes.iter().flat_map(|l| &l.marks).collect();
    marks.sort_by(|a, b| (a.day, a.kind, &a.places).cmp(&(b.day, b.kind, &b.places)));
    let mut out = String::from("## Timeline\n");
    let mut day = None;
    for mark in marks {
        if day != Some(mark.day) {
            day = Some(mark.day);
            out.push_str(&format!("\n**{}**\n\n", mark.day.words()));
        }
        let name = if mark.who == Who::Unknown { "nobody named" } else { view.name(&mark.who) };
        let detail =
            if mark.kind == MarkKind::Done { format!(" ({})", escaped(&mark.detail)) } else { String::new() };
        let places: Vec<String> = mark.places.iter().map(|&p| reference(view, p)).collect();
        let label = shortened(&mark.label, 160);
        let places = places.join(" ");
        out.push_str(&format!("- {}: {}{} {places}\n", escaped(name), escaped(&label), detail));
    }
    let (said, done) = timeline.undated;
    out.push_str(&format!(
        "\nWithout a date: {}, {}.\n",
        words::count(said, "utterance"),
        words::count(done, "event")
    ));
    out
}

fn members(view: &View<'_>, groups: &[Group]) -> String {
    let members = cast(view, groups);
    let line = |m: &crate::cast::Member| {
        let entity = view.entities().get(m.entity)?;
        let role = crate::cast::role(entity).map(|r| format!(", {}", escaped(&r))).unwrap_or_default();
        let names: Vec<String> = m
            .names
            .iter()
            .take(12)
            .map(|(n, p)| format!("“{}” {}", escaped(n), reference(view, *p)))
            .collect();
        let (says, acts) = (words::count(m.says, "utterance"), words::count(m.acts, "event"));
        Some(format!("**{}**{role}: {says}, {acts}; written {}", escaped(&entity.name), names.join(", ")))
    };
    let (active, silent): (Vec<_>, Vec<_>) = members.iter().partition(|m| m.says + m.acts > 0);
    let named: Vec<String> = active.into_iter().filter_map(line).collect();
    let silent: Vec<String> = silent
        .iter()
        .flat_map(|m| m.names.first())
        .map(|(n, p)| format!("{} {}", escaped(n), reference(view, *p)))
        .collect();
    let others = groups.iter().filter(|g| matches!(g.who, Who::Name(..)));
    let others = others
        .map(|g| format!("**{}**: {}", escaped(view.name(&g.who)), words::count(g.items.len(), "utterance")));
    let silent =
        if silent.is_empty() { String::new() } else { format!("\nOnly mentioned: {}.\n", silent.join("; ")) };
    format!("## The cast\n\n{}{}{silent}", list(named), list(others))
}

fn texts(view: &View<'_>) -> String {
    let mut out = String::from("## The texts\n");
    for paper in &view.papers {
        out.push_str(&format!("\n### a{} · {}\n\n", paper.number(), escaped(&paper.name)));
        for line in paper.report.text().lines().map(str::trim).filter(|l| !l.is_empty()) {
            out.push_str(&format!("> {}\n>\n", escaped(line)));
        }
        for (span, mark) in paper.report.article.boilerplate.iter() {
            let words = shortened(span.text(paper.report.text()), 60);
            let place = reference(view, paper.place(span));
            out.push_str(&format!(
                "\nnot article prose ({}): “{}” {place}\n",
                words::boilerplate(mark.reason),
                escaped(&words)
            ));
        }
    }
    out
}

fn coverage(view: &View<'_>) -> String {
    let unread =
        view.brief.unread.iter().map(|(source, why)| format!("not read: {}: {}", code(source), escaped(why)));
    let silent = speakerless(view).into_iter();
    let silent = silent
        .map(|(_, place, why)| format!("no speaker: {}: {}", cited(view, place), escaped(&one_line(&why))));
    let quotations =
        loose_quotations(view).into_iter().map(|p| format!("quotation in no statement: {}", cited(view, p)));
    let cues =
        loose_cues(view).into_iter().map(|p| format!("word of speech in no statement: {}", cited(view, p)));
    let figures = view.papers.iter().map(|paper| {
        let c = counts(view, paper);
        format!(
            "a{}: {}, {} ({} without a finding), {} ({} with a speaker), {}, {}, {}",
            paper.number(),
            words::count(c.words, "word"),
            words::count(c.sentences, "sentence"),
            c.bare,
            words::count(c.statements, "statement"),
            c.attributed,
            words::count(c.events, "event"),
            words::count(c.dates, "date"),
            words::count(c.quantities, "number")
        )
    });
    let versions =
        view.brief.versions.iter().map(|(name, version)| format!("{}: {}", escaped(name), escaped(version)));
    let makers =
        makers(view).into_iter().map(|(id, n)| format!("{}: {}", code(&id), words::count(n, "finding")));
    let all = unread.chain(silent).chain(quotations).chain(cues).chain(figures).chain(versions).chain(makers);
    format!("## What was left\n\n{}", list(all))
}

/// As code, which nothing inside can end.
fn code(text: &str) -> String {
    format!("`{}`", one_line(text).replace('`', "'"))
}
