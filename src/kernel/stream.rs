//! Seeded sources of random numbers: one stream per name, so that drawing more from one never moves
//! another.
//!
//! A stream is a PCG-32 generator (O'Neill 2014) whose state and increment are hashes of the run's seed
//! and the stream's name.

use rand_core::RngCore as _;
use rand_pcg::Pcg32;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Gives the streams of one run.
#[derive(Clone, Copy, Debug)]
pub struct Streams {
    seed: u64,
}

impl Streams {
    /// The streams of the run with this seed.
    pub fn new(seed: u64) -> Streams {
        Streams { seed }
    }

    /// The stream of this name, from its beginning. Different names give independent streams.
    pub fn stream(&self, name: &str) -> Stream {
        let state = xxh3_64_with_seed(name.as_bytes(), self.seed);
        let increment = xxh3_64_with_seed(name.as_bytes(), !self.seed);
        Stream { generator: Pcg32::new(state, increment) }
    }
}

/// A source of random numbers.
#[derive(Clone, Debug)]
pub struct Stream {
    generator: Pcg32,
}

impl Stream {
    /// 32 random bits.
    pub fn bits32(&mut self) -> u32 {
        self.generator.next_u32()
    }

    /// 64 random bits.
    pub fn bits64(&mut self) -> u64 {
        self.generator.next_u64()
    }

    /// A number in `[0, 1)`, a multiple of 2⁻⁵³, as Python's `random.random()` has it.
    pub fn unit(&mut self) -> f64 {
        (self.bits64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A number in `0..n`, each equally likely. `n` must be above 0.
    pub fn below(&mut self, n: u64) -> u64 {
        assert!(n > 0, "a choice among no numbers");
        // The values below `rest` would make the small remainders likelier: draw again.
        let rest = n.wrapping_neg() % n;
        loop {
            let bits = self.bits64();
            if bits >= rest {
                return bits % n;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_depends_on_its_seed_and_name_alone() {
        let draw = |seed, name| {
            let mut stream = Streams::new(seed).stream(name);
            [stream.bits64(), stream.bits64()]
        };
        assert_eq!(draw(1, "jitter"), draw(1, "jitter"));
        assert_ne!(draw(1, "jitter"), draw(2, "jitter"));
        assert_ne!(draw(1, "jitter"), draw(1, "chaos"));
    }

    #[test]
    fn numbers_below_n_are_all_drawn_about_equally_often() {
        let mut stream = Streams::new(0).stream("dice");
        let mut counts = [0; 6];
        for _ in 0..60_000 {
            counts[stream.below(6) as usize] += 1;
        }
        assert!(counts.iter().all(|n| (9_500..10_500).contains(n)), "{counts:?}");
    }

    #[test]
    fn unit_numbers_fill_the_half_open_interval() {
        let mut stream = Streams::new(0).stream("unit");
        let drawn: Vec<f64> = (0..10_000).map(|_| stream.unit()).collect();
        assert!(drawn.iter().all(|u| (0.0..1.0).contains(u)));
        let mean = drawn.iter().sum::<f64>() / 10_000.0;
        assert!((0.49..0.51).contains(&mean), "{mean}");
    }
}
