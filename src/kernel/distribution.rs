//! Lengths of time drawn at random; the only place below `trace` where transcendental functions occur.
//!
//! They go through the `libm` crate, so that a draw has the same bits on every host.

use super::Stream;
use crate::time::Duration;

/// How long something takes.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Distribution {
    /// Always the same.
    Constant(Duration),
    /// Every whole nanosecond in `low..=high` equally likely.
    Uniform {
        /// The shortest.
        low: Duration,
        /// The longest; at least `low`.
        high: Duration,
    },
    /// Memoryless: gaps between independent arrivals.
    Exponential {
        /// The mean.
        mean: Duration,
    },
    /// The bell curve, cut off at zero.
    Normal {
        /// The mean before the cut.
        mean: Duration,
        /// The standard deviation before the cut.
        deviation: Duration,
    },
    /// Skewed to the right, as latencies of services are.
    LogNormal {
        /// Half of the draws are below it.
        median: Duration,
        /// The standard deviation of the logarithm (dimensionless).
        sigma: f64,
    },
    /// Heavy-tailed: few very long ones.
    Pareto {
        /// The shortest.
        least: Duration,
        /// The exponent of the tail (dimensionless, above 0; the mean is finite above 1).
        alpha: f64,
    },
}

impl Distribution {
    /// Draws one length.
    pub fn sample(&self, stream: &mut Stream) -> Duration {
        match *self {
            Distribution::Constant(length) => length,
            Distribution::Uniform { low, high } => {
                assert!(low <= high, "a uniform distribution from {low} to {high}");
                match high.saturating_sub(low).0.checked_add(1) {
                    Some(n) => Duration(low.0 + stream.below(n)),
                    None => Duration(stream.bits64()),
                }
            }
            Distribution::Exponential { mean } => from_ns(mean.0 as f64 * -libm::log(unit_above_zero(stream))),
            Distribution::Normal { mean, deviation } => {
                from_ns(mean.0 as f64 + deviation.0 as f64 * standard_normal(stream))
            }
            Distribution::LogNormal { median, sigma } => {
                from_ns(median.0 as f64 * libm::exp(sigma * standard_normal(stream)))
            }
            Distribution::Pareto { least, alpha } => {
                from_ns(least.0 as f64 * libm::pow(unit_above_zero(stream), -1.0 / alpha))
            }
        }
    }
}

/// The nearest whole nanosecond; zero for negatives.
fn from_ns(ns: f64) -> Duration {
    Duration(ns.round() as u64)
}

/// A number in `(0, 1]`.
fn unit_above_zero(stream: &mut Stream) -> f64 {
    1.0 - stream.unit()
}

/// The bell curve with mean 0 and deviation 1 (Box and Muller 1958; the second value is not kept, so
/// that a stream's state is its generator alone).
fn standard_normal(stream: &mut Stream) -> f64 {
    let radius = libm::sqrt(-2.0 * libm::log(unit_above_zero(stream)));
    radius * libm::cos(2.0 * std::f64::consts::PI * stream.unit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Streams;

    /// The mean and the median of many draws [ns].
    fn mean_and_median(distribution: Distribution) -> (f64, u64) {
        let mut stream = Streams::new(7).stream("test");
        let mut drawn: Vec<u64> = (0..20_001).map(|_| distribution.sample(&mut stream).0).collect();
        drawn.sort_unstable();
        (drawn.iter().map(|&ns| ns as f64).sum::<f64>() / 20_001.0, drawn[10_000])
    }

    #[test]
    fn draws_have_the_mean_or_median_that_was_asked_for() {
        let ms = Duration::millis(1);
        let near = |x: f64| (0.97e6..1.03e6).contains(&x);
        let uniform = Distribution::Uniform { low: Duration::ZERO, high: Duration::millis(2) };
        assert!(near(mean_and_median(uniform).0));
        assert!(near(mean_and_median(Distribution::Exponential { mean: ms }).0));
        assert!(near(mean_and_median(Distribution::Normal { mean: ms, deviation: Duration::micros(200) }).0));
        assert!(near(mean_and_median(Distribution::LogNormal { median: ms, sigma: 0.5 }).1 as f64));
        // The mean of a Pareto distribution is least × alpha ÷ (alpha − 1).
        assert!(near(mean_and_median(Distribution::Pareto { least: Duration::micros(750), alpha: 4.0 }).0));
        assert_eq!(mean_and_median(Distribution::Constant(ms)), (1e6, 1_000_000));
    }

    #[test]
    fn a_uniform_draw_reaches_both_ends() {
        let mut stream = Streams::new(0).stream("ends");
        let die = Distribution::Uniform { low: Duration(1), high: Duration(3) };
        let drawn: Vec<u64> = (0..100).map(|_| die.sample(&mut stream).0).collect();
        assert_eq!((drawn.iter().min(), drawn.iter().max()), (Some(&1), Some(&3)));
    }

    /// Pinned bits: a host or a library that computes another last bit changes every run.
    #[test]
    fn draws_have_the_same_bits_on_every_host() {
        let mut stream = Streams::new(42).stream("bits");
        let mean = Duration::millis(1);
        let drawn = [
            Distribution::Exponential { mean }.sample(&mut stream).0,
            Distribution::Normal { mean, deviation: mean }.sample(&mut stream).0,
            Distribution::LogNormal { median: mean, sigma: 1.0 }.sample(&mut stream).0,
            Distribution::Pareto { least: mean, alpha: 1.5 }.sample(&mut stream).0,
        ];
        assert_eq!(drawn, [585_426, 2_668_667, 543_377, 4_834_656]);
    }
}
