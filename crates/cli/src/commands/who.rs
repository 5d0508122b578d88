//! `onrecord who`: who a name is, and why spellings are joined or kept apart.

use crate::Outcome;
use crate::inputs::{self, Lexicons};
use crate::output::Stdout;
use crate::terminal::Terminal;
use clap::Args;
use onrecord::who::{Bearer, Compared, Seen, Who, who};
use std::fmt::Write;
use std::path::PathBuf;

/// Tell who a name is: in the lexicon, beside another spelling, in reports
///
/// Says who bears the name with offices and years, what it stands for, and why two spellings are taken for one
/// person or for two: which words face one another, and by which letters. With --json the answer is one JSON object.
#[derive(Args, Debug)]
#[command(after_long_help = "Examples:
  onrecord who \"Vladimir Poutine\"
  onrecord who \"Sergueï Choïgou\" --of \"Sergej Schoigu\"
  onrecord who Kremlin
  onrecord who \"Lena Strand\" --lexicon own.jsonl reports/")]
pub struct Options {
    /// The name
    #[arg(value_name = "NAME")]
    name: String,
    /// Another spelling to compare the name with
    #[arg(long, value_name = "OTHER")]
    of: Option<String>,
    /// Reports to look for the name in
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    lexicons: Lexicons,
}

pub fn run(options: &Options, json: bool, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let engine = options.lexicons.engine()?;
    let mut outcome = Outcome::Done;
    let mut reports = None;
    if !options.paths.is_empty() {
        let paths = inputs::Paths::of(options.paths.clone());
        let (read, how) = inputs::reports(&paths, &engine, terminal)?;
        outcome = how;
        let links = engine.link(&read);
        reports = Some((read, links));
    }
    let linked = reports.as_ref().map(|(reports, links)| (reports.as_slice(), links));
    let answer = who(&options.name, options.of.as_deref(), linked, engine.lexicon());
    let mut out = Stdout::new();
    match json {
        true => out.write(&format!("{}\n", serde_json::to_string(&answer)?))?,
        false => out.write(&text(&answer, !options.paths.is_empty())?)?,
    }
    out.flush()?;
    Ok(outcome)
}

fn text(who: &Who, looked: bool) -> anyhow::Result<String> {
    let mut page = format!("{}\n", who.name);
    for bearer in &who.known {
        known(&mut page, bearer)?;
    }
    for stands in &who.stands_for {
        let how = match stands.as_a {
            "state" => "is a name of",
            "people" => "is the word for people or things of",
            "capital" => "is the capital, and stands for the government, of",
            _ => "speaks for",
        };
        writeln!(page, "  {how} {}", stands.of)?;
    }
    if who.known.is_empty() && who.stands_for.is_empty() {
        page.push_str("  is not in the lexicon\n");
    }
    who.compared.iter().try_for_each(|c| comparison(&mut page, c))?;
    who.reports.iter().try_for_each(|s| seen(&mut page, s))?;
    if looked && who.reports.is_empty() {
        page.push_str("  is not named in the reports\n");
    }
    Ok(page)
}

fn known(page: &mut String, bearer: &Bearer) -> anyhow::Result<()> {
    let id = bearer.wikidata.as_ref().map_or(String::new(), |id| format!(", Wikidata {id}"));
    let gender = bearer.gender.map_or(String::new(), |g| format!(", {g}"));
    writeln!(page, "  is in the lexicon: {} ({}{gender}{id})", bearer.name, bearer.kind)?;
    let role = bearer.role.iter().map(|r| match &bearer.represents {
        Some(of) => format!("{r}, {of}"),
        None => r.clone(),
    });
    let year = |y: Option<i16>| y.map_or(String::new(), |y| y.to_string());
    let terms = bearer.terms.iter().map(|t| {
        let of = if t.of.is_empty() { String::new() } else { format!(", {}", t.of) };
        format!("{}{of}, {}–{}", t.office, year(t.from), year(t.to))
    });
    for line in role.chain(terms) {
        writeln!(page, "    {line}")?;
    }
    writeln!(page, "    source: {}", bearer.source)?;
    bearer.spelt_otherwise.iter().try_for_each(|c| comparison(page, c))
}

fn comparison(page: &mut String, compared: &Compared) -> anyhow::Result<()> {
    let Compared { left, right, verdict, chance, joined_from, .. } = compared;
    writeln!(page, "  {left} / {right}: {verdict} (chance {chance}; joined from {joined_from})")?;
    for words in &compared.words {
        let letters: Vec<String> =
            words.letters.iter().map(|(a, b)| format!("{}/{}", shown(a), shown(b))).collect();
        let by = match words.by {
            "sound" if letters.is_empty() => "equal".to_owned(),
            "sound" => format!("by sound: {}", letters.join(", ")),
            other => format!("by {other}"),
        };
        writeln!(page, "    {} ~ {}  {}  {by}", words.left, words.right, words.likeness)?;
    }
    for (name, lone) in [(left, &compared.only_left), (right, &compared.only_right)] {
        if !lone.is_empty() {
            writeln!(page, "    only in {name}: {}", lone.join(", "))?;
        }
    }
    Ok(())
}

/// A group of letters; a dash for none.
fn shown(letters: &str) -> &str {
    if letters.is_empty() { "–" } else { letters }
}

fn seen(page: &mut String, seen: &Seen) -> anyhow::Result<()> {
    let about: Vec<&str> =
        [Some(seen.kind), seen.role.as_deref(), seen.represents.as_deref(), seen.wikidata.as_deref()]
            .into_iter()
            .flatten()
            .collect();
    writeln!(page, "  is in the reports: {} ({})", seen.name, about.join(", "))?;
    for (spelling, sources) in &seen.spellings {
        writeln!(page, "    {spelling}: {}", sources.join(", "))?;
    }
    if !seen.joined.is_empty() {
        page.push_str("  joined with it:\n");
    }
    seen.joined.iter().try_for_each(|c| comparison(page, c))?;
    if !seen.apart.is_empty() {
        page.push_str("  kept apart from it:\n");
    }
    seen.apart.iter().try_for_each(|c| comparison(page, c))
}
