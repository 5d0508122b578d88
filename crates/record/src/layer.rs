//! A sorted, read-only annotation layer.

use crate::Span;

/// Values at spans of one text, sorted by start, then end; built once, then read-only.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer<T> {
    items: Vec<(Span, T)>,
    /// Length of the longest span: how far back an item may start that reaches a given place.
    longest: u32,
}

impl<T> Default for Layer<T> {
    fn default() -> Self {
        Self { items: Vec::new(), longest: 0 }
    }
}

impl<T> Layer<T> {
    /// Sorts the items (stable: equal spans keep their order).
    pub fn new(mut items: Vec<(Span, T)>) -> Self {
        items.sort_by_key(|(span, _)| *span);
        let longest = items.iter().map(|(span, _)| span.end - span.start).max().unwrap_or(0);
        Self { items, longest }
    }

    /// All items in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Span, &T)> + ExactSizeIterator {
        self.items.iter().map(|(span, value)| (*span, value))
    }

    /// The items as a slice.
    pub fn as_slice(&self) -> &[(Span, T)] {
        &self.items
    }

    /// Number of items.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The item at an index of this layer.
    pub fn get(&self, index: usize) -> Option<(Span, &T)> {
        self.items.get(index).map(|(span, value)| (*span, value))
    }

    /// Items wholly inside `span`.
    pub fn within(&self, span: Span) -> impl Iterator<Item = (Span, &T)> {
        let from = self.items.partition_point(|(s, _)| s.start < span.start);
        self.items[from..]
            .iter()
            .take_while(move |(s, _)| s.start <= span.end)
            .filter(move |(s, _)| span.contains(*s))
            .map(|(s, v)| (*s, v))
    }

    /// Items that share at least one byte with `span`; items may nest.
    pub fn overlapping(&self, span: Span) -> impl Iterator<Item = (Span, &T)> {
        let from = self.items.partition_point(|(s, _)| s.start.saturating_add(self.longest) <= span.start);
        self.items[from..]
            .iter()
            .take_while(move |(s, _)| s.start < span.end)
            .filter(move |(s, _)| s.overlaps(span))
            .map(|(s, v)| (*s, v))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_and_selects() {
        let layer = Layer::new(vec![(Span::new(5, 9), 'b'), (Span::new(0, 3), 'a'), (Span::new(8, 12), 'c')]);
        assert_eq!(layer.iter().map(|(_, v)| *v).collect::<String>(), "abc");
        assert_eq!(layer.within(Span::new(4, 10)).map(|(_, v)| *v).collect::<String>(), "b");
        assert_eq!(layer.overlapping(Span::new(2, 9)).map(|(_, v)| *v).collect::<String>(), "abc");
        assert_eq!(layer.overlapping(Span::new(9, 10)).map(|(_, v)| *v).collect::<String>(), "c");
    }
}
