//! Sorting: keys first, then their order; stably, by `<` alone.
//!
//! Keys that are compared without Python are sorted here. Where Python compares, a frame of library code sorts
//! (`order_of` in `machinery.py`), with the comparisons of CPython in their order: programs print and count them.

use std::cmp::Ordering;

use super::{R, Stop, Vm};
use crate::python::code::CompareOp;
use crate::python::value::Value;

/// Up to here CPython sorts by insertion alone, and so does this, so that keys without an order (NaN, sets) end up
/// in the same places.
const SHORT: usize = 64;

impl Vm {
    /// The elements of an iterable in order. The key function is called once an element, in the order of the
    /// elements, before anything is compared.
    pub fn sort(&mut self, iterable: &Value, key: Option<&Value>, reverse: bool) -> R<Vec<Value>> {
        let (items, keys) = match key {
            None => (self.collect(iterable)?, None),
            Some(key) => {
                let (items, keys) = self.for_each(
                    iterable,
                    || (Vec::new(), Vec::new()),
                    |vm, (items, keys), _, item| {
                        let sort_key = vm.call(key, std::slice::from_ref(item))?;
                        keys.push(sort_key);
                        items.push(item.clone());
                        Ok(true)
                    },
                )?;
                (items, Some(keys))
            }
        };
        let order = self.order(keys.as_deref().unwrap_or(&items), reverse)?;
        Ok(order.into_iter().map(|i| items[i as usize].clone()).collect())
    }

    /// The places of the keys in their order. Equal keys keep theirs, also when the result is reversed.
    fn order(&mut self, keys: &[Value], reverse: bool) -> R<Vec<u32>> {
        let n = keys.len();
        let place = |i: usize| if reverse { n - 1 - i } else { i };
        let mut order: Vec<u32> = if keys.iter().all(|k| matches!(k, Value::Int(_) | Value::Bool(_))) {
            sorted(keys, reverse, i64::cmp, |key| match key {
                Value::Int(i) => *i,
                Value::Bool(b) => *b as i64,
                _ => 0,
            })
        } else if keys.iter().all(|k| matches!(k, Value::Float(f) if !f.get().is_nan())) {
            let compare = |a: &f64, b: &f64| a.partial_cmp(b).unwrap_or(Ordering::Equal);
            sorted(keys, reverse, compare, |key| if let Value::Float(f) = key { f.get() } else { 0.0 })
        } else if keys.iter().all(|k| matches!(k, Value::Str(_))) {
            sorted(keys, reverse, |a: &&str, b: &&str| a.cmp(b), |key| key.as_str().unwrap_or(""))
        } else {
            // CPython too reverses before and after.
            let arranged: Vec<Value> = (0..n).map(|i| keys[place(i)].clone()).collect();
            self.order_by_comparing(arranged)?.into_iter().map(|i| place(i as usize) as u32).collect()
        };
        if reverse {
            order.reverse();
        }
        Ok(order)
    }

    fn order_by_comparing(&mut self, keys: Vec<Value>) -> R<Vec<u32>> {
        let (at, recording) = (self.cursor, self.recording);
        // An answer that is there already is what the frame of library code returned.
        if self.fiber.answers.get(at).is_none() {
            match self.order_here(&keys) {
                Err(Stop::Need(_)) => {
                    self.fiber.answers.truncate(at);
                    (self.cursor, self.recording) = (at, recording);
                }
                done => return done,
            }
        }
        let order = self.run_machinery(&self.machinery.order_of.clone(), Value::list(keys))?;
        Ok(self.collect(&order)?.iter().map(|i| if let Value::Int(i) = i { *i as u32 } else { 0 }).collect())
    }

    fn is_less(&mut self, a: &Value, b: &Value) -> R<bool> {
        if let Some(truth) = self.builtin_compare(CompareOp::Lt, a, b)? {
            return Ok(truth);
        }
        let value = self.compare_op(CompareOp::Lt, a, b)?;
        self.truth(&value)
    }

    /// A run at the start that is in order already stays; short stretches are filled by binary insertion, then
    /// merged.
    fn order_here(&mut self, keys: &[Value]) -> R<Vec<u32>> {
        let n = keys.len();
        let mut order: Vec<u32> = (0..n as u32).collect();
        let key = |order: &[u32], i: usize| &keys[order[i] as usize];
        let mut end = 1;
        if n > 1 && self.is_less(&keys[1], &keys[0])? {
            end = 2;
            while end < n && self.is_less(&keys[end], &keys[end - 1])? {
                end += 1;
            }
            order[..end].reverse();
        } else {
            while end < n && !self.is_less(&keys[end], &keys[end - 1])? {
                end += 1;
            }
        }
        if end >= n {
            return Ok(order);
        }
        let mut width = SHORT;
        for start in (0..n).step_by(width) {
            let stretch = (start + width).min(n);
            for i in (start + 1).max(end)..stretch {
                let pivot = order[i];
                let (mut low, mut high) = (start, i);
                while low < high {
                    let middle = (low + high) / 2;
                    if self.is_less(&keys[pivot as usize], key(&order, middle))? {
                        high = middle;
                    } else {
                        low = middle + 1;
                    }
                }
                order[low..=i].rotate_right(1);
            }
        }
        while width < n {
            let mut merged = Vec::with_capacity(n);
            for start in (0..n).step_by(2 * width) {
                let (middle, end) = ((start + width).min(n), (start + 2 * width).min(n));
                let (mut i, mut j) = (start, middle);
                if middle < end && self.is_less(key(&order, middle), key(&order, middle - 1))? {
                    while i < middle && j < end {
                        let from_second = self.is_less(key(&order, j), key(&order, i))?;
                        merged.push(if from_second { order[j] } else { order[i] });
                        if from_second { j += 1 } else { i += 1 }
                    }
                }
                merged.extend_from_slice(&order[i..middle]);
                merged.extend_from_slice(&order[j..end]);
            }
            order = merged;
            width *= 2;
        }
        Ok(order)
    }
}

/// The places of keys of one kind in their order.
fn sorted<'a, K>(
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
