//! Every kernel that this processor has gives the same bits.

use encoder::{Encoded, Encoder, Kernel};

/// Windows of many lengths, made of invented words.
fn windows() -> Vec<Vec<&'static str>> {
    let words = "The minister of Norland , Ms. Ada Quill , told reporters on Tuesday that 42 talks would not re-begin \
                 “ before the thaw ” — Überlingen said NOTHING . zzyzxqqj 中文"
        .split_whitespace()
        .collect::<Vec<_>>();
    [0, 1, 2, 3, 13, 14, 15, 29, 45, 61, 77, 100, 140, 158, 300]
        .iter()
        .map(|&n| (0..n).map(|i| words[(i * 7 + n) % words.len()]).collect())
        .collect()
}

fn everything(encoder: &Encoder, encoded: &[Encoded]) -> Vec<(Vec<f32>, Vec<u8>)> {
    let of = |e: &Encoded| {
        let arcs = encoder.arcs(e, 0..e.words);
        let heads: Vec<u32> = (0..e.words).map(|i| (i / 2) as u32).collect();
        (arcs, encoder.relations(e, 0..e.words, &heads))
    };
    encoded.iter().map(of).collect()
}

#[test]
fn kernels_give_the_same_bits() {
    let plain = Encoder::with_kernel(Kernel::Scalar);
    let scores = plain.encode(&windows());
    let parses = everything(&plain, &scores);
    let vectors = plain.vectors(&["Talks were to begin .", "", "x"]);
    for kernel in Kernel::ALL.into_iter().filter(|k| k.is_available()) {
        let encoder = Encoder::with_kernel(kernel);
        assert_eq!(encoder.kernel(), kernel);
        let other = encoder.encode(&windows());
        assert!(other == scores, "{kernel:?} gives other scores");
        assert!(everything(&encoder, &other) == parses, "{kernel:?} gives other parses");
        assert_eq!(encoder.vectors(&["Talks were to begin .", "", "x"]), vectors, "{kernel:?}");
    }
}

#[test]
fn a_window_does_not_depend_on_its_neighbours() {
    let encoder = Encoder::embedded();
    let together = encoder.encode(&windows());
    for (window, scores) in windows().iter().zip(&together) {
        assert!(encoder.encode(std::slice::from_ref(window))[0] == *scores);
    }
}
