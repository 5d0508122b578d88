//! The engine: the order of the stages, threads, options.

pub mod who;

pub use {acquire, encoder::Kernel, lexicon, present, record};

use acquire::{Acquired, Format};
use encoder::Encoder;
use lexicon::Lexicon;
use rayon::prelude::*;
use record::{Article, KnownStory, Links, Report, Story};

/// Text (in bytes) and articles that are read together, so that their windows fill batches; one batch is the least that a
/// thread takes, so that none waits long for another at the end.
const BATCH_BYTES: usize = 16 << 10;
const BATCH: usize = 32;

/// One input as it came: a file, standard input, a part of a stream.
#[derive(Clone, Debug)]
pub struct Input {
    /// How people know it: a path as given, `-` for standard input.
    pub source: String,
    /// Line of the source at which the content begins: 1, or more in a later part of JSON Lines.
    pub first_line: usize,
    /// Its content.
    pub bytes: Vec<u8>,
    /// How the content is to be read.
    pub format: Format,
}

/// Something worth telling people who wait.
#[derive(Clone, Copy, Debug)]
pub enum Progress {
    /// So many of so many articles are read.
    Read(usize, usize),
    /// The articles are being linked.
    Linking,
}

/// The program without its faces: weights and words, and the order of the stages.
#[derive(Debug)]
pub struct Engine {
    encoder: Encoder,
    lexicon: Lexicon,
}

impl Engine {
    /// With the weights and words that ship inside the program.
    pub fn new() -> Self {
        Self { encoder: Encoder::embedded(), lexicon: Lexicon::load() }
    }

    /// The same, with the encoder's products on a certain kernel instead of the fastest one; the results stay the same.
    pub fn with_kernel(self, kernel: Kernel) -> Self {
        Self { encoder: Encoder::with_kernel(kernel), ..self }
    }

    /// The same with users' gazetteers, which win over the words that ship with the program.
    pub fn with_gazetteers(self, gazetteers: Vec<lexicon::entities::gazetteer::Gazetteer>) -> Self {
        let lexicon = if gazetteers.is_empty() { self.lexicon } else { self.lexicon.with(gazetteers) };
        Self { lexicon, ..self }
    }

    /// The words.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// What took part in making a result, with versions: program, model, words and rules, record format.
    pub fn versions(&self) -> Vec<(String, String)> {
        let pair = |what: &str, version: &str| (what.to_owned(), version.to_owned());
        vec![
            pair("onrecord", env!("CARGO_PKG_VERSION")),
            pair("model", self.encoder.version()),
            pair("rules", lexicon::VERSION),
            pair("record format", &present::contract::FORMAT.to_string()),
        ]
    }

    /// Turns inputs into articles; the order stays.
    pub fn acquire(&self, inputs: &[Input]) -> Acquired {
        let parts: Vec<Acquired> = inputs
            .par_iter()
            .with_max_len(1)
            .map(|input| match input.first_line {
                0 | 1 => acquire::acquire(&input.source, &input.bytes, input.format, &self.lexicon),
                line => acquire::json_lines(&input.source, line, &input.bytes, &self.lexicon),
            })
            .collect();
        parts.into_iter().fold(Acquired::default(), |mut all, part| {
            all.articles.extend(part.articles);
            all.problems.extend(part.problems);
            all
        })
    }

    /// Reads articles one by one; the order stays.
    pub fn read(&self, articles: Vec<Article>, progress: &(dyn Fn(Progress) + Sync)) -> Vec<Report> {
        let total = articles.len();
        let done = std::sync::atomic::AtomicUsize::new(0);
        let batches: Vec<Vec<Article>> = batches(articles);
        let reports: Vec<Vec<Report>> = batches
            .into_par_iter()
            .with_max_len(1)
            .map(|batch| {
                let n = batch.len();
                let reports = self.read_batch(batch);
                let now = done.fetch_add(n, std::sync::atomic::Ordering::Relaxed) + n;
                progress(Progress::Read(now, total));
                reports
            })
            .collect();
        reports.into_iter().flatten().collect()
    }

