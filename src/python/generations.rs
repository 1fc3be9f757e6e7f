//! The generations of CPython's collector of cycles, as far as they cost time.
//!
//! The library's own text is lighter than the packages that it stands for: it says how many containers those keep alive
//! where a request or a connection begins, and gives them back where it ends. A collection looks at all objects of its
//! generation, and what lives moves to the next (`Modules/gcmodule.c` of CPython up to 3.13; 3.14 looks at the old ones
//! piece by piece, which costs nothing here, as does the collector of free-threaded builds).
//!
//! ```text
//!   more than 700 new ──▶ young ──11 times──▶ middle ──11 times, and a quarter has come to it──▶ old, all there is
//! ```

/// More objects than this are looked at when they have come to be since the last collection (`gc.get_threshold()`).
const THRESHOLD_YOUNG: u64 = 700;

/// More collections of a generation than this bring about one of the next.
const THRESHOLD_COUNT: u32 = 10;

/// Objects by generation.
#[derive(Clone, Debug)]
pub struct Generations {
    young: u64,
    middle: u64,
    old: u64,
    /// How many have come to the old ones since the last full collection, if they live or not (`long_lived_pending`).
    n_pending: u64,
    /// How many were left by that (`long_lived_total`).
    n_settled: u64,
    n_young: u32,
    n_middle: u32,
    /// Whether it collects by itself (`gc.disable()`).
    pub is_enabled: bool,
}

/// A collection: how many objects it looks at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Collection {
    /// Of the young or the middle generation, whose objects were in use a moment ago.
    Recent(u64),
    /// Of all objects.
    Full(u64),
}

impl Generations {
    /// An interpreter that has started, with `settled` objects. A full collection is due when a quarter has come to them:
    /// what imports bring about is too little for one, while the collections of the middle generation are counted.
    pub fn new(settled: u64) -> Generations {
        Generations {
            young: 0,
            middle: 0,
            old: settled,
            n_pending: 0,
            n_settled: settled,
            n_young: THRESHOLD_COUNT / 2,
            n_middle: THRESHOLD_COUNT + 1,
            is_enabled: true,
        }
    }

    /// Objects that live as long as the process does, such as those of an imported package.
    pub fn settle(&mut self, n: u64) {
        self.old += n;
        self.n_settled += n;
    }

    /// New objects, and the collection that they bring about.
    pub fn keep(&mut self, n: u64) -> Option<Collection> {
        self.young += n;
        if self.young <= THRESHOLD_YOUNG || !self.is_enabled {
            return None;
        }
        let young = std::mem::take(&mut self.young);
        if self.n_middle > THRESHOLD_COUNT && self.n_pending > self.n_settled / 4 {
            self.old += std::mem::take(&mut self.middle) + young;
            (self.n_young, self.n_middle, self.n_pending, self.n_settled) = (0, 0, 0, self.old);
            return Some(Collection::Full(self.old));
        }
        self.middle += young;
        if self.n_young > THRESHOLD_COUNT {
            let seen = std::mem::take(&mut self.middle);
            self.old += seen;
            self.n_pending += seen;
            self.n_young = 0;
            self.n_middle += 1;
            return Some(Collection::Recent(seen));
        }
        self.n_young += 1;
        Some(Collection::Recent(young))
    }

    /// Objects have been freed: the newest first.
    pub fn free(&mut self, n: u64) {
        let mut left = n;
        for of in [&mut self.young, &mut self.middle, &mut self.old] {
            let freed = left.min(*of);
            *of -= freed;
            left -= freed;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn started(settled: u64) -> Generations {
        Generations { n_young: 0, n_middle: 0, ..Generations::new(settled) }
    }

    #[test]
    fn every_701st_object_is_looked_at_with_the_new_ones_and_every_twelfth_time_with_the_last_ones() {
        let mut generations = started(50_000);
        let seen: Vec<Option<Collection>> = (0..14).map(|_| generations.keep(701)).collect();
        assert!(seen[..11].iter().all(|seen| *seen == Some(Collection::Recent(701))), "{seen:?}");
        assert_eq!(seen[11], Some(Collection::Recent(12 * 701)));
        assert_eq!(seen[12..], [Some(Collection::Recent(701)); 2]);
        assert_eq!(started(0).keep(700), None);
    }

    #[test]
    fn all_are_looked_at_when_a_quarter_has_come_to_them() {
        let full = |settled: u64| {
            let mut generations = started(settled);
            (1..2_000).find_map(|n| match generations.keep(701) {
                Some(Collection::Full(seen)) => Some((n, seen)),
                _ => None,
            })
        };
        // Eleven times eleven and one of the new ones, then the next: there are enough of them at once.
        assert_eq!(full(10_000), Some((133, 10_000 + 133 * 701)));
        // A quarter of a million.
        let (n, seen) = full(1_000_000).unwrap();
        assert!(n * 701 > 250_000 && (n - 13) * 701 < 250_000 && seen == 1_000_000 + n * 701, "{n}");
    }

    #[test]
    fn what_is_freed_at_once_is_never_looked_at() {
        let mut generations = started(10_000);
        for _ in 0..10_000 {
            assert_eq!(generations.keep(80), None);
            generations.free(80);
        }
    }
}
