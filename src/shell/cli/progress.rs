//! Progress line on a terminal, for runs that take long.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Minimum duration of a run before the line is shown.
const DELAY: Duration = Duration::from_millis(400);

/// Interval between updates of the line.
const TICK: Duration = Duration::from_millis(100);

/// Progress line on stderr; inactive if stderr is not a terminal.
pub(super) struct Progress(Option<(mpsc::Sender<Event>, JoinHandle<()>)>);

/// Event for the thread that writes the line.
enum Event {
    /// The start of a phase.
    Phase(String),
    /// A message to print above the line.
    Message(String),
}

impl Progress {
    /// Starts the timer.
    pub(super) fn start() -> Self {
        if !io::stderr().is_terminal() {
            return Self(None);
        }
        let (events, receiver) = mpsc::channel();
        Self(Some((events, std::thread::spawn(move || show(&receiver)))))
    }

    /// Sets the text of the line.
    pub(super) fn phase(&self, phase: String) {
        if let Self(Some((events, _))) = self {
            // The receiver is dropped only in `finish`, so this cannot fail.
            let _ = events.send(Event::Phase(phase));
        }
    }

    /// Prints a message above the line.
    pub(super) fn message(&self, message: &str) {
        match &self.0 {
            Some((events, _)) => {
                let _ = events.send(Event::Message(message.to_owned()));
            }
            None => super::report(message),
        }
    }

    /// Removes the line.
    pub(super) fn finish(self) {
        if let Self(Some((events, thread))) = self {
            drop(events);
            let _ = thread.join();
        }
    }
}

fn show(events: &mpsc::Receiver<Event>) {
    let start = Instant::now();
    let mut phase = String::new();
    let mut is_shown = false;
    loop {
        match events.recv_timeout(TICK) {
            Ok(Event::Phase(next)) => phase = next,
            Ok(Event::Message(message)) => {
                let _ = write!(io::stderr().lock(), "\r\x1b[K");
                super::report(&message);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        let elapsed = start.elapsed();
        if elapsed >= DELAY {
            is_shown = true;
            let _ = write!(io::stderr().lock(), "\r\x1b[K{phase} ({:.1} s)", elapsed.as_secs_f64());
        }
    }
    if is_shown {
        let _ = write!(io::stderr().lock(), "\r\x1b[K");
    }
}