    /// What a function makes of each report; the order stays.
    pub fn each<T: Send>(&self, reports: &[Report], make: impl Fn(&Report) -> T + Sync + Send) -> Vec<T> {
        reports.par_iter().with_max_len(1).map(make).collect()
    }

    fn read_batch(&self, articles: Vec<Article>) -> Vec<Report> {
        let texts: Vec<&str> = articles.iter().map(|a| a.text.as_str()).collect();
        let readings = annotate::readings(&texts, &self.encoder, &self.lexicon);
        articles.into_iter().zip(readings).map(|(article, reading)| self.report(article, reading)).collect()
    }

    fn report(&self, article: Article, mut reading: record::Reading) -> Report {
        let (published, notes) = annotate::published(&article, &reading, &self.lexicon);
        let anchor = published.as_ref().map(|p| p.value.as_str());
        let language = article.language.as_deref();
        reading.times = annotate::times_in(language, &article.text, &reading, &self.lexicon, anchor);
        reading.quantities = annotate::quantities(&article.text, &reading, &self.lexicon);
        let findings = extract::findings(&article, published.as_ref(), &reading, &self.lexicon);
        Report { article, published, reading, findings, notes }
    }

    /// Why a statement of a report is as it is; `None` if the report has no statement with this number.
    pub fn explain(&self, report: &Report, statement: record::StatementIx) -> Option<record::Explanation> {
        let published = report.published.as_ref();
        extract::explain(&report.article, published, &report.reading, &self.lexicon, statement)
    }

    /// Why two values, each meant by words of a report, are or are not set against each other: lines for people.
    pub fn explain_claim(&self, reports: &[Report], words: [&str; 2]) -> Vec<String> {
        link::explain(reports, words, &self.encoder, &self.lexicon)
    }

    /// For each statement of a report, what its confidence is computed from, by name.
    pub fn features(&self, report: &Report) -> Vec<Vec<(&'static str, f32)>> {
        extract::features(&report.article, report.published.as_ref(), &report.reading, &self.lexicon)
    }

    /// Gives undated reports the date of dated reports that they align with, and reads their times again.
    pub fn align(&self, reports: Vec<Report>) -> Vec<Report> {
        if !reports.iter().any(|r| r.published.is_some()) || reports.iter().all(|r| r.published.is_some()) {
            return reports;
        }
        let dates = link::dates(&reports, &self.encoder, &self.lexicon);
        reports
            .into_iter()
            .zip(dates)
            .map(|(report, date)| match date {
                Some(published) => self.dated(report, published),
                None => report,
            })
            .collect()
    }

    fn dated(&self, report: Report, published: record::Published) -> Report {
        let Report { article, mut reading, notes, .. } = report;
        let (language, anchor) = (article.language.as_deref(), Some(published.value.as_str()));
        reading.times = annotate::times_in(language, &article.text, &reading, &self.lexicon, anchor);
        reading.quantities = annotate::quantities(&article.text, &reading, &self.lexicon);
        let findings = extract::findings(&article, Some(&published), &reading, &self.lexicon);
        Report { article, published: Some(published), reading, findings, notes }
    }

    /// Everything that holds between the reports of one story.
    pub fn link(&self, reports: &[Report]) -> Links {
        link::links(reports, &self.encoder, &self.lexicon)
    }

    /// Which reports belong together; stories that continue one of an earlier run keep its id.
    pub fn stories(&self, reports: &[Report], known: &[KnownStory]) -> Vec<Story> {
        link::continued(reports, known, &self.encoder, &self.lexicon)
    }
}

impl Default for Engine {
    fn default() -> Self {
        Self::new()
    }
}

fn batches(articles: Vec<Article>) -> Vec<Vec<Article>> {
    let mut batches: Vec<Vec<Article>> = Vec::new();
    let mut size = BATCH_BYTES;
    for article in articles {
        let full = |batch: &Vec<Article>| size >= BATCH_BYTES || batch.len() >= BATCH;
        if batches.last().is_none_or(full) {
            batches.push(Vec::new());
            size = 0;
        }
        size += article.text.len();
        if let Some(batch) = batches.last_mut() {
            batch.push(article);
        }
    }
    batches
}
