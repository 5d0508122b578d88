//! Standard output.

use anyhow::Context;
use std::io::{self, BufWriter, ErrorKind, StdoutLock, Write};

/// What to do where standard output takes nothing more.
const UNWRITTEN: &str =
    "standard output: could not be written to; make room there, or send the output to another file";

/// Standard output, buffered. A reader that closed the pipe (`| head`) ends the run without a complaint.
pub struct Stdout(BufWriter<StdoutLock<'static>>);

impl Stdout {
    pub fn new() -> Self {
        Self(BufWriter::with_capacity(1 << 16, io::stdout().lock()))
    }

    pub fn write(&mut self, text: &str) -> anyhow::Result<()> {
        self.write_bytes(text.as_bytes())
    }

    pub fn write_bytes(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        self.0.write_all(bytes).context(UNWRITTEN)
    }

    pub fn flush(&mut self) -> anyhow::Result<()> {
        self.0.flush().context(UNWRITTEN)
    }
}

/// Whether an error only says that nobody reads the output any more.
pub fn is_closed(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == ErrorKind::BrokenPipe)
}
