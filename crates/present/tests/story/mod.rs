//! Reports and links built by hand from the texts of `examples/`: spans are found by their words.
#![allow(dead_code)]

use record::*;

/// One report under construction.
pub struct Telling {
    pub report: Report,
}

/// A statement under construction.
pub struct Said<'t> {
    pub content: &'t [&'t str],
    pub source: &'t str,
    pub cue: &'t str,
    pub speaker: Option<u32>,
    pub form: Form,
    pub act: Option<Act>,
    pub time: &'t str,
    pub condition: &'t str,
    pub to: &'t str,
}

/// A statement with nothing but words.
pub const SAID: Said<'static> = Said {
    content: &[],
    source: "",
    cue: "",
    speaker: None,
    form: Form::Direct,
    act: None,
    time: "",
    condition: "",
    to: "",
};

impl Telling {
    pub fn new(source: &str, text: &str) -> Self {
        let article = Article { language: Some("en".to_owned()), ..Article::of_text(source, text) };
        let report = Report {
            article,
            published: None,
            reading: Reading::default(),
            findings: Findings::default(),
            notes: Vec::new(),
        };
        Self { report }
    }

    /// The first place of these words.
    pub fn find(&self, words: &str) -> Span {
        let start = self.report.article.text.find(words).unwrap_or_else(|| panic!("no “{words}”"));
        Span::at(start..start + words.len())
    }

    fn maybe(&self, words: &str) -> Option<Span> {
        (!words.is_empty()).then(|| self.find(words))
    }

    pub fn titled(mut self, words: &str) -> Self {
        self.report.article.title = Some(Title { text: words.to_owned(), span: Some(self.find(words)) });
        self
    }

    pub fn outlet(mut self, name: &str) -> Self {
        self.report.article.outlet = Some(name.to_owned());
        self
    }

    pub fn dated(mut self, value: &str, basis: Basis, words: &str) -> Self {
        let evidence = self.maybe(words).into_iter().collect();
        self.report.published = Some(Published { value: value.to_owned(), basis, evidence });
        self
    }

    pub fn boilerplate(mut self, reason: BoilerplateReason, words: &[&str]) -> Self {
        let mut all: Vec<_> = self.report.article.boilerplate.as_slice().to_vec();
        all.extend(words.iter().map(|w| (self.find(w), Boilerplate { reason })));
        self.report.article.boilerplate = Layer::new(all);
        self
    }

    /// A referent with all its mentions.
    pub fn who(mut self, kind: ReferentKind, names: &[&str], role: &str, represents: &str) -> Self {
        let index = ReferentIx(self.report.findings.referents.len() as u32);
        let mut mentions = self.report.findings.mentions.as_slice().to_vec();
        for name in names {
            let mention = Mention { referent: Some(index), kind, form: MentionForm::Name };
            mentions.push((self.find(name), mention));
        }
        self.report.findings.mentions = Layer::new(mentions);
        self.report.findings.referents.push(Referent {
            name: names[0].to_owned(),
            kind,
            names: names.iter().map(|n| (*n).to_owned()).collect(),
            named: names[0].chars().next().is_some_and(char::is_uppercase),
            represents: (!represents.is_empty()).then(|| represents.to_owned()),
            role: (!role.is_empty()).then(|| role.to_owned()),
            wikidata: None,
        });
        self
    }

