//! Hashes of values that need no Python, equal for equal numbers of different types as in CPython.

use std::hash::Hasher;

use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive;
use rustc_hash::FxHasher;

use super::dict::is_simple;
use super::names;
use super::value::Value;

/// The prime 2^61 − 1 that CPython reduces numbers by.
const MODULUS: u64 = (1 << 61) - 1;

/// Spreads a hash over all bits, for the table.
fn spread(n: u64) -> u64 {
    let n = n.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    n ^ (n >> 29)
}

/// The number that was spread.
fn gather(n: u64) -> u64 {
    // Shifting by 29 twice more brings back all 64 bits; the other number is the inverse of the factor modulo 2^64.
    let n = n ^ (n >> 29) ^ (n >> 58);
    n.wrapping_mul(0xF1DE_83E1_9937_733D)
}

/// The upper bits of what `hash()` gives for text and what contains it, which is another number in every run of CPython.
const VARYING: u64 = 0x5CA1_AB1E << 31;
/// What `hash()` gives beside them.
const VARYING_BITS: u32 = 31;

/// What `hash()` gives for a value whose hash is another one in every run of CPython, made of the table's hash.
pub fn varying_hash(table_hash: u64) -> i64 {
    (VARYING | table_hash >> (64 - VARYING_BITS)) as i64
}

/// `hash()` gave this for a value whose hash is another one in every run of CPython.
pub fn is_varying(hash: i64) -> bool {
    (hash as u64) >> VARYING_BITS == VARYING >> VARYING_BITS
}

/// What `hash()` of an integer gives.
pub fn python_hash_int(n: i64) -> i64 {
    let reduced = (n.unsigned_abs() % MODULUS) as i64;
    match if n < 0 { -reduced } else { reduced } {
        -1 => -2,
        h => h,
    }
}

/// What `hash()` of a long integer gives.
pub fn python_hash_big(n: &BigInt) -> i64 {
    let reduced = (n.magnitude() % MODULUS).to_i64().unwrap_or(0);
    match if n.sign() == Sign::Minus { -reduced } else { reduced } {
        -1 => -2,
        h => h,
    }
}

/// What `hash()` gives where a class's `__hash__` gave this: a number of 64 bits stays as it is. `None`: no integer.
pub fn of_answer(answer: &Value) -> Option<i64> {
    Some(match answer.core() {
        Value::Int(-1) => -2,
        Value::Int(i) => *i,
        Value::Bool(b) => *b as i64,
        Value::Big(b) => python_hash_big(b),
        _ => return None,
    })
}

/// The hash in tables of what `hash()` gives this for.
pub fn table_hash_of(hash: i64) -> u64 {
    spread(hash as u64)
}

/// What `hash()` of a float gives (`Python/pyhash.c`, `_Py_HashDouble`).
pub fn python_hash_float(f: f64) -> i64 {
    if !f.is_finite() {
        return if f.is_nan() {
            0
        } else if f > 0.0 {
            314_159
        } else {
            -314_159
        };
    }
    let (mut mantissa, mut exponent) = libm::frexp(f.abs());
    let mut x: u64 = 0;
    while mantissa != 0.0 {
        x = ((x << 28) & MODULUS) | x >> (61 - 28);
        mantissa *= 268_435_456.0;
        exponent -= 28;
        let y = mantissa as u64;
        mantissa -= y as f64;
        x += y;
        if x >= MODULUS {
            x -= MODULUS;
        }
    }
    let shift = exponent.rem_euclid(61) as u32;
    x = ((x << shift) & MODULUS) | if shift == 0 { 0 } else { x >> (61 - shift) };
    match if f < 0.0 { -(x as i64) } else { x as i64 } {
        -1 => -2,
        h => h,
    }
}

