//! Go peers: builds one of their programs (in `benches/go`), hands it what it works on, and has it measure a round.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;
use std::{fs, io};

/// A program of Go peers.
#[derive(Debug, Clone, Copy)]
pub struct Program {
    /// Its package in `benches/go`.
    pub package: &'static str,
    /// The file in `benches/proto` whose messages it uses; they go to the package of the same name with `pb` behind it.
    pub proto: &'static str,
    /// Writes what it works on into a folder.
    pub write: fn(&Path) -> io::Result<()>,
}

/// The running program. It ends when it is dropped.
#[derive(Debug)]
pub struct Peers {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

/// Time of one contestant in one round.
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
    /// It compares the result of each peer with the expected one before it measures.
    ///
    /// # Errors
    ///
    /// The step that failed, with the output of its tool, or the peer that has another result.
    pub fn start(program: &Program, folder: &Path) -> Result<Option<Self>, String> {
        if Command::new("go").arg("version").output().is_err() {
            return Ok(None);
        }
        fs::create_dir_all(folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
        let executable = build(program, folder)?;
        let given = folder.join("given");
        fs::create_dir_all(&given)
            .and_then(|()| (program.write)(&given))
            .map_err(|error| format!("cannot write {}: {error}", given.display()))?;
        let mut child = Command::new(executable)
            .arg(given)
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

/// Files of google.api that protos import, which Go has in one package.
const ANNOTATIONS: [&str; 3] = ["annotations", "field_behavior", "http"];

/// Copies the sources, makes the stubs beside them, and compiles.
fn build(program: &Program, folder: &Path) -> Result<PathBuf, String> {
    let Program { package, proto, .. } = program;
    let crate_root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for part in ["", "rounds", package] {
        let (from, to) = (crate_root.join("go").join(part), folder.join(part));
        copy_files(&from, &to).map_err(|error| format!("cannot copy {}: {error}", from.display()))?;
    }
    let go = |arguments: &[&str]| run(Command::new("go").args(arguments).current_dir(folder).env("GOBIN", folder));
    go(&["install", "tool"])?;
    let mut protoc = Command::new(env!("PROTOC"));
    protoc
        .arg(format!("--plugin=protoc-gen-go={}", folder.join("protoc-gen-go").display()))
        .arg(format!("--proto_path={}", crate_root.join("proto").display()))
        // The declarations of google.api that the generator bundles.
        .arg(format!("--proto_path={}", crate_root.join("../bundled").display()))
        .arg(concat!("--proto_path=", env!("PROTOC_INCLUDE")))
        .arg(format!("--go_out={}", folder.display()))
        .arg("--go_opt=module=transom.example/benches")
        .arg(format!("--go_opt=M{proto}.proto=transom.example/benches/{proto}pb"))
        .arg(format!("{proto}.proto"));
    for file in ANNOTATIONS {
        let go_package = "google.golang.org/genproto/googleapis/api/annotations";
        protoc.arg(format!("--go_opt=Mgoogle/api/{file}.proto={go_package}"));
    }
    run(&mut protoc)?;
    go(&["build", "-o", "peers", &format!("./{package}")])?;
    Ok(folder.join("peers"))
}

/// Copies the files of a folder, and none of the folders in it.
fn copy_files(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| format!("cannot run {command:?}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{command:?} failed: {}", String::from_utf8_lossy(&output.stderr)))
}
