//! What the marks of signals are called: whoever writes them and whoever puts them into sentences agree here.

/// The names, from signal 1 on, as Linux numbers them.
const NAMES: [&str; 31] = [
    "SIGHUP",
    "SIGINT",
    "SIGQUIT",
    "SIGILL",
    "SIGTRAP",
    "SIGABRT",
    "SIGBUS",
    "SIGFPE",
    "SIGKILL",
    "SIGUSR1",
    "SIGSEGV",
    "SIGUSR2",
    "SIGPIPE",
    "SIGALRM",
    "SIGTERM",
    "SIGSTKFLT",
    "SIGCHLD",
    "SIGCONT",
    "SIGSTOP",
    "SIGTSTP",
    "SIGTTIN",
    "SIGTTOU",
    "SIGURG",
    "SIGXCPU",
    "SIGXFSZ",
    "SIGVTALRM",
    "SIGPROF",
    "SIGWINCH",
    "SIGIO",
    "SIGPWR",
    "SIGSYS",
];

/// One that has no name of its own.
const NAMELESS: &str = "SIG…";

/// The signal of a timer.
pub const ALARM: &str = NAMES[13];

/// The name of a signal, which is also that of the mark where it comes.
pub fn name_of(signal: u8) -> &'static str {
    NAMES.get(usize::from(signal) - 1).unwrap_or(&NAMELESS)
}

/// Whether a mark of this name is a signal that has come.
pub fn is_signal(mark: &str) -> bool {
    mark == NAMELESS || NAMES.contains(&mark)
}

/// The name of the mark where a signal is sent.
pub fn sending(signal: &str) -> String {
    format!("sends {signal}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_signal_is_known_by_its_mark_and_sending_it_is_another() {
        assert_eq!((name_of(1), name_of(9), name_of(15), name_of(31)), ("SIGHUP", "SIGKILL", "SIGTERM", "SIGSYS"));
        assert_eq!(name_of(14), ALARM);
        for signal in 1..=64 {
            assert!(is_signal(name_of(signal)), "{signal}");
            assert!(!is_signal(&sending(name_of(signal))), "{signal}");
        }
        assert!(!is_signal("drop request"));
    }
}
