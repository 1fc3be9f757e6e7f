//! Sorting: keys first, then their order; stably, by `<` alone.
//!
//! Keys of one simple kind are sorted here at once. All others are compared in the order in which CPython compares them
//! ([`timsort`]): programs print and count comparisons, and keys without an order (NaN, sets) end up in the same places.

use std::cmp::Ordering;
use std::future::Future;

use super::routine::Link;
use super::timsort::timsort;
use super::{R, Stop, Vm};
use crate::python::value::Value;

/// What is to be sorted.
pub enum Items {
    /// These.
    Gathered(Vec<Value>),
    /// The elements of this iterable.
    Of(Value),
}

/// What came of a sort.
pub struct Sorted {
    /// The elements in order; as far as they had got where Python failed.
    pub items: Vec<Value>,
    /// What Python raised.
    pub failure: Option<Stop>,
}

impl Sorted {
    /// The elements, where all went well.
    pub fn all(self) -> R<Vec<Value>> {
        self.failure.map_or(Ok(self.items), Err)
    }
}

impl Vm {
    /// Ends a native function with what `end` makes of the elements in order. The key function is called once an
    /// element, in the order of the elements, before anything is compared.
    pub fn sort<F: Future<Output = R> + 'static>(
        &mut self,
        items: Items,
        key: Option<&Value>,
        reverse: bool,
        end: impl FnOnce(Link, Sorted) -> F + 'static,
    ) -> R {
        let key = key.cloned();
        self.routine(move |link| async move {
            let items = match items {
                Items::Gathered(items) => items,
                Items::Of(iterable) => link.collect(&iterable).await?,
            };
            let sorted = sort(&link, items, key, reverse).await;
            end(link, sorted).await
        })
    }
}

async fn sort(link: &Link, items: Vec<Value>, key: Option<Value>, reverse: bool) -> Sorted {
    let keys = match key {
        None => None,
        Some(key) => {
            let mut keys = Vec::with_capacity(items.len());
            for item in &items {
                match link.call(&key, [item.clone()]).await {
                    Ok(found) => keys.push(found),
                    Err(stop) => return Sorted { items, failure: Some(stop) },
                }
            }
            Some(keys)
        }
    };
    let (order, failure) = order(link, keys.as_deref().unwrap_or(&items), reverse).await;
    Sorted { items: order.into_iter().map(|i| items[i as usize].clone()).collect(), failure }
}

/// The places of the keys in their order. Equal keys keep theirs, also when the result is reversed.
async fn order(link: &Link, keys: &[Value], reverse: bool) -> (Vec<u32>, Option<Stop>) {
    let n = keys.len();
    let place = |i: usize| if reverse { n - 1 - i } else { i };
    let mut failure = None;
    let mut order: Vec<u32> = if keys.iter().all(|k| matches!(k, Value::Int(_) | Value::Bool(_))) {
        simply_sorted(keys, reverse, i64::cmp, |key| match key {
            Value::Int(i) => *i,
            Value::Bool(b) => *b as i64,
            _ => 0,
        })
    } else if keys.iter().all(|k| matches!(k, Value::Float(f) if !f.get().is_nan())) {
        let compare = |a: &f64, b: &f64| a.partial_cmp(b).unwrap_or(Ordering::Equal);
        simply_sorted(keys, reverse, compare, |key| if let Value::Float(f) = key { f.get() } else { 0.0 })
    } else if keys.iter().all(|k| matches!(k, Value::Str(_))) {
        simply_sorted(keys, reverse, |a: &&str, b: &&str| a.cmp(b), |key| key.as_str().unwrap_or(""))
    } else {
        // CPython too reverses before and after.
        let arranged: Vec<Value> = (0..n).map(|i| keys[place(i)].clone()).collect();
        let (order, stop) = timsort(link, &arranged).await;
        failure = stop;
        order.into_iter().map(|i| place(i as usize) as u32).collect()
    };
    if reverse {
        order.reverse();
    }
    (order, failure)
}

/// The places of keys of one kind in their order.
fn simply_sorted<'a, K>(
    keys: &'a [Value],
    reverse: bool,
    compare: impl Fn(&K, &K) -> Ordering,
    read: impl Fn(&'a Value) -> K,
) -> Vec<u32> {
    let mut pairs: Vec<(K, u32)> = keys.iter().enumerate().map(|(i, key)| (read(key), i as u32)).collect();
    if reverse {
        pairs.reverse();
    }
    pairs.sort_by(|(a, _), (b, _)| compare(a, b));
    pairs.into_iter().map(|(_, i)| i).collect()
}
