//! How lengths of time are spread: bins with round edges.
//!
//! Values of one magnitude get bins of one width; values that spread over more than [`WIDE`] get bins whose edges go
//! 1, 2, 5, 10, …, so that neither the many short ones nor the few long ones are all in one bin.

use crate::time::Duration;

/// From this ratio of the highest to the lowest value on edges grow with the values.
const WIDE: u64 = 20;
/// About how many bins there are of one width.
const N_BINS: u64 = 12;

/// A bin.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bin {
    /// The lowest value that belongs to it.
    pub from: Duration,
    /// The lowest value that belongs to the next.
    pub to: Duration,
    /// How many values it holds.
    pub count: usize,
}

/// Bins without gaps between them, from the one of the lowest value to that of the highest.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Histogram {
    /// The bins, ascending.
    pub bins: Vec<Bin>,
}

impl Histogram {
    /// The bins of values in ascending order.
    pub fn of(sorted: &[Duration]) -> Histogram {
        let (Some(&Duration(lowest)), Some(&Duration(highest))) = (sorted.first(), sorted.last()) else {
            return Histogram::default();
        };
        let edges = if highest / lowest.max(1) < WIDE { even(lowest, highest) } else { growing(lowest, highest) };
        let below = |edge: u64| sorted.partition_point(|value| value.0 < edge);
        let bin = |edge: &[u64]| Bin {
            from: Duration(edge[0]),
            to: Duration(edge[1]),
            count: below(edge[1]) - below(edge[0]),
        };
        Histogram { bins: edges.windows(2).map(bin).collect() }
    }

    /// How many values there are.
    pub fn n(&self) -> usize {
        self.bins.iter().map(|bin| bin.count).sum()
    }

    /// The count of the fullest bin.
    pub fn highest(&self) -> usize {
        self.bins.iter().map(|bin| bin.count).max().unwrap_or(0)
    }
}

/// Edges of one round distance, from at most the lowest value to above the highest.
fn even(lowest: u64, highest: u64) -> Vec<u64> {
    let width = round().find(|&width| width >= (highest - lowest) / N_BINS).unwrap_or(u64::MAX);
    (lowest / width..=highest / width + 1).map(|n| n.saturating_mul(width)).collect()
}

/// Edges 1, 2, 5, 10, …, from at most the lowest value, which may be 0, to above the highest.
fn growing(lowest: u64, highest: u64) -> Vec<u64> {
    let edges: Vec<u64> = std::iter::once(0).chain(round()).collect();
    let first = edges.partition_point(|&edge| edge <= lowest) - 1;
    let last = edges.partition_point(|&edge| edge <= highest);
    edges[first..=last.min(edges.len() - 1)].to_vec()
}

/// 1, 2, 5, 10, 20, … as far as they go.
fn round() -> impl Iterator<Item = u64> {
    let powers = std::iter::successors(Some(1u64), |power| power.checked_mul(10));
    powers.flat_map(|power| [1, 2, 5].map(|n| power.saturating_mul(n)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bins(values: &[u64]) -> Vec<(u64, u64, usize)> {
        let values: Vec<_> = values.iter().copied().map(Duration).collect();
        Histogram::of(&values).bins.iter().map(|bin| (bin.from.0, bin.to.0, bin.count)).collect()
    }

    #[test]
    fn values_of_one_magnitude_get_bins_of_one_width() {
        assert_eq!(
            bins(&[100, 101, 103, 110]),
            [(100, 101, 1), (101, 102, 1), (102, 103, 0), (103, 104, 1)]
                .into_iter()
                .chain((104..110).map(|n| (n, n + 1, 0)))
                .chain([(110, 111, 1)])
                .collect::<Vec<_>>()
        );
        assert_eq!(bins(&[7]), [(7, 8, 1)]);
    }

    #[test]
    fn values_far_apart_get_bins_that_grow() {
        assert_eq!(bins(&[1, 3, 4, 70]), [(1, 2, 1), (2, 5, 2), (5, 10, 0), (10, 20, 0), (20, 50, 0), (50, 100, 1)]);
    }

    #[test]
    fn every_value_is_in_a_bin() {
        for values in [vec![0, 0], vec![0, 1_000_000], vec![5, 5, 5], vec![1 << 62], (1..2000).map(|n| n * n).collect()]
        {
            let n: usize = bins(&values).iter().map(|bin| bin.2).sum();
            assert_eq!(n, values.len(), "{values:?}");
        }
    }

    #[test]
    fn nothing_has_no_bins() {
        assert_eq!(bins(&[]), []);
    }
}
