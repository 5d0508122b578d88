//! JSON Lines in parts, so that a long input need not be in memory at once.

use super::walk::unreadable;
use onrecord::Input;
use onrecord::acquire::Format;
use std::io::{BufRead, BufReader, Read};

/// A part ends with the line that reaches this many bytes; parts are taken in by several threads.
const PART: usize = 256 << 10;
/// No line may be longer (bytes).
const LONGEST_LINE: u64 = 256 << 20;
/// What a gzip file begins with.
const GZIP: &[u8] = &[0x1f, 0x8b];

/// An input of which parts are read one after another.
pub struct Lines {
    source: String,
    from: BufReader<Box<dyn Read>>,
    next_line: usize,
}

impl Lines {
    pub fn new(source: String, from: Box<dyn Read>) -> Self {
        Self { source, from: BufReader::with_capacity(1 << 16, from), next_line: 1 }
    }

    pub fn into_source(self) -> String {
        self.source
    }

    /// The next part; `None` at the end. What is compressed is one part.
    pub fn next_part(&mut self) -> Result<Option<Input>, String> {
        let first_line = self.next_line;
        let mut bytes = Vec::new();
        if first_line == 1 && self.from.fill_buf().map_err(|e| unreadable(&e))?.starts_with(GZIP) {
            self.from.read_to_end(&mut bytes).map_err(|e| unreadable(&e))?;
        }
        while bytes.len() < PART && self.line(&mut bytes)? {}
        let part = Input { source: self.source.clone(), first_line, bytes, format: Format::Jsonl };
        Ok((!part.bytes.is_empty()).then_some(part))
    }

    /// Adds a line; false at the end.
    fn line(&mut self, bytes: &mut Vec<u8>) -> Result<bool, String> {
        let mut limited = self.from.by_ref().take(LONGEST_LINE);
        let read = limited.read_until(b'\n', bytes).map_err(|e| unreadable(&e))?;
        if read as u64 == LONGEST_LINE {
            return Err(format!(
                "line {} is over {} MiB; expected one article a line",
                self.next_line,
                LONGEST_LINE >> 20
            ));
        }
        self.next_line += 1;
        Ok(read > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_hold_every_line_once_and_know_their_first_line() {
        let long = format!("{}\n", "x".repeat(PART / 2));
        let text = format!("{long}a\n{long}{long}b");
        let mut lines = Lines::new("-".into(), Box::new(std::io::Cursor::new(text.clone().into_bytes())));
        let mut joined = Vec::new();
        let mut firsts = Vec::new();
        while let Some(part) = lines.next_part().expect("readable") {
            firsts.push(part.first_line);
            joined.extend(part.bytes);
        }
        assert_eq!(joined, text.into_bytes());
        assert_eq!(firsts, [1, 4]);
    }
}