/// What `hash()` gives for a value for which it gives the same in every run of CPython; `None` for the others.
pub fn fixed_hash(value: &Value) -> Option<i64> {
    Some(match value {
        Value::Int(i) => python_hash_int(*i),
        Value::Bool(b) => *b as i64,
        Value::Big(b) => python_hash_big(b),
        Value::Float(f) if !f.get().is_nan() => python_hash_float(f.get()),
        Value::None => 0xFCA8_6420,
        Value::Tuple(t) => tuple_hash(t.items.len(), |i| fixed_hash(&t.items[i]).ok_or(())).ok()?,
        Value::Set(s) if s.frozen => {
            // `Objects/setobject.c`, `frozenset_hash`.
            let mut sum = 0_u64;
            for item in s.items() {
                let hash = fixed_hash(&item)? as u64;
                sum ^= ((hash ^ 89_869_747) ^ (hash << 16)).wrapping_mul(3_644_798_167);
            }
            sum ^= (s.len() as u64 + 1).wrapping_mul(1_927_868_237);
            sum ^= (sum >> 11) ^ (sum >> 25);
            sum = sum.wrapping_mul(69_069).wrapping_add(907_133_923);
            if sum == u64::MAX { 590_923_713 } else { sum as i64 }
        }
        _ => return None,
    })
}

/// What `hash()` gives for a tuple of `n` elements with these hashes: xxHash, as `Objects/tupleobject.c` has it.
pub fn tuple_hash<E>(n: usize, mut hash_of: impl FnMut(usize) -> Result<i64, E>) -> Result<i64, E> {
    const PRIMES: [u64; 3] = [11_400_714_785_074_694_791, 14_029_467_366_897_019_727, 2_870_177_450_012_600_261];
    let mut sum = PRIMES[2];
    for i in 0..n {
        sum = sum.wrapping_add((hash_of(i)? as u64).wrapping_mul(PRIMES[1]));
        sum = sum.rotate_left(31).wrapping_mul(PRIMES[0]);
    }
    sum = sum.wrapping_add(n as u64 ^ (PRIMES[2] ^ 3_527_539));
    Ok(if sum == u64::MAX { 1_546_275_796 } else { sum as i64 })
}

/// The same as [`fixed_hash`] for an element of a set, which its table knows by the hash that was made of what its class's
/// `__hash__` gave.
pub fn fixed_hash_of_element(key: &Value, table_hash: u64) -> Option<i64> {
    match key {
        Value::Instance(i) if i.payload().is_none() => {
            let Some(Value::Func(_)) = i.class().lookup(names::HASH) else { return None };
            Some(gather(table_hash) as i64).filter(|&hash| !is_varying(hash))
        }
        _ => fixed_hash(key),
    }
}

/// The table hash of a value that needs no Python; `None` for the others and the unhashable.
pub fn simple_hash(value: &Value) -> Option<u64> {
    Some(match value {
        Value::Str(s) => s.hash(),
        Value::Int(i) => spread(python_hash_int(*i) as u64),
        Value::Bool(b) => spread(*b as u64),
        Value::Float(f) => spread(python_hash_float(f.get()) as u64),
        Value::Big(b) => spread(python_hash_big(b) as u64),
        Value::Bytes(b) => {
            let mut hasher = FxHasher::default();
            hasher.write(b);
            spread(hasher.finish())
        }
        Value::Tuple(t) => {
            let mut hash = 0x345_678;
            for item in &t.items {
                hash = spread(hash ^ simple_hash(item)?).rotate_left(13);
            }
            hash
        }
        Value::Range(r) => {
            let n = r.len() as u64;
            spread(n ^ if n > 0 { (r.start as u64).rotate_left(20) } else { 0 })
        }
        Value::Set(s) if s.frozen => s.table().entries().iter().fold(1927, |h, e| h ^ spread(e.hash)),
        Value::List(_) | Value::Dict(_) | Value::Set(_) | Value::Slice(_) | Value::Obj(_) => return None,
        Value::Null => return None,
        Value::None => spread(0xFCA8_6420),
        Value::Ellipsis => spread(0xE111),
        Value::NotImplemented => spread(0xE222),
        Value::Bound(b) => spread(simple_hash(&b.function)? ^ identity_hash(&b.receiver)),
        Value::Instance(_) if !is_simple(value) => return None,
        _ => identity_hash(value),
    })
}

/// A hash of the object's identity. The order of tables does not depend on it (they keep insertion
/// order), so that host addresses do not show.
pub fn identity_hash(value: &Value) -> u64 {
    spread(value.address().unwrap_or(0) as u64 >> 4)
}
