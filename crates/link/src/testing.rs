//! Reports made by hand, for the tests of this crate.

use record::{Article, Findings, Reading, Report};

/// A report that is only text.
pub(crate) fn report(text: &str) -> Report {
    let article = Article::of_text("", text);
    Report {
        article,
        published: None,
        reading: Reading::default(),
        findings: Findings::default(),
        notes: Vec::new(),
    }
}

/// A named referent.
pub(crate) fn named(name: &str, kind: record::ReferentKind) -> record::Referent {
    record::Referent {
        name: name.to_owned(),
        kind,
        names: vec![name.to_owned()],
        named: true,
        represents: None,
        role: None,
        wikidata: None,
    }
}

/// The report with statements: `(speaker, words)`; each speaker is a person of its own.
pub(crate) fn said(mut report: Report, quotes: &[(&str, &str)]) -> Report {
    use record::{Form, Made, ReferentIx, ReferentKind, Span, Speaker, SpeakerKind, Statement};
    for (i, (speaker, words)) in quotes.iter().enumerate() {
        let at = report.text().find(words).unwrap();
        report.findings.referents.push(named(speaker, ReferentKind::Person));
        report.findings.statements.push(Statement {
            form: if is_quoted(report.text(), at) { Form::Direct } else { Form::Indirect },
            source: None,
            cue: None,
            content: vec![Span::at(at..at + words.len())],
            speaker: Some(Speaker {
                referent: Some(ReferentIx(i as u32)),
                name: Some((*speaker).to_owned()),
                kind: SpeakerKind::Person,
            }),
            addressee: None,
            act: None,
            condition: None,
            negated: false,
            time: None,
            time_evidence: None,
            occasion: None,
            topics: Vec::new(),
            said_in: None,
            confidence: 1.0,
            made_by: Made::by("test"),
        });
    }
    report
}

fn is_quoted(text: &str, at: usize) -> bool {
    text[..at].ends_with('“')
}
