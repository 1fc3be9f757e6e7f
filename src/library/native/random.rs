//! `_random`: the Mersenne Twister MT19937, seeded as CPython seeds it.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use num_bigint::BigUint;

use super::{add_class, make_object, required};
use crate::python::builtins::{arity, integer};
use crate::python::class::Layout;
use crate::python::function::{Args, NativeKind};
use crate::python::module::Module;
use crate::python::object::{Data, NativeData};
use crate::python::types::Method;
use crate::python::value::Value;
use crate::python::vm::{R, Vm};

use NativeKind::{Method as M, StaticMethod};

const N: usize = 624;
const MIDDLE: usize = 397;

/// The generator's state.
struct Twister {
    words: [u32; N],
    next: usize,
}

impl NativeData for RefCell<Twister> {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn emptied(&self) -> Box<dyn NativeData> {
        let twister = self.borrow();
        Box::new(RefCell::new(Twister { words: twister.words, next: twister.next }))
    }
}

impl Twister {
    fn from_word(seed: u32) -> Twister {
        let mut words = [0; N];
        words[0] = seed;
        for i in 1..N {
            let last: u32 = words[i - 1];
            words[i] = 1_812_433_253_u32.wrapping_mul(last ^ (last >> 30)).wrapping_add(i as u32);
        }
        Twister { words, next: N }
    }

    /// Seeded by any number of words (`init_by_array` of the reference implementation).
    fn from_words(key: &[u32]) -> Twister {
        let mut twister = Twister::from_word(19_650_218);
        let words = &mut twister.words;
        let (mut i, mut j) = (1, 0);
        for _ in 0..N.max(key.len()) {
            let last = words[i - 1] ^ (words[i - 1] >> 30);
            words[i] = (words[i] ^ last.wrapping_mul(1_664_525)).wrapping_add(key[j]).wrapping_add(j as u32);
            i += 1;
            j += 1;
            if i >= N {
                words[0] = words[N - 1];
                i = 1;
            }
            if j >= key.len() {
                j = 0;
            }
        }
        for _ in 0..N - 1 {
            let last = words[i - 1] ^ (words[i - 1] >> 30);
            words[i] = (words[i] ^ last.wrapping_mul(1_566_083_941)).wrapping_sub(i as u32);
            i += 1;
            if i >= N {
                words[0] = words[N - 1];
                i = 1;
            }
        }
        words[0] = 0x8000_0000;
        twister
    }

    fn word(&mut self) -> u32 {
        if self.next >= N {
            for i in 0..N {
                let y = (self.words[i] & 0x8000_0000) | (self.words[(i + 1) % N] & 0x7fff_ffff);
                let twist = if y & 1 == 1 { 0x9908_b0df } else { 0 };
                self.words[i] = self.words[(i + MIDDLE) % N] ^ (y >> 1) ^ twist;
            }
            self.next = 0;
        }
        let mut y = self.words[self.next];
        self.next += 1;
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c_5680;
        y ^= (y << 15) & 0xefc6_0000;
        y ^ (y >> 18)
    }

    /// A float of 53 random bits in [0, 1).
    fn float(&mut self) -> f64 {
        let (a, b) = (self.word() >> 5, self.word() >> 6);
        (a as f64 * 67_108_864.0 + b as f64) * (1.0 / 9_007_199_254_740_992.0)
    }

    fn bits(&mut self, k: u64) -> BigUint {
        let n_words = k.div_ceil(32);
        let mut words = Vec::with_capacity(n_words as usize);
        for i in 0..n_words {
            let left = k - 32 * i;
            let word = self.word();
            words.push(if left < 32 { word >> (32 - left) } else { word });
        }
        BigUint::new(words)
    }
}

/// The class `Random`.
pub fn fill(vm: &mut Vm, module: &Rc<Module>) {
    let object = vm.types.object.clone();
    add_class(module, "Random", &object, Layout::Builtin("_random.Random"), METHODS);
}

