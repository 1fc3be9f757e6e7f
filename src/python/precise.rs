//! Elementary functions rounded correctly: the double nearest to the true value, on every host.
//!
//! C libraries differ in the last bit. The GNU one, under most Pythons, is right in all but a few cases in a
//! thousand; `libm`, which this starts from, less often. (Those that the GNU library has from Sun's, as `libm` has,
//! are equal to the bit and not here.) Here a value is the unevaluated sum of two doubles, which
//! hold 106 bits together (T. J. Dekker, A floating-point technique for extending the available precision, 1971), and
//! is rounded once at the end.

use std::f64::consts::{FRAC_PI_4, LOG2_E};

/// A sum of two doubles, the second at most half a unit in the last place of the first.
#[derive(Clone, Copy)]
struct Pair(f64, f64);

const LN_2: Pair = Pair(std::f64::consts::LN_2, 2.319_046_813_846_299_6e-17);
/// π/2 in three parts.
const HALF_PI: [f64; 3] = [std::f64::consts::FRAC_PI_2, 6.123_233_995_736_766e-17, -1.497_384_904_859_169_8e-33];
/// 2⁻¹¹²
const NOTHING: f64 = 1.925_929_944_387_236e-34;
const ONE: Pair = Pair(1.0, 0.0);

/// The sum and what is lost by rounding it.
fn sum(a: f64, b: f64) -> Pair {
    let s = a + b;
    let t = s - a;
    Pair(s, (a - (s - t)) + (b - t))
}

/// The product and what is lost by rounding it.
fn product(a: f64, b: f64) -> Pair {
    let split = |x: f64| {
        let c = x * 134_217_729.0;
        let high = c - (c - x);
        (high, x - high)
    };
    let p = a * b;
    let ((a1, a2), (b1, b2)) = (split(a), split(b));
    Pair(p, ((a1 * b1 - p) + a1 * b2 + a2 * b1) + a2 * b2)
}

impl Pair {
    fn normal(self) -> Pair {
        let s = self.0 + self.1;
        Pair(s, self.1 - (s - self.0))
    }

    fn plus(self, other: Pair) -> Pair {
        let (high, low) = (sum(self.0, other.0), sum(self.1, other.1));
        let first = Pair(high.0, high.1 + low.0).normal();
        Pair(first.0, first.1 + low.1).normal()
    }

    fn minus(self, other: Pair) -> Pair {
        self.plus(Pair(-other.0, -other.1))
    }

    fn times(self, other: Pair) -> Pair {
        let p = product(self.0, other.0);
        Pair(p.0, p.1 + (self.0 * other.1 + self.1 * other.0)).normal()
    }

    fn scaled(self, power_of_two: f64) -> Pair {
        Pair(self.0 * power_of_two, self.1 * power_of_two)
    }

    fn over(self, other: Pair) -> Pair {
        let q1 = self.0 / other.0;
        let rest = self.minus(other.times(Pair(q1, 0.0)));
        let q2 = rest.0 / other.0;
        let rest = rest.minus(other.times(Pair(q2, 0.0)));
        let q3 = rest.0 / other.0;
        Pair(q1, q2).normal().plus(Pair(q3, 0.0))
    }

    /// Over a number that is exact.
    fn over_number(self, n: f64) -> Pair {
        let q = self.0 / n;
        let p = product(q, n);
        Pair(q, (((self.0 - p.0) - p.1) + self.1) / n).normal()
    }

    /// Too little beside the other to change it.
    fn is_nothing_beside(self, other: Pair) -> bool {
        libm::fabs(self.0) < libm::fabs(other.0) * NOTHING
    }

    fn of(x: f64) -> Pair {
        Pair(x, 0.0)
    }
}

/// `e^x - 1 = (1 + result) · 2^k - 1`: the result without the last step, and `k`.
fn exp_parts(x: Pair) -> (Pair, i32) {
    let k = libm::rint(x.0 * LOG2_E);
    let rest = x.minus(LN_2.times(Pair::of(k))).scaled(1.0 / 512.0);
    // Taylor's series of e^x - 1, then nine doublings of the argument.
    let (mut term, mut e) = (rest, rest);
    for n in 2..9 {
        term = term.times(rest).over_number(f64::from(n));
        e = e.plus(term);
    }
    for _ in 0..9 {
        e = e.scaled(2.0).plus(e.times(e));
    }
    (e, k as i32)
}

