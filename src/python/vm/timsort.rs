//! The order of keys by CPython's comparisons, in their order (Objects/listobject.c and listsort.txt).
//!
//! Runs that are sorted already are found, short ones filled by binary insertion, and merged as the powers of their
//! borders say.

use super::routine::Link;
use super::{R, Stop};
use crate::python::value::Value;

/// Up to here the shortest run is everything.
const SHORTEST: usize = 64;

/// Wins in a row after which a merge gallops, at first.
const MIN_GALLOP: usize = 7;

/// A stretch of the order that is sorted.
#[derive(Clone, Copy)]
struct Run {
    start: usize,
    len: usize,
    /// How deep in the tree of merges its border with the next run lies.
    power: u32,
}

/// Two neighbouring runs that are being merged.
struct Merge {
    a: Vec<u32>,
    b: Vec<u32>,
    /// What is in its place; of a merge from the end, backwards.
    merged: Vec<u32>,
}

struct Sort<'a> {
    link: &'a Link,
    keys: &'a [Value],
    /// Places of the keys, where they have come to lie.
    order: Vec<u32>,
    min_gallop: usize,
    runs: Vec<Run>,
}

/// The places of the keys in their order, stably. Where a comparison fails: how far they had got, and why.
pub(super) async fn timsort(link: &Link, keys: &[Value]) -> (Vec<u32>, Option<Stop>) {
    let n = keys.len();
    let order = (0..n as u32).collect();
    let mut sort = Sort { link, keys, order, min_gallop: MIN_GALLOP, runs: Vec::new() };
    let failure = if n > 1 { sort.sort().await.err() } else { None };
    (sort.order, failure)
}

/// The least length of runs among `n`.
fn shortest_run(mut n: usize) -> usize {
    let mut carried = 0;
    while n >= SHORTEST {
        carried |= n & 1;
        n >>= 1;
    }
    n + carried
}

/// The power of the border between two neighbouring runs among `n`.
fn power_of(start: usize, n_a: usize, n_b: usize, n: usize) -> u32 {
    let mut a = 2 * start + n_a;
    let mut b = a + n_a + n_b;
    let mut power = 0;
    loop {
        power += 1;
        if a >= n {
            a -= n;
            b -= n;
        } else if b >= n {
            return power;
        }
        a *= 2;
        b *= 2;
    }
}

