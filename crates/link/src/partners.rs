//! Which texts may have text in common: those with a mark (a hash of something in them) in common.

/// Marks of many texts, and who has each.
#[derive(Debug, Default)]
pub(crate) struct Partners {
    /// Texts with one mark, for each mark that two have, end to end.
    members: Vec<u32>,
    /// Where the members of each mark begin; the end of the last.
    starts: Vec<u32>,
    /// Numbers of a text's marks.
    marks: Vec<Vec<u32>>,
}

impl Partners {
    /// Of each text's marks (each once). Marks of more than `most` texts are kept only if `kept` says so.
    pub(crate) fn of(texts: impl ExactSizeIterator<Item = Vec<u64>>, most: usize, kept: bool) -> Self {
        let mut places: Vec<(u64, u32)> = Vec::new();
        let mut partners = Self { marks: vec![Vec::new(); texts.len()], ..Self::default() };
        for (marks, text) in texts.zip(0..) {
            places.extend(marks.into_iter().map(|mark| (mark, text)));
        }
        places.sort_unstable();
        for run in places.chunk_by(|x, y| x.0 == y.0) {
            if run.len() > 1 && (kept || run.len() <= most) {
                let mark = partners.starts.len() as u32;
                partners.starts.push(partners.members.len() as u32);
                partners.members.extend(run.iter().map(|(_, text)| *text));
                run.iter().for_each(|(_, text)| partners.marks[*text as usize].push(mark));
            }
        }
        partners.starts.push(partners.members.len() as u32);
        partners
    }

    /// Texts after this one that share marks with it, with how many, in order. A mark of more than `most` texts joins
    /// each of them with the first alone.
    pub(crate) fn after(&self, text: u32, most: usize) -> Vec<(u32, u32)> {
        let mut found: Vec<u32> = Vec::new();
        for &mark in self.marks.get(text as usize).into_iter().flatten() {
            let [from, to] = [mark, mark + 1].map(|at| self.starts[at as usize] as usize);
            let members = &self.members[from..to];
            if members.len() <= most || members[0] == text {
                found.extend(&members[members.partition_point(|m| *m <= text)..]);
            }
        }
        found.sort_unstable();
        found.chunk_by(|x, y| x == y).map(|run| (run[0], run.len() as u32)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_common_mark_joins_with_the_first_and_a_rare_one_all() {
        let texts = [vec![1, 9], vec![9], vec![1, 9], vec![9]];
        let partners = Partners::of(texts.clone().into_iter(), 3, true);
        assert_eq!(partners.after(0, 3), [(1, 1), (2, 2), (3, 1)]);
        assert_eq!(partners.after(1, 3), []);
        assert_eq!(Partners::of(texts.into_iter(), 3, false).after(0, 3), [(2, 1)]);
    }
}