fn exp_minus_one(x: Pair) -> Pair {
    let (e, k) = exp_parts(x);
    if k == 0 {
        return e;
    }
    let power = libm::scalbn(1.0, k);
    e.plus(ONE).scaled(power).minus(ONE)
}

/// `e^x` rounded.
fn exp_of(x: Pair) -> f64 {
    let (e, k) = exp_parts(x);
    let e = e.plus(ONE);
    libm::scalbn(e.0, k)
}

/// `e^x`
pub fn exp(x: f64) -> f64 {
    if !(-708.0..709.0).contains(&x) { libm::exp(x) } else { exp_of(Pair::of(x)) }
}

/// `2^x`
pub fn exp2(x: f64) -> f64 {
    if !(-1020.0..1023.0).contains(&x) || x == libm::rint(x) {
        return libm::exp2(x);
    }
    exp_of(LN_2.times(Pair::of(x)))
}

/// `ln(1 + u)` for a small `u`.
fn log_near_one(u: Pair) -> Pair {
    let (mut term, mut result) = (u, u);
    for n in 2..14 {
        term = Pair(-term.0, -term.1).times(u);
        result = result.plus(term.over_number(f64::from(n)));
        if term.is_nothing_beside(u) {
            break;
        }
    }
    result
}

/// `ln x` of a positive finite number.
fn log_of(x: Pair) -> Pair {
    let (mut m, mut k) = libm::frexp(x.0);
    if m < std::f64::consts::FRAC_1_SQRT_2 {
        (m, k) = (m * 2.0, k - 1);
    }
    let low = libm::scalbn(x.1, -k);
    let log = if libm::fabs(m - 1.0) < 1.0 / 1024.0 {
        log_near_one(sum(m - 1.0, low))
    } else {
        // One step of Newton's method from a result that is right to a bit or two.
        let guess = libm::log(m);
        let e = exp_minus_one(Pair::of(-guess)).plus(ONE);
        let rest = Pair(m, low).normal().times(e).minus(ONE);
        Pair::of(guess).plus(rest.minus(rest.times(rest).scaled(0.5)))
    };
    log.plus(LN_2.times(Pair::of(f64::from(k))))
}

fn is_positive(x: f64) -> bool {
    x > 0.0 && x.is_finite()
}

/// `ln x`
pub fn log(x: f64) -> f64 {
    if is_positive(x) { log_of(Pair::of(x)).0 } else { libm::log(x) }
}

/// `ln x / ln 2`
pub fn log2(x: f64) -> f64 {
    if !is_positive(x) {
        return libm::log2(x);
    }
    match libm::frexp(x) {
        (0.5, exponent) => f64::from(exponent - 1),
        _ => log_of(Pair::of(x)).over(LN_2).0,
    }
}

/// `ln x / ln 10`, by the formula of Sun's library, which the GNU one has kept.
pub fn log10(x: f64) -> f64 {
    const LOG10_2_HIGH: f64 = 3.010_299_956_636_117_7e-1;
    const LOG10_2_LOW: f64 = 3.694_239_077_158_931e-13;
    if !is_positive(x) {
        return libm::log10(x);
    }
    let (mantissa, exponent) = libm::frexp(x);
    // Between 1/2 and 1 below one, between 1 and 2 above.
    let (mantissa, k) = if exponent <= 0 { (mantissa, exponent) } else { (mantissa * 2.0, exponent - 1) };
    let k = f64::from(k);
    let low = k * LOG10_2_LOW + std::f64::consts::LOG10_E * log(mantissa);
    low + k * LOG10_2_HIGH
}

