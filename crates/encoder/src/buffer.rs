//! Reused memory that begins on a cache line, so that no vector or tile row crosses two.

use std::ops::{Deref, DerefMut};

const LINE: usize = 64;

/// Numbers on a cache line.
#[derive(Debug, Default)]
pub(crate) struct Buffer<T> {
    data: Vec<T>,
    start: usize,
    length: usize,
}

impl<T: Copy + Default> Buffer<T> {
    /// Changes the length; what the numbers are afterwards is not said.
    pub(crate) fn resize(&mut self, length: usize) {
        if self.data.len() < length + LINE {
            self.data.resize(length + LINE, T::default());
            let skipped = self.data.as_ptr().align_offset(LINE);
            self.start = if skipped < LINE { skipped } else { 0 };
        }
        self.length = length;
    }

    /// Changes the length and sets every number to zero.
    pub(crate) fn clear(&mut self, length: usize) {
        self.resize(length);
        self.fill(T::default());
    }
}

impl<T> Deref for Buffer<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.data[self.start..self.start + self.length]
    }
}

impl<T> DerefMut for Buffer<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.data[self.start..self.start + self.length]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn begins_on_a_line_at_any_length() {
        let mut buffer = Buffer::<i32>::default();
        for length in [0, 1, 100, 7, 100_000, 3] {
            buffer.clear(length);
            assert_eq!(buffer.len(), length);
            assert_eq!(buffer.as_ptr() as usize % LINE, 0);
            assert!(buffer.iter().all(|&x| x == 0));
            buffer.fill(9);
        }
    }
}
