//! Slices inside slices: which row each belongs to.

/// A slice of a thread.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Slice {
    /// When it begins [ns].
    pub start: i64,
    /// When it ends [ns]; [`OPEN`] where the file does not say.
    pub end: i64,
    /// What it is, a number that the reader knows.
    pub label: u32,
}

/// The end of a slice that has none in the file.
pub const OPEN: i64 = i64::MAX;

/// The beginning or the end of a slice.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// When [ns].
    pub at: i64,
    /// What begins; nothing for the end of whatever began last.
    pub begins: Option<u32>,
}

/// Slices from beginnings and ends in order of time; those of one time in the order of the file. Says how many ends had
/// no beginning.
pub fn paired(edges: &mut [Edge], out: &mut Vec<Slice>) -> usize {
    if !edges.is_sorted_by_key(|edge| edge.at) {
        edges.sort_by_key(|edge| edge.at);
    }
    let mut open: Vec<(i64, u32)> = Vec::new();
    let mut n_lost = 0;
    for edge in edges {
        match (edge.begins, open.len()) {
            (Some(label), _) => open.push((edge.at, label)),
            (None, 0) => n_lost += 1,
            (None, _) => {
                let (start, label) = open.pop().unwrap_or_default();
                out.push(Slice { start, end: edge.at, label });
            }
        }
    }
    out.extend(open.into_iter().map(|(start, label)| Slice { start, end: OPEN, label }));
    n_lost
}

/// Puts slices in order and tells each with its depth: 0 for one that is in no other. Says how many had to be cut, because
/// they reached out of the slice that they began in.
///
/// ```text
/// depth 0   ▐█████████████▌ ▐██▌
/// depth 1     ▐███▌▐███▌
/// ```
pub fn nested(slices: &mut [Slice], tell: &mut dyn FnMut(usize, Slice)) -> usize {
    let key = |slice: &Slice| (slice.start, std::cmp::Reverse(slice.end));
    if !slices.is_sorted_by_key(key) {
        slices.sort_by_key(key);
    }
    let mut ends: Vec<i64> = Vec::new();
    let mut n_cut = 0;
    for &slice in slices.iter() {
        // What has no length lies inside whatever ends where it is only if that began before.
        while ends.last().is_some_and(|&end| end <= slice.start) {
            ends.pop();
        }
        let mut slice = slice;
        if let Some(&end) = ends.last().filter(|&&end| end < slice.end) {
            n_cut += usize::from(slice.end != OPEN);
            slice.end = end;
        }
        tell(ends.len(), slice);
        ends.push(slice.end);
    }
    n_cut
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depths(slices: &[(i64, i64)]) -> (Vec<(usize, i64, i64)>, usize) {
        let mut slices: Vec<_> = slices.iter().map(|&(start, end)| Slice { start, end, label: 0 }).collect();
        let mut out = Vec::new();
        let n_cut = nested(&mut slices, &mut |depth, slice| out.push((depth, slice.start, slice.end)));
        (out, n_cut)
    }

    #[test]
    fn a_slice_is_one_deeper_than_the_one_around_it() {
        let (out, n_cut) = depths(&[(5, 8), (0, 10), (10, 12), (6, 7), (8, 10)]);
        assert_eq!(out, [(0, 0, 10), (1, 5, 8), (2, 6, 7), (1, 8, 10), (0, 10, 12)]);
        assert_eq!(n_cut, 0);
    }

    #[test]
    fn a_slice_that_reaches_out_of_the_one_around_it_is_cut_and_counted() {
        assert_eq!(depths(&[(0, 10), (5, 15)]), (vec![(0, 0, 10), (1, 5, 10)], 1));
        assert_eq!(depths(&[(0, 10), (5, OPEN)]), (vec![(0, 0, 10), (1, 5, 10)], 0));
    }

    #[test]
    fn beginnings_and_ends_pair_like_brackets() {
        let edge = |at, begins| Edge { at, begins };
        let mut edges =
            [edge(5, None), edge(0, Some(1)), edge(2, Some(2)), edge(4, None), edge(9, None), edge(9, Some(3))];
        let mut out = Vec::new();
        let n_lost = paired(&mut edges, &mut out);
        let out: Vec<_> = out.iter().map(|slice| (slice.start, slice.end, slice.label)).collect();
        assert_eq!((out, n_lost), (vec![(2, 4, 2), (0, 5, 1), (9, OPEN, 3)], 1));
    }
}
