//! What people see on standard error: notes, problems, progress.

use crate::commands::Global;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use onrecord::Progress;
use std::io::{IsTerminal, Write, stderr, stdout};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// Nobody is told of work that takes less.
const PATIENCE: Duration = Duration::from_secs(1);

/// The person at the other end.
pub struct Terminal {
    quiet: bool,
    json: bool,
}

impl Terminal {
    pub fn new(options: &Global) -> Self {
        Self { quiet: options.quiet, json: options.json }
    }

    /// Whether standard output is shown to a person.
    pub fn shows_output(&self) -> bool {
        stdout().is_terminal()
    }

    /// Something worth knowing.
    pub fn note(&self, message: &str) {
        if !self.quiet {
            self.say("note", None, message);
        }
    }

    /// An input that could not be read.
    pub fn problem(&self, source: &str, message: &str) {
        self.say("problem", Some(source), message);
    }

    /// Why the run ended.
    pub fn error(&self, message: &str) {
        self.say("error", None, message);
    }

    fn say(&self, kind: &str, source: Option<&str>, message: &str) {
        let line = match (self.json, source) {
            (true, _) => {
                let mut object = serde_json::json!({"kind": kind});
                if let Some(source) = source {
                    object["source"] = source.into();
                }
                object["message"] = message.into();
                object.to_string()
            }
            (false, Some(source)) => format!("onrecord: {source}: {message}"),
            (false, None) => format!("onrecord: {message}"),
        };
        // Nobody is left to tell where standard error is closed.
        let _ = writeln!(stderr(), "{line}");
    }

    /// A progress bar that appears after a second of reading, or with the first step that cannot be counted, if a person is watching.
    pub fn progress(&self) -> Bar {
        Bar {
            shown: !self.quiet && !self.json && stderr().is_terminal(),
            since: Instant::now(),
            bar: OnceLock::new(),
        }
    }
}

/// Progress of one run.
pub struct Bar {
    shown: bool,
    since: Instant,
    bar: OnceLock<ProgressBar>,
}

impl Bar {
    pub fn show(&self, step: Progress) {
        let long = self.since.elapsed() > PATIENCE || matches!(step, Progress::Linking);
        if self.shown && long {
            draw(self.bar.get_or_init(new_bar), step);
        }
    }

    pub fn finish(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

fn new_bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len}");
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

fn draw(bar: &ProgressBar, step: Progress) {
    match step {
        Progress::Read(done, total) => {
            bar.set_message("reading");
            bar.set_length(total as u64);
            bar.set_position(done as u64);
        }
        Progress::Linking => bar.set_message("comparing"),
    }
}

/// A panic is a defect of the program, never the fault of an input: say so, and how to report it.
pub fn explain_defects() {
    std::panic::set_hook(Box::new(|panic| {
        let _ = writeln!(
            stderr(),
            "onrecord: this is a defect of the program, not of your input: {panic}\n\
             onrecord: please report it with the command, the version (onrecord {}) and, if you may share it, the input",
            env!("CARGO_PKG_VERSION"),
        );
    }));
}