/// `x^y`
pub fn pow(x: f64, y: f64) -> f64 {
    let near = libm::pow(x, y);
    let size = libm::fabs(near);
    let is_plain = x != 0.0 && x.is_finite() && y.is_finite() && (1e-290..1e300).contains(&size) && size != 1.0;
    if !is_plain {
        return near;
    }
    let base = libm::fabs(x);
    let whole = libm::fabs(y) <= 64.0 && y == libm::rint(y);
    let result = if whole && (1e-140..1e140).contains(&base) {
        // By multiplication, which is exact where the result lies between two doubles.
        let (mut power, mut square, mut n) = (ONE, Pair::of(base), libm::fabs(y) as u32);
        loop {
            if n & 1 == 1 {
                power = power.times(square);
            }
            n >>= 1;
            if n == 0 {
                break;
            }
            square = square.times(square);
        }
        if !power.0.is_finite() || power.0 == 0.0 {
            return near;
        }
        if y < 0.0 { ONE.over(power).0 } else { power.0 }
    } else {
        exp_of(log_of(Pair::of(base)).times(Pair::of(y)))
    };
    result.copysign(near)
}

/// The series of the sine or cosine: its first term and the power that this has.
fn alternating(first: Pair, square: Pair, mut n: f64) -> Pair {
    let (mut term, mut result) = (first, first);
    for _ in 0..14 {
        term = Pair(-term.0, -term.1).times(square).over_number((n + 1.0) * (n + 2.0));
        result = result.plus(term);
        n += 2.0;
        if term.is_nothing_beside(result) {
            break;
        }
    }
    result
}

/// The angle less so many quarter turns, where it is not too large for that.
fn reduced(x: f64) -> Option<(Pair, i64)> {
    if !(1e-30..1e6).contains(&libm::fabs(x)) {
        return None;
    }
    if libm::fabs(x) <= FRAC_PI_4 {
        return Some((Pair::of(x), 0));
    }
    let k = libm::rint(x / HALF_PI[0]);
    let rest = HALF_PI.iter().fold(Pair::of(x), |rest, part| rest.minus(product(k, *part)));
    Some((rest, k as i64))
}

/// The sine of an angle of at most π/4 and so many quarter turns.
fn sine_of(x: Pair, n_quarters: i64) -> Pair {
    let square = x.times(x);
    let size = if n_quarters & 1 == 0 { alternating(x, square, 1.0) } else { alternating(ONE, square, 0.0) };
    if n_quarters & 2 == 0 { size } else { Pair(-size.0, -size.1) }
}

/// Sine and cosine.
fn circular(x: f64) -> Option<(Pair, Pair)> {
    reduced(x).map(|(x, n)| (sine_of(x, n), sine_of(x, n + 1)))
}

/// `sin x`
pub fn sin(x: f64) -> f64 {
    reduced(x).map_or_else(|| libm::sin(x), |(x, n)| sine_of(x, n).0)
}

/// `cos x`
pub fn cos(x: f64) -> f64 {
    reduced(x).map_or_else(|| libm::cos(x), |(x, n)| sine_of(x, n + 1).0)
}

/// `tan x`
pub fn tan(x: f64) -> f64 {
    circular(x).map_or_else(|| libm::tan(x), |(sine, cosine)| sine.over(cosine).0)
}

/// The angle of a point.
pub fn atan2(y: f64, x: f64) -> f64 {
    let guess = libm::atan2(y, x);
    let is_plain = |v: f64| (1e-100..1e100).contains(&libm::fabs(v));
    let Some((sine, cosine)) = circular(guess).filter(|_| is_plain(x) && is_plain(y)) else { return guess };
    let (x, y) = (Pair::of(x), Pair::of(y));
    let turn = y.times(cosine).minus(x.times(sine)).over(x.times(cosine).plus(y.times(sine)));
    Pair::of(guess).plus(turn).0
}

/// The angle whose tangent this is.
pub fn atan(x: f64) -> f64 {
    atan2(x, 1.0)
}

/// The angle whose sine this is.
pub fn asin(x: f64) -> f64 {
    let guess = libm::asin(x);
    match circular(guess) {
        Some((sine, cosine)) if libm::fabs(x) < 1.0 => Pair::of(guess).plus(Pair::of(x).minus(sine).over(cosine)).0,
        _ => guess,
    }
}