    pub fn said(mut self, said: Said<'_>) -> Self {
        let name = |ix: u32| self.report.findings.referents[ix as usize].name.clone();
        let statement = Statement {
            form: said.form,
            source: self.maybe(said.source),
            cue: self.maybe(said.cue),
            content: said.content.iter().map(|w| self.find(w)).collect(),
            speaker: said.speaker.map(|ix| Speaker {
                referent: Some(ReferentIx(ix)),
                name: Some(name(ix)),
                kind: SpeakerKind::Person,
            }),
            addressee: (!said.to.is_empty()).then(|| Party { referent: None, name: said.to.to_owned() }),
            act: said.act,
            condition: self.maybe(said.condition),
            negated: false,
            time: (!said.time.is_empty()).then(|| said.time.to_owned()),
            time_evidence: None,
            occasion: None,
            topics: Vec::new(),
            said_in: None,
            confidence: 0.9,
            made_by: Made::by("rule:test/said@1"),
        };
        let index = StatementIx(self.report.findings.statements.len() as u32);
        self.report.findings.positions.extend(said.act.and_then(Stance::of_act).map(|stance| Position {
            stance,
            words: statement.content.clone(),
            statement: Some(index),
            holder: None,
            condition: statement.condition,
            time: statement.time.clone(),
            made_by: Made::by("rule:test/position@1"),
        }));
        self.report.findings.statements.push(statement);
        self
    }

    pub fn event(
        mut self,
        kind: EventType,
        trigger: &str,
        actor: Option<(&str, u32)>,
        time: &str,
        modality: Modality,
    ) -> Self {
        let actor =
            actor.map(|(words, ix)| Participant { span: self.find(words), referent: Some(ReferentIx(ix)) });
        self.report.findings.events.push(Event {
            kind,
            mode: None,
            contexts: Vec::new(),
            trigger: self.find(trigger),
            actor,
            recipient: None,
            modality,
            time: Some(time.to_owned()),
            place: None,
            said_in: None,
            confidence: 0.8,
            made_by: Made::by("rule:test/event@1"),
        });
        self
    }
}

/// Words of a report as evidence.
pub fn evidence(reports: &[Report], article: usize, words: &str, said_in: Option<u32>) -> Evidence {
    let start = reports[article].article.text.find(words).unwrap_or_else(|| panic!("no “{words}”"));
    Evidence {
        article: ArticleIx(article as u32),
        span: Span::at(start..start + words.len()),
        said_in: said_in.map(StatementIx),
    }
}

pub fn entity(
    name: &str,
    kind: ReferentKind,
    role: &str,
    represents: &str,
    members: &[(u32, u32)],
) -> Entity {
    Entity {
        name: name.to_owned(),
        kind,
        names: vec![name.to_owned()],
        named: name.chars().next().is_some_and(char::is_uppercase),
        represents: (!represents.is_empty()).then(|| represents.to_owned()),
        role: (!role.is_empty()).then(|| role.to_owned()),
        wikidata: None,
        members: members.iter().map(|&(a, r)| (ArticleIx(a), ReferentIx(r))).collect(),
    }
}

pub fn claim(
    topic: &str,
    slot: Slot,
    relation: ClaimRelation,
    values: Vec<(&str, Vec<Evidence>)>,
    reason: &str,
) -> Claim {
    let value = |(value, evidence): (&str, Vec<Evidence>)| ClaimValue {
        value: value.to_owned(),
        number: None,
        unit: None,
        text: None,
        evidence,
    };
    Claim {
        topic: topic.to_owned(),
        slot,
        relation,
        values: values.into_iter().map(value).collect(),
        independent_origins: 2,
        reason: reason.to_owned(),
        confidence: 0.8,
        made_by: Made::by("rule:test/claim@1"),
    }
}

const WIRE: &str = include_str!("../../../../examples/1-northern-wire.txt");
const POST: &str = include_str!("../../../../examples/2-lomar-evening-post.txt");
const GAZETTE: &str = include_str!("../../../../examples/4-gazette-du-detroit.txt");
const HERALD: &str = include_str!("../../../../examples/5-velisk-herald.txt");

/// Four of the example reports, read by hand.
pub fn reports() -> Vec<Report> {
    vec![wire().report, post().report, gazette().report, herald().report]
}

