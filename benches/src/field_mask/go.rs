//! The Go peers: builds their program (`benches/field_mask/go`), hands it the messages, and has it measure a round.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;
use std::{env, fs};

use prost::Message;

use super::by_hand;
use super::case::{Case, Lengths, mask};

/// The running program. It ends when it is dropped.
#[derive(Debug)]
pub struct Peers {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

/// What one contestant took in one round.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// The contestant, for example `aip-go/update/same`.
    pub name: String,
    /// For one call.
    pub nanoseconds: f64,
    /// For one call.
    pub allocations: f64,
}

impl Peers {
    /// Builds the program below `folder` and starts it; `None` where there is no Go.
    ///
    /// It compares the result of each peer with that of assignment by hand before it measures.
    ///
    /// # Errors
    ///
    /// What failed, with the output of the tool that failed; or which peer has another result.
    pub fn start(folder: &Path) -> Result<Option<Self>, String> {
        if Command::new("go").arg("version").output().is_err() {
            return Ok(None);
        }
        fs::create_dir_all(folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
        let program = build(folder)?;
        let messages = folder.join("messages");
        write_messages(&messages).map_err(|error| format!("cannot write {}: {error}", messages.display()))?;
        let mut child = Command::new(program)
            .arg(messages)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("cannot run the Go peers: {error}"))?;
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().ok_or("the Go peers have no output")?);
        let mut peers = Self { child, input, output };
        match peers.line()?.as_str() {
            "ready" => Ok(Some(peers)),
            _ => Err("the Go peers did not start; their message is above".into()),
        }
    }

    /// Has every contestant run for this long.
    ///
    /// # Errors
    ///
    /// A sentence, when the program fails.
    pub fn round(&mut self, budget: Duration) -> Result<Vec<Sample>, String> {
        let input = self.input.as_mut().ok_or("the Go peers have no input")?;
        writeln!(input, "{}", budget.as_micros()).map_err(|error| format!("the Go peers do not read: {error}"))?;
        let mut samples = Vec::new();
        loop {
            let line = self.line()?;
            if line.is_empty() {
                return Ok(samples);
            }
            samples.push(sample(&line).ok_or_else(|| format!("the Go peers say `{line}`"))?);
        }
    }

    fn line(&mut self) -> Result<String, String> {
        let mut line = String::new();
        match self.output.read_line(&mut line) {
            Ok(0) => Err("the Go peers ended; their message is above".into()),
            Ok(_) => Ok(line.trim_end().to_owned()),
            Err(error) => Err(format!("cannot read from the Go peers: {error}")),
        }
    }
}

impl Drop for Peers {
    fn drop(&mut self) {
        // The end of its input ends the program.
        self.input = None;
        let _ = self.child.wait();
    }
}

fn sample(line: &str) -> Option<Sample> {
    let mut words = line.split(' ');
    let (name, nanoseconds, allocations) = (words.next()?, words.next()?, words.next()?);
    Some(Sample { name: name.into(), nanoseconds: nanoseconds.parse().ok()?, allocations: allocations.parse().ok()? })
}

/// Copies the sources, makes the stubs beside them, and compiles.
fn build(folder: &Path) -> Result<PathBuf, String> {
    let crate_root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = crate_root.join("field_mask/go");
    for name in ["go.mod", "go.sum", "main.go", "measure.go", "contestants.go"] {
        fs::copy(sources.join(name), folder.join(name)).map_err(|error| format!("cannot copy {name}: {error}"))?;
    }
    let go = |arguments: &[&str]| run(Command::new("go").args(arguments).current_dir(folder).env("GOBIN", folder));
    go(&["install", "tool"])?;
    run(Command::new(env!("PROTOC"))
        .arg(format!("--plugin=protoc-gen-go={}", folder.join("protoc-gen-go").display()))
        .arg(format!("--proto_path={}", crate_root.join("proto").display()))
        .arg(concat!("--proto_path=", env!("PROTOC_INCLUDE")))
        .arg(format!("--go_out={}", folder.display()))
        .arg("--go_opt=module=transom.example/benches")
        .arg("--go_opt=Mlibrary.proto=transom.example/benches/librarypb")
        .arg("library.proto"))?;
    let program = folder.join("peers");
    go(&["build", "-o", "peers", "."])?;
    Ok(program)
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| format!("cannot run {command:?}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{command:?} failed: {}", String::from_utf8_lossy(&output.stderr)))
}

/// The messages, and what becomes of them by hand.
fn write_messages(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let write = |name: &str, message: &dyn Encoded| fs::write(folder.join(name), message.bytes());
    write("mask", &mask())?;
    write("projected", &by_hand::copy(&Case::new(Lengths::Same).stored))?;
    for lengths in [Lengths::Same, Lengths::Different] {
        let name = lengths.name();
        let Case { mut stored, sources } = Case::new(lengths);
        write(&format!("{name}-stored"), &stored)?;
        for (index, source) in sources.iter().enumerate() {
            by_hand::apply(&mut stored, source);
            write(&format!("{name}-source-{index}"), source)?;
            write(&format!("{name}-expected-{index}"), &stored)?;
        }
    }
    Ok(())
}

/// A message of any type.
trait Encoded {
    fn bytes(&self) -> Vec<u8>;
}

impl<M: Message> Encoded for M {
    fn bytes(&self) -> Vec<u8> {
        self.encode_to_vec()
    }
}
