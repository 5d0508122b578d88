//! Words a second of the whole reading on each kernel, on one thread and on two, and whether all give the same records:
//! `cargo bench -p onrecord --bench extract -- FILE...` (plain texts, say a few hundred articles).
#![allow(clippy::print_stdout, clippy::disallowed_methods)]

use onrecord::acquire::Format;
use onrecord::record::Report;
use onrecord::{Engine, Input, Kernel};
use std::time::Instant;

fn main() {
    let inputs: Vec<Input> =
        std::env::args().skip(1).filter(|a| !a.starts_with('-')).filter_map(input).collect();
    let words: usize =
        inputs.iter().map(|i| String::from_utf8_lossy(&i.bytes).split_whitespace().count()).sum();
    if words == 0 {
        println!("expected text files: cargo bench -p onrecord --bench extract -- FILE...");
        return;
    }
    let mut first: Option<Vec<Report>> = None;
    for kernel in Kernel::ALL.into_iter().rev().filter(|k| k.is_available()) {
        let engine = Engine::new().with_kernel(kernel);
        let (one, reports) = seconds(1, &engine, &inputs);
        let (two, _) = seconds(2, &engine, &inputs);
        let same = first.get_or_insert_with(|| reports.clone()) == &reports;
        println!(
            "{kernel:?}: {:.0} words/s on one thread, {:.0} on two ({:.2} times); records {}",
            words as f64 / one,
            words as f64 / two,
            one / two,
            if same { "the same" } else { "DIFFER" }
        );
    }
}

fn input(path: String) -> Option<Input> {
    let bytes = std::fs::read(&path).ok()?;
    Some(Input { source: path, first_line: 1, bytes, format: Format::default() })
}

/// The faster of two runs.
fn seconds(threads: usize, engine: &Engine, inputs: &[Input]) -> (f64, Vec<Report>) {
    let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(threads).build() else {
        return (f64::NAN, vec![]);
    };
    let run = || {
        let start = Instant::now();
        let reports = pool.install(|| engine.read(engine.acquire(inputs).articles, &|_| ()));
        (start.elapsed().as_secs_f64(), reports)
    };
    let ((a, reports), (b, _)) = (run(), run());
    (a.min(b), reports)
}