fn wire() -> Telling {
    Telling::new("examples/1-northern-wire.txt", WIRE)
        .titled("Dorosh demands written guarantees after ferry blast in Lomar Strait")
        .dated("2024-03-14", Basis::Byline, "March 14, 2024")
        .boilerplate(BoilerplateReason::Byline, &["By Marta Hellgren"])
        .who(ReferentKind::Person, &["Viktor Dorosh", "Dorosh"], "president", "Zarevia")
        .who(ReferentKind::Person, &["Astrid Solvang"], "prime minister", "Haldria")
        .who(ReferentKind::Person, &["Alexei Shumilin"], "foreign minister", "Zarevia")
        .who(ReferentKind::Person, &["senior Haldrian official", "The official"], "", "Haldria")
        .said(Said {
            content: &["We do not make war on passengers. Whoever says that we do is looking for a pretext,", "We want guarantees now, in writing, and not in ten years."],
            source: "Dorosh told", cue: "told", speaker: Some(0), act: Some(Act::Demand), time: "2024-03-14", to: "Haldria", ..SAID
        })
        .said(Said {
            content: &["This was not an accident,", "Somebody put that mine in the water, and we know who patrols there."],
            source: "she", cue: "she told", speaker: Some(1), act: Some(Act::Accuse), time: "2024-03-13", ..SAID
        })
        .said(Said {
            content: &["talks between the two countries would begin on April 2 in Brennau"],
            source: "Foreign Minister Alexei Shumilin", cue: "said on", speaker: Some(2), form: Form::Indirect, act: Some(Act::Announce), time: "2024-03-13", ..SAID
        })
        .said(Said { content: &["The negotiations must not last for ever,"], source: "he warned", cue: "warned", speaker: Some(2), ..SAID })
        .said(Said {
            content: &["There are points we can discuss, and there are others that we will never accept,"],
            source: "the official", cue: "said.", speaker: Some(3), act: Some(Act::Refuse), ..SAID
        })
        .said(Said {
            content: &["Haldria and its allies would impose \"severe sanctions\" if Zarevia closed the strait to shipping"],
            source: "The official added", cue: "added", speaker: Some(3), form: Form::Mixed, act: Some(Act::Threaten), condition: "if Zarevia closed the strait to shipping", to: "Zarevia", ..SAID
        })
        .event(EventType::Assault, "explosion", None, "2024-03-12", Modality::Happened)
        .event(EventType::Accuse, "accused", Some(("Astrid Solvang", 1)), "2024-03-13", Modality::Happened)
        .event(EventType::Consult, "talks", Some(("Alexei Shumilin", 2)), "2024-04-02", Modality::Planned)
}

fn post() -> Telling {
    Telling::new("examples/2-lomar-evening-post.txt", POST)
        .titled("Zarevia denies mining strait, wants guarantees \"now, in writing\"")
        .dated("2024-03-14", Basis::Byline, "Thursday, March 14, 2024")
        .boilerplate(
            BoilerplateReason::Teaser,
            &["Read also: What we know about the last voyage of the Sigrun"],
        )
        .who(ReferentKind::Person, &["Viktor Dorosh"], "president", "Zarevia")
        .said(Said {
            content: &[
                "We do not make war on passengers. Whoever says that we do is looking for a pretext,",
                "We want guarantees now, in writing, and not in ten years.",
            ],
            source: "Dorosh told",
            cue: "told",
            speaker: Some(0),
            act: Some(Act::Demand),
            time: "2024-03-14",
            ..SAID
        })
}

fn gazette() -> Telling {
    Telling::new("examples/4-gazette-du-detroit.txt", GAZETTE)
        .dated("2024-03-15", Basis::Byline, "March 15, 2024")
        .boilerplate(BoilerplateReason::Teaser, &["Read also Article reserved for our subscribers In Orvik, the fishermen no longer dare to go out"])
        .boilerplate(BoilerplateReason::Subscription, &["Subscribe to our newsletter"])
        .who(ReferentKind::Person, &["Viktor Doroch", "Mr. Doroch"], "president", "Zarevia")
        .said(Said {
            content: &["We want guarantees immediately, by writing, and not ten years from now."],
            source: "Mr. Doroch", cue: "declared", speaker: Some(0), act: Some(Act::Demand), time: "2024-03-14", ..SAID
        })
        .said(Said { content: &["Must not be eternal"], source: "Mr. Choumiline", cue: "warned", form: Form::Mixed, ..SAID })
}

