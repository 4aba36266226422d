//! Progress on a terminal: one line that says what is going on, once it takes long enough to wonder.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Work that ends sooner shows nothing.
const PATIENCE: Duration = Duration::from_millis(400);

/// How often the line is written again.
const TICK: Duration = Duration::from_millis(100);

/// Shows phases on stderr, if it is a terminal.
pub(super) struct Progress(Option<(mpsc::Sender<News>, JoinHandle<()>)>);

/// What happens to the line.
enum News {
    /// The next phase has begun.
    Phase(String),
    /// Something to be read stands above the line.
    Message(String),
}

impl Progress {
    /// Starts to count the time.
    pub(super) fn start() -> Self {
        if !io::stderr().is_terminal() {
            return Self(None);
        }
        let (phases, receiver) = mpsc::channel();
        Self(Some((phases, std::thread::spawn(move || show(&receiver)))))
    }

    /// Says what comes next.
    pub(super) fn phase(&self, phase: String) {
        if let Self(Some((phases, _))) = self {
            // The other end lives until `finish`.
            let _ = phases.send(News::Phase(phase));
        }
    }

    /// Reports something without tearing the line.
    pub(super) fn say(&self, message: &str) {
        match &self.0 {
            Some((phases, _)) => {
                let _ = phases.send(News::Message(message.to_owned()));
            }
            None => super::report(message),
        }
    }

    /// Clears the line.
    pub(super) fn finish(self) {
        if let Self(Some((phases, thread))) = self {
            drop(phases);
            let _ = thread.join();
        }
    }
}

fn show(phases: &mpsc::Receiver<News>) {
    let start = Instant::now();
    let mut phase = String::new();
    let mut is_shown = false;
    loop {
        match phases.recv_timeout(TICK) {
            Ok(News::Phase(next)) => phase = next,
            Ok(News::Message(message)) => {
                let _ = write!(io::stderr().lock(), "\r\x1b[K");
                super::report(&message);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        let elapsed = start.elapsed();
        if elapsed >= PATIENCE {
            is_shown = true;
            let _ = write!(io::stderr().lock(), "\r\x1b[K{phase} ({:.1} s)", elapsed.as_secs_f64());
        }
    }
    if is_shown {
        let _ = write!(io::stderr().lock(), "\r\x1b[K");
    }
}
