//! Words a second of each kernel on one thread: `cargo bench -p encoder [-- KERNEL]`.
#![allow(clippy::print_stdout, clippy::disallowed_methods)]

use encoder::{Encoder, Kernel};
use std::time::Instant;

const TEXT: &str = "The minister of trade , Ms. Ada Quill , told reporters in Norhaven on Tuesday that the talks with \
    Sundria would not resume before the thaw . “ We will answer every tariff with a tariff of our own , ” she said , \
    adding that 42 ships had been turned back since March . A spokesman for the Sundrian embassy denied that any vessel \
    had been stopped , and called the figure “ a misunderstanding ” that the two governments could settle in a week . ";

fn main() {
    let sentence: Vec<&str> = TEXT.split_whitespace().collect();
    let words: Vec<&str> = sentence.iter().copied().cycle().take(126 * 32).collect();
    let windows: Vec<Vec<&str>> = words.chunks(126).map(<[&str]>::to_vec).collect();
    let wanted = std::env::args().nth(1).unwrap_or_default().to_lowercase();
    for kernel in Kernel::ALL.into_iter().filter(|k| k.is_available()) {
        if wanted.starts_with('-') || format!("{kernel:?}").to_lowercase().contains(&wanted) {
            measure(kernel, &windows, words.len());
        }
    }
}

fn measure(kernel: Kernel, windows: &[Vec<&str>], words: usize) {
    let start = Instant::now();
    let encoder = Encoder::with_kernel(kernel);
    let load = start.elapsed();
    let reading = best(|| encoder.encode(windows).len());
    let encoded = encoder.encode(windows);
    let parsing = best(|| {
        let sentences =
            encoded.iter().flat_map(|e| (0..e.words).step_by(25).map(move |a| (e, a..(a + 25).min(e.words))));
        sentences
            .map(|(e, s)| {
                encoder.arcs(e, s.clone()).len() + encoder.relations(e, s.clone(), &vec![1; s.len()]).len()
            })
            .sum()
    });
    let texts: Vec<String> = windows.iter().flat_map(|w| w.chunks(25).map(|s| s.join(" "))).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let vectors = best(|| encoder.vectors(&texts).len());
    let rate = |seconds: f64| words as f64 / seconds;
    println!(
        "{kernel:?}: load {:.1} ms; words/s: encode {:.0}, arcs and relations {:.0}, vectors {:.0}",
        load.as_secs_f64() * 1e3,
        rate(reading),
        rate(parsing),
        rate(vectors)
    );
}

/// Processor seconds of the fastest of a few runs.
fn best(mut run: impl FnMut() -> usize) -> f64 {
    let mut best = f64::MAX;
    let begin = Instant::now();
    while best == f64::MAX || begin.elapsed().as_secs_f64() < 2.0 {
        let start = seconds(begin);
        std::hint::black_box(run());
        best = best.min(seconds(begin) - start);
    }
    best
}

/// Processor seconds of this thread where Linux tells them, else seconds since the beginning.
fn seconds(begin: Instant) -> f64 {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = spent.and_then(|line| line.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| begin.elapsed().as_secs_f64(), |n| n / 1e9)
}