fn herald() -> Telling {
    Telling::new("examples/5-velisk-herald.txt", HERALD)
        .outlet("Velisk Herald")
        .who(ReferentKind::Person, &["Oleg Baranin"], "deputy transport minister", "Zarevia")
        .said(Said {
            content: &["Everything we have seen points to a technical fault,"],
            source: "Deputy Transport Minister Oleg Baranin",
            cue: "said Deputy",
            speaker: Some(0),
            act: Some(Act::Assert),
            time: "2024-03-14",
            ..SAID
        })
        .event(EventType::Assault, "exploded", None, "2024-03-11", Modality::Happened)
}

/// What holds between [`reports`].
pub fn links(reports: &[Report]) -> Links {
    let at = |article: usize, words: &str| evidence(reports, article, words, None);
    let person = ReferentKind::Person;
    let demand = "We want guarantees now, in writing, and not in ten years.";
    let variant = |evidence, relation| Variant { evidence, relation };
    Links {
        dates: vec![None; reports.len()],
        entities: vec![
            entity("Viktor Dorosh", person, "president", "Zarevia", &[(0, 0), (1, 0), (2, 0)]),
            entity("Astrid Solvang", person, "prime minister", "Haldria", &[(0, 1)]),
            entity("Alexei Shumilin", person, "foreign minister", "Zarevia", &[(0, 2)]),
            entity("senior Haldrian official", person, "", "Haldria", &[(0, 3)]),
            entity("Oleg Baranin", person, "deputy transport minister", "Zarevia", &[(3, 0)]),
        ],
        copies: vec![Copy {
            articles: [ArticleIx(0), ArticleIx(1)],
            relation: CopyRelation::NearCopy,
            overlap: 0.83,
            from: Some(ArticleIx(0)),
            evidence: vec![
                at(0, "Zarevian President Viktor Dorosh on Thursday denied"),
                at(1, "Zarevian President Viktor Dorosh on Thursday denied"),
            ],
        }],
        stories: Vec::new(),
        utterances: vec![Utterance {
            speaker: Some(0),
            speaker_name: Some("Viktor Dorosh".to_owned()),
            variants: vec![
                variant(at(0, demand), VariantRelation::Verbatim),
                variant(at(1, demand), VariantRelation::Verbatim),
                variant(
                    at(2, "We want guarantees immediately, by writing, and not ten years from now."),
                    VariantRelation::Retranslation,
                ),
            ],
            made_by: Made::by("rule:test/utterance@1"),
        }],
        claims: claims(&at),
    }
}

fn claims(at: &dyn Fn(usize, &str) -> Evidence) -> Vec<Claim> {
    use ClaimRelation::*;
    vec![
        claim(
            "people injured",
            Slot::Count,
            VagueVsExact,
            vec![("37", vec![at(0, "37")]), ("around forty", vec![at(2, "around forty")])],
            "“around forty” does not exclude 37",
        ),
        claim(
            "people killed in the explosion",
            Slot::Count,
            Conflict,
            vec![
                ("14", vec![at(0, "14 people"), at(1, "14 people"), at(2, "fourteen dead")]),
                ("at least 19", vec![at(3, "at least 19 people")]),
            ],
            "same event, 14 and at least 19 cannot both hold",
        ),
        claim(
            "day of the explosion",
            Slot::Date,
            Conflict,
            vec![
                ("2024-03-12", vec![at(0, "Tuesday, March 12")]),
                ("2024-03-11", vec![at(3, "Monday, March 11")]),
            ],
            "same event, two days",
        ),
        claim("start of talks", Slot::Date, Only, vec![("2024-04-02", vec![at(0, "April 2")])], "only here"),
    ]
}
