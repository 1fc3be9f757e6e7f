//! The page's small part: the library without the simulator, which shows a recorded run until the simulator is there.

// The page starts the library; naming it keeps what it exports.
use coroscope as _;

fn main() {}
