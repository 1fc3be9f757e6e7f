//! A line of a program made slower: what a reader changes to see who waits for it.

use super::prepare::Prepared;
use crate::python::statement::{Place, place_before};
use crate::time::Duration;

impl Prepared {
    /// A wait to be put before the statement at a line of a file: the line before which it goes, and what goes there.
    ///
    /// Where the line awaits, the event loop goes on meanwhile, whose library is named; elsewhere whoever runs the line is
    /// blocked, as by a call that takes longer.
    pub fn slowed(&self, file: &str, line: u32, by: Duration, library: &str) -> Option<(u32, String)> {
        let text = &self.files.iter().find(|own| own.name == file)?.text;
        let version = (self.python.major.into(), self.python.minor.into());
        let Place { line, indent, awaits } = place_before(text, line, version)?;
        let seconds = by.0 as f64 / 1e9;
        let wait = match awaits {
            false => format!("__import__(\"time\").sleep({seconds})"),
            true => format!("await __import__(\"{library}\").sleep({seconds})"),
        };
        Some((line, format!("{indent}{wait}  # slowed\n")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Time;
    use crate::world::{Progress, Run, Scenario, Settings};

    fn took(text: &str) -> Duration {
        let prepared = Scenario::parse("slow.py", text).unwrap().with(&Settings::default()).unwrap();
        let mut run = Run::start(prepared);
        while run.step(1_000_000) == Progress::Running {}
        run.now() - Time::ZERO
    }

    /// How much longer a program takes whose line is slowed by a second.
    fn longer_s(text: &str, line: u32, library: &str) -> f64 {
        let prepared = Scenario::parse("slow.py", text).unwrap().with(&Settings::default()).unwrap();
        let (before, wait) = prepared.slowed("slow.py", line, Duration(1_000_000_000), library).unwrap();
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let (head, tail) = lines.split_at(before as usize - 1);
        let slowed = [head.concat(), wait, tail.concat()].concat();
        ((took(&slowed).0 as f64 - took(text).0 as f64) / 1e9).round()
    }

    #[test]
    fn a_line_that_awaits_is_slowed_beside_others_and_one_that_blocks_stops_them() {
        let program = |call: &str| {
            format!(
                "import asyncio, time\nasync def work():\n    {call}\nasync def main():\n    await asyncio.gather(work(), work(), work())\nasyncio.run(main())\n"
            )
        };
        assert_eq!(longer_s(&program("await asyncio.sleep(0.1)"), 3, "asyncio"), 1.0);
        assert_eq!(longer_s(&program("time.sleep(0.1)"), 3, "asyncio"), 3.0);
        let trio = "import trio\nasync def main():\n    await trio.sleep(0.1)\ntrio.run(main)\n";
        assert_eq!(longer_s(trio, 3, "trio"), 1.0);
        let anyio = "import anyio\nasync def main():\n    await anyio.sleep(0.1)\nanyio.run(main, backend=\"trio\")\n";
        assert_eq!(longer_s(anyio, 3, "trio"), 1.0);
    }
}
