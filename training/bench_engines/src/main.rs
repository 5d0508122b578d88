//! Runs engines on request, for `run.py`: reads the name of an engine from standard input, reads all sequences once with it,
//! and answers with the processor seconds that this took and the vector of the last sequence.
//!
//!     bench-engines SENTENCES [MODEL SEQUENCES-N…]
//!
//! SENTENCES has a text a line; MODEL is an ONNX graph; each SEQUENCES-N has the same texts as word pieces in batches of N, with
//! a blank line between two.

use encoder::{Encoder, Kernel};
use rten::Model;
use rten_tensor::{AsView, Layout, NdTensor};
use std::error::Error;
use std::io::{BufRead, Write};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Pieces and mask of the sequences of a batch, padded to the longest.
type Batch = (NdTensor<i32, 2>, NdTensor<i32, 2>);

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (sentences, rest) = arguments.split_first().ok_or("give a file of sentences")?;
    let sentences = std::fs::read_to_string(sentences)?;
    let sentences: Vec<&str> = sentences.lines().collect();
    let rten = rest.split_first().map(|(model, files)| Rten::open(model, files)).transpose()?;
    let kernels = || Kernel::ALL.into_iter().filter(|kernel| kernel.is_available()).rev();
    let encoders: Vec<Encoder> = kernels().map(Encoder::with_kernel).collect();
    let mut names: Vec<String> = kernels().map(|k| format!("onrecord {k:?}").to_lowercase()).collect();
    names.extend(rten.iter().flat_map(|rten| rten.sizes.iter().map(|size| format!("rten int8 batch {size}"))));
    answer(&names.join("\t"))?;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let engine = names.iter().position(|name| *name == line).ok_or("no such engine")?;
        let begin = seconds();
        let last = match (encoders.get(engine), &rten) {
            (Some(encoder), _) => encoder.vectors(&sentences).pop().unwrap_or_default(),
            (None, Some(rten)) => rten.read(engine - encoders.len())?,
            (None, None) => Vec::new(),
        };
        let spent = seconds() - begin;
        let last: Vec<String> = last.iter().map(f32::to_string).collect();
        answer(&format!("{spent} {}", last.join(" ")))?;
    }
    Ok(())
}

/// A graph in rten, and the sequences in batches of several sizes.
struct Rten {
    model: Model,
    sizes: Vec<String>,
    batches: Vec<Vec<Batch>>,
}

impl Rten {
    fn open(model: &str, files: &[String]) -> Result<Self> {
        let size = |file: &String| file.rsplit('-').next().unwrap_or_default().to_owned();
        let read = |file: &String| batches(&std::fs::read_to_string(file)?);
        Ok(Self {
            model: Model::load_file(model)?,
            sizes: files.iter().map(size).collect(),
            batches: files.iter().map(read).collect::<Result<_>>()?,
        })
    }

    /// Reads every batch of one size; gives the last sequence's mean, of length 1.
    fn read(&self, size: usize) -> Result<Vec<f32>> {
        let (pieces, mask) = (self.model.node_id("pieces")?, self.model.node_id("mask")?);
        let states = self.model.node_id("states")?;
        let mut vector = Vec::new();
        for (ids, present) in &self.batches[size] {
            let inputs = vec![(pieces, ids.view().into()), (mask, present.view().into())];
            let [out] = self.model.run_n(inputs, [states], None)?;
            let out: NdTensor<f32, 3> = out.try_into()?;
            vector = mean(&out, present);
        }
        Ok(vector)
    }
}

fn answer(line: &str) -> Result<()> {
    let mut out = std::io::stdout();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}

fn batches(text: &str) -> Result<Vec<Batch>> {
    text.split("\n\n").filter(|batch| !batch.trim().is_empty()).map(batch).collect()
}

fn batch(lines: &str) -> Result<Batch> {
    let row = |line: &str| line.split(' ').map(str::parse).collect::<std::result::Result<Vec<i32>, _>>();
    let rows = lines.trim().lines().map(row).collect::<std::result::Result<Vec<_>, _>>()?;
    let shape = [rows.len(), rows.iter().map(Vec::len).max().unwrap_or_default()];
    let at = |[r, c]: [usize; 2]| rows[r].get(c).copied();
    Ok((
        NdTensor::from_fn(shape, |i| at(i).unwrap_or_default()),
        NdTensor::from_fn(shape, |i| i32::from(at(i).is_some())),
    ))
}

fn mean(states: &NdTensor<f32, 3>, mask: &NdTensor<i32, 2>) -> Vec<f32> {
    let [rows, columns, width] = states.shape();
    let length = (0..columns).filter(|&c| mask[[rows - 1, c]] != 0).count();
    let sums: Vec<f32> = (0..width).map(|w| (0..length).map(|c| states[[rows - 1, c, w]]).sum()).collect();
    let size = sums.iter().map(|x| x * x).sum::<f32>().sqrt();
    sums.iter().map(|x| x / size).collect()
}

/// Processor seconds of this process.
fn seconds() -> f64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the call writes to the given structure and to nothing else.
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut time) };
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}
