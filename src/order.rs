//! Sorting through one sort for all types.
//!
//! The standard library's sort is compiled anew for every type and key, up to 8 kB of WebAssembly each time; thirty of
//! them were a tenth of what a reader downloads before there is a picture. Here places are sorted, which are the same
//! type everywhere, and the elements are brought to them afterwards.

use std::cmp::Ordering;

/// Sorts; equals keep their order.
pub fn sort<T: Ord>(items: &mut [T]) {
    let places = sorted(items.len(), &|a, b| items[a].cmp(&items[b]));
    arrange(items, places);
}

/// Sorts by a key; equals keep their order.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    let places = sorted(items.len(), &|a, b| key(&items[a]).cmp(&key(&items[b])));
    arrange(items, places);
}

/// The places from 0 to `n` in the order that comparing what stands there gives.
fn sorted(n: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..n).collect();
    places.sort_by(|&a, &b| compare(a, b));
    places
}

/// Brings to each place what stood at the one named for it, along the circles that places and names form.
fn arrange<T>(items: &mut [T], mut places: Vec<usize>) {
    for first in 0..items.len() {
        let mut to = first;
        loop {
            let from = std::mem::replace(&mut places[to], to);
            if from == first {
                break;
            }
            items.swap(to, from);
            to = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_of_a_few_is_sorted_as_the_standard_library_sorts_it() {
        let mut checked = 0;
        for code in 0..5u32.pow(6) {
            let items: Vec<(u32, u32)> = (0..6).map(|i| (code / 5u32.pow(i) % 5, i)).collect();
            let (mut ours, mut theirs) = (items.clone(), items.clone());
            sort_by_key(&mut ours, |&(key, _)| key);
            theirs.sort_by_key(|&(key, _)| key);
            assert_eq!(ours, theirs);
            ours.reverse();
            sort(&mut ours);
            theirs.sort();
            assert_eq!(ours, theirs);
            checked += 1;
        }
        assert_eq!(checked, 15_625);
    }
}