const METHODS: &[Method] = &[
    ("Random.__new__", StaticMethod, |vm, args| {
        let class = required(vm, args, 0, "cls")?.clone();
        let twister = unseeded(vm);
        make_object(vm, &class, Data::Native(Box::new(RefCell::new(twister))))
    }),
    ("Random.__init__", M, |vm, args| if args.len() > 1 { seed(vm, args) } else { Ok(Value::None) }),
    ("Random.seed", M, seed),
    ("Random.random", M, |vm, args| Ok(Value::float(twister(vm, args)?.borrow_mut().float()))),
    ("Random.getrandbits", M, |vm, args| {
        arity(vm, args, "getrandbits", 1, 1)?;
        let k = vm.expect_int(&args.pos[1])?;
        if k < 0 {
            return vm.value_error("number of bits must be non-negative");
        }
        Ok(Value::big(twister(vm, args)?.borrow_mut().bits(k as u64).into()))
    }),
    ("Random.getstate", M, |vm, args| {
        let twister = twister(vm, args)?.borrow();
        let words = twister.words.iter().map(|w| Value::Int(*w as i64));
        Ok(Value::tuple(words.chain([Value::from(twister.next)])))
    }),
    ("Random.setstate", M, |vm, args| {
        arity(vm, args, "setstate", 1, 1)?;
        let Value::Tuple(state) = &args.pos[1] else { return vm.type_error("state vector must be a tuple") };
        if state.items.len() != N + 1 {
            return vm.value_error("state vector is the wrong size");
        }
        let mut numbers = Vec::with_capacity(N + 1);
        for item in &state.items {
            numbers.push(vm.expect_int(item)?);
        }
        if !(0..=N as i64).contains(&numbers[N]) {
            return vm.value_error("invalid state");
        }
        let mut twister = twister(vm, args)?.borrow_mut();
        for (word, number) in twister.words.iter_mut().zip(&numbers) {
            *word = *number as u32;
        }
        twister.next = numbers[N] as usize;
        Ok(Value::None)
    }),
];

fn twister<'a>(vm: &mut Vm, args: &Args<'a>) -> R<&'a RefCell<Twister>> {
    let found = match args.pos.first().map(Value::core) {
        Some(Value::Obj(o)) => match &o.data {
            Data::Native(data) => data.as_any().downcast_ref(),
            _ => None,
        },
        _ => None,
    };
    match found {
        Some(twister) => Ok(twister),
        None => vm.type_error("a Random is expected"),
    }
}

/// What reality takes from the operating system: a stream of the run's own, another one each time (S-SIM-04).
fn unseeded(vm: &mut Vm) -> Twister {
    let seed = vm.options.seed;
    let count = vm.fresh_id();
    Twister::from_words(&[seed as u32, (seed >> 32) as u32, count as u32, vm.options.pid])
}

fn seed(vm: &mut Vm, args: &Args) -> R {
    arity(vm, args, "seed", 0, 1)?;
    let fresh = match args.pos.get(1) {
        None | Some(Value::None) => unseeded(vm),
        Some(value) => {
            let magnitude = match value.core() {
                Value::Int(_) | Value::Bool(_) | Value::Big(_) => integer(vm, value)?.magnitude().clone(),
                _ => BigUint::from(vm.python_hash(value)? as u64),
            };
            let mut words = magnitude.to_u32_digits();
            if words.is_empty() {
                words.push(0);
            }
            Twister::from_words(&words)
        }
    };
    *twister(vm, args)?.borrow_mut() = fresh;
    Ok(Value::None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_numbers_of_a_seed_are_those_of_cpython() {
        // python3 -c 'import random; r = random.Random(42); print(r.random(), r.random(), r.getrandbits(70))'
        let mut twister = Twister::from_words(&[42]);
        assert_eq!(twister.float(), 0.639_426_798_457_883_8);
        assert_eq!(twister.float(), 0.025_010_755_222_666_936);
        assert_eq!(twister.bits(70).to_string(), "262771874424005612119");
    }

    #[test]
    fn a_seed_of_several_words_is_used_whole() {
        // python3 -c 'import random; print(random.Random(2**40 + 5).random())'
        let seed = BigUint::from((1_u64 << 40) + 5);
        assert_eq!(Twister::from_words(&seed.to_u32_digits()).float(), 0.5043802970418443);
    }
}