impl Sort<'_> {
    fn less(&self, a: u32, b: u32) -> impl Future<Output = R<bool>> {
        self.link.less(&self.keys[a as usize], &self.keys[b as usize])
    }

    async fn sort(&mut self) -> R<()> {
        let n = self.keys.len();
        let shortest = shortest_run(n);
        let mut low = 0;
        while low < n {
            let mut end = self.first_run(low).await?;
            if end - low < shortest {
                let wanted = n.min(low + shortest);
                self.insert(low, wanted, end).await?;
                end = wanted;
            }
            if let Some(last) = self.runs.last() {
                let power = power_of(last.start, last.len, end - low, n);
                while self.runs.len() > 1 && self.runs[self.runs.len() - 2].power > power {
                    self.merge(self.runs.len() - 2).await?;
                }
                self.runs.last_mut().expect("merging leaves one").power = power;
            }
            self.runs.push(Run { start: low, len: end - low, power: 0 });
            low = end;
        }
        while self.runs.len() > 1 {
            let last = self.runs.len() - 1;
            let i = if last > 1 && self.runs[last - 2].len < self.runs[last].len { last - 2 } else { last - 1 };
            self.merge(i).await?;
        }
        Ok(())
    }

    /// The end of the run that starts here; one that falls strictly is turned round.
    async fn first_run(&mut self, low: usize) -> R<usize> {
        let n = self.order.len();
        let mut end = low + 1;
        if end == n {
            return Ok(end);
        }
        let falls = self.less(self.order[end], self.order[low]).await?;
        end += 1;
        while end < n && self.less(self.order[end], self.order[end - 1]).await? == falls {
            end += 1;
        }
        if falls {
            self.order[low..end].reverse();
        }
        Ok(end)
    }

    /// Sorts `low..end`, which is sorted up to `start`, by binary insertion.
    async fn insert(&mut self, low: usize, end: usize, start: usize) -> R<()> {
        for at in start..end {
            let pivot = self.order[at];
            let (mut left, mut right) = (low, at);
            while left < right {
                let middle = left + (right - left) / 2;
                if self.less(pivot, self.order[middle]).await? {
                    right = middle;
                } else {
                    left = middle + 1;
                }
            }
            self.order[left..=at].rotate_right(1);
        }
        Ok(())
    }

    /// The key goes behind this one of a run: after or before its equals.
    async fn follows(&self, key: u32, other: u32, after_equal: bool) -> R<bool> {
        let (a, b) = if after_equal { (key, other) } else { (other, key) };
        Ok(self.less(a, b).await? != after_equal)
    }

    /// Where the key belongs in `run[start..end]`, after or before its equals, looking first around `hint`.
    async fn gallop(
        &self,
        key: u32,
        run: &[u32],
        (start, end): (usize, usize),
        hint: usize,
        after_equal: bool,
    ) -> R<usize> {
        let (mut last, mut offset) = (0, 1);
        let (mut low, mut high);
        if self.follows(key, run[hint], after_equal).await? {
            let most = end - hint;
            while offset < most && self.follows(key, run[hint + offset], after_equal).await? {
                (last, offset) = (offset, 2 * offset + 1);
            }
            (low, high) = (hint + last + 1, hint + offset.min(most));
        } else {
            let most = hint - start + 1;
            while offset < most && !self.follows(key, run[hint - offset], after_equal).await? {
                (last, offset) = (offset, 2 * offset + 1);
            }
            (low, high) = ((hint + 1) - offset.min(most), hint - last);
        }
        while low < high {
            let middle = low + (high - low) / 2;
            if self.follows(key, run[middle], after_equal).await? {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Ok(high)
    }

    /// Merges the `i`-th run with the next.
    async fn merge(&mut self, i: usize) -> R<()> {
        let (first, second) = (self.runs[i], self.runs[i + 1]);
        let (middle, end) = (second.start, second.start + second.len);
        self.runs[i].len += second.len;
        self.runs.remove(i + 1);
        let start = {
            let key = self.order[middle];
            self.gallop(key, &self.order, (first.start, middle), first.start, true).await?
        };
        if start == middle {
            return Ok(());
        }
        let end = {
            let key = self.order[middle - 1];
            self.gallop(key, &self.order, (middle, end), end - 1, false).await?
        };
        if end == middle {
            return Ok(());
        }
        let (a, b) = (self.order[start..middle].to_vec(), self.order[middle..end].to_vec());
        let mut pair = Merge { merged: Vec::with_capacity(end - start), a, b };
        if pair.a.len() <= pair.b.len() {
            let (i, j) = self.merge_forwards(&mut pair).await?;
            // Where something of both is left, the last of `a` is the greatest of all.
            pair.merged.extend(pair.b[j..].iter().chain(&pair.a[i..]));
        } else {
            let (i, j) = self.merge_backwards(&mut pair).await?;
            pair.merged.reverse();
            // Where something of both is left, the first of `b` is the least of all.
            pair.merged.splice(0..0, pair.b[..j].iter().chain(&pair.a[..i]).copied());
        }
        self.order[start..end].copy_from_slice(&pair.merged);
        Ok(())
    }

    /// Merges from the start: the first of `b` goes first, the last of `a` last. Returns from where on each is left when
    /// nothing needs to be compared any more: one of `a`, or nothing of `b` or `a`.
    async fn merge_forwards(&mut self, pair: &mut Merge) -> R<(usize, usize)> {
        let Merge { a, b, merged } = pair;
        let (n_a, n_b) = (a.len(), b.len());
        let (mut i, mut j) = (0, 1);
        merged.push(b[0]);
        if j == n_b || i + 1 == n_a {
            return Ok((i, j));
        }
        loop {
            let (mut from_a, mut from_b) = (0, 0);
            while from_a < self.min_gallop && from_b < self.min_gallop {
                if self.less(b[j], a[i]).await? {
                    merged.push(b[j]);
                    j += 1;
                    (from_a, from_b) = (0, from_b + 1);
                    if j == n_b {
                        return Ok((i, j));
                    }
                } else {
                    merged.push(a[i]);
                    i += 1;
                    (from_a, from_b) = (from_a + 1, 0);
                    if i + 1 == n_a {
                        return Ok((i, j));
                    }
                }
            }
            self.min_gallop += 1;
            loop {
                self.min_gallop -= usize::from(self.min_gallop > 1);
                let end = self.gallop(b[j], a, (i, n_a), i, true).await?;
                let from_a = end - i;
                merged.extend_from_slice(&a[i..end]);
                i = end;
                if i + 1 >= n_a {
                    return Ok((i, j));
                }
                merged.push(b[j]);
                j += 1;
                if j == n_b {
                    return Ok((i, j));
                }
                let end = self.gallop(a[i], b, (j, n_b), j, false).await?;
                let from_b = end - j;
                merged.extend_from_slice(&b[j..end]);
                j = end;
                if j == n_b {
                    return Ok((i, j));
                }
                merged.push(a[i]);
                i += 1;
                if i + 1 == n_a {
                    return Ok((i, j));
                }
                if from_a < MIN_GALLOP && from_b < MIN_GALLOP {
                    break;
                }
            }
            self.min_gallop += 1;
        }
    }

    /// Merges from the end: the last of `a` goes last, the first of `b` first. Returns how many of each are left when
    /// nothing needs to be compared any more: one of `b`, or nothing of `a` or `b`.
    async fn merge_backwards(&mut self, pair: &mut Merge) -> R<(usize, usize)> {
        let Merge { a, b, merged } = pair;
        let (mut i, mut j) = (a.len() - 1, b.len());
        merged.push(a[i]);
        if i == 0 || j == 1 {
            return Ok((i, j));
        }
        loop {
            let (mut from_a, mut from_b) = (0, 0);
            while from_a < self.min_gallop && from_b < self.min_gallop {
                if self.less(b[j - 1], a[i - 1]).await? {
                    i -= 1;
                    merged.push(a[i]);
                    (from_a, from_b) = (from_a + 1, 0);
                    if i == 0 {
                        return Ok((i, j));
                    }
                } else {
                    j -= 1;
                    merged.push(b[j]);
                    (from_a, from_b) = (0, from_b + 1);
                    if j == 1 {
                        return Ok((i, j));
                    }
                }
            }
            self.min_gallop += 1;
            loop {
                self.min_gallop -= usize::from(self.min_gallop > 1);
                let start = self.gallop(b[j - 1], a, (0, i), i - 1, true).await?;
                let from_a = i - start;
                merged.extend(a[start..i].iter().rev());
                i = start;
                if i == 0 {
                    return Ok((i, j));
                }
                j -= 1;
                merged.push(b[j]);
                if j == 1 {
                    return Ok((i, j));
                }
                let start = self.gallop(a[i - 1], b, (0, j), j - 1, false).await?;
                let from_b = j - start;
                merged.extend(b[start..j].iter().rev());
                j = start;
                if j <= 1 {
                    return Ok((i, j));
                }
                i -= 1;
                merged.push(a[i]);
                if i == 0 {
                    return Ok((i, j));
                }
                if from_a < MIN_GALLOP && from_b < MIN_GALLOP {
                    break;
                }
            }
            self.min_gallop += 1;
        }
    }
}