/// The angle whose cosine this is.
pub fn acos(x: f64) -> f64 {
    let guess = libm::acos(x);
    match circular(guess) {
        Some((sine, cosine)) if libm::fabs(x) < 1.0 => Pair::of(guess).plus(cosine.minus(Pair::of(x)).over(sine)).0,
        _ => guess,
    }
}

/// The hyperbolic cosine, by the formula of Sun's library, which the GNU one has kept.
pub fn cosh(x: f64) -> f64 {
    let x = libm::fabs(x);
    if x < std::f64::consts::LN_2 / 2.0 {
        let t = libm::expm1(x);
        1.0 + t * t / (2.0 + 2.0 * t)
    } else if x < 22.0 {
        let t = exp(x);
        0.5 * t + 0.5 / t
    } else {
        libm::cosh(x)
    }
}

/// The hyperbolic tangent, likewise.
pub fn tanh(x: f64) -> f64 {
    let size = libm::fabs(x);
    let result = if size < 2e-17 {
        return x;
    } else if size < 1.0 {
        let t = libm::expm1(-2.0 * size);
        -t / (t + 2.0)
    } else if size < 22.0 {
        1.0 - 2.0 / (libm::expm1(2.0 * size) + 2.0)
    } else {
        1.0
    };
    if x.is_nan() { x } else { result.copysign(x) }
}

/// The cube root.
pub fn cbrt(x: f64) -> f64 {
    let guess = libm::cbrt(x);
    if !(1e-100..1e100).contains(&libm::fabs(guess)) {
        return guess;
    }
    let square = product(guess, guess);
    let step = Pair::of(x).minus(square.times(Pair::of(guess))).over(square.times(Pair::of(3.0)));
    Pair::of(guess).plus(step).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_those_of_cpython_over_the_gnu_library() {
        assert_eq!(exp(1.0), std::f64::consts::E);
        assert_eq!(exp(0.1), 1.105_170_918_075_647_7);
        assert_eq!(exp(-3.7), 0.024_723_526_470_339_388);
        assert_eq!(log(10.0), std::f64::consts::LN_10);
        assert_eq!(log(0.1), -2.302_585_092_994_045_5);
        assert_eq!(log2(8.0), 3.0);
        assert_eq!(log10(1000.0), 3.0);
        assert_eq!(pow(1.05, 10.0), 1.628_894_626_777_442);
        assert_eq!(pow(2.0, 0.5), std::f64::consts::SQRT_2);
        assert_eq!(pow(-2.0, 3.0), -8.0);
        assert_eq!(sin(std::f64::consts::PI), 1.224_646_799_147_353_2e-16);
        assert_eq!(cos(1.0), 0.540_302_305_868_139_8);
        assert_eq!(tan(std::f64::consts::FRAC_PI_4), 0.999_999_999_999_999_9);
        assert_eq!(atan2(-1.0, -1.0), -2.356_194_490_192_345);
        assert_eq!(cosh(1.0), 1.543_080_634_815_243_7);
        assert_eq!(tanh(0.5), 0.462_117_157_260_009_74);
    }

    #[test]
    fn a_result_between_two_doubles_goes_to_the_even_one() {
        let odd = 94_906_267.0_f64;
        assert_eq!(pow(odd, 2.0), odd * odd);
        assert_eq!(pow(3.0, 33.0), 5_559_060_566_555_523.0);
        assert_eq!(pow(3.0, -1.0), 1.0 / 3.0);
    }

    #[test]
    fn what_is_too_large_or_too_small_is_left_to_libm() {
        assert_eq!(exp(1000.0), f64::INFINITY);
        assert_eq!(exp(-1000.0), 0.0);
        assert!(log(-1.0).is_nan());
        assert_eq!(log(0.0), f64::NEG_INFINITY);
        assert_eq!(sin(1e300), libm::sin(1e300));
        assert!(cos(f64::INFINITY).is_nan());
        assert_eq!(pow(0.0, 0.0), 1.0);
    }
}
