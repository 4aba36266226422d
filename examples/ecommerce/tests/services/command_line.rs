//! The binary, as its users start and stop it.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use ecommerce::proto::ecommerce::v1::ListUsersRequest;
use ecommerce::proto::ecommerce::v1::user_service_client::UserServiceClient;
use tokio::task::spawn_blocking;
use tonic::transport::{Channel, Endpoint};

use crate::harness::soon;

/// A server in a process of its own, killed when dropped.
pub(crate) struct Process {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Process {
    pub(crate) fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_ecommerce"))
            .args(["--addr", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on ").expect("the server says where").parse().unwrap();
        Self { child, address }
    }

    /// Ends it like a machine that loses power.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn endpoint(&self) -> Endpoint {
        Endpoint::from_shared(format!("http://{}", self.address)).unwrap()
    }

    pub(crate) async fn users(&self) -> UserServiceClient<Channel> {
        UserServiceClient::new(self.endpoint().connect().await.unwrap())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Both fail only when it has ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_ecommerce")).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn help_names_every_flag() {
    let (code, stdout, _) = run(&["--help"]);
    assert_eq!(code, Some(0));
    for flag in [
        "--addr",
        "--tls-cert",
        "--tls-key",
        "--client-ca",
        "--token",
        "--max-message-size",
        "--database",
        "--page-token-keys",
        "--downstream",
        "--shutdown-grace",
    ] {
        assert!(stdout.contains(flag), "{flag}");
    }
}

#[test]
fn tls_needs_certificate_and_key() {
    let (code, _, stderr) = run(&["--tls-cert", "server.pem"]);
    assert_eq!(code, Some(2));
    assert!(stderr.contains("--tls-key"), "{stderr}");
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let (code, _, stderr) = run(&["--addr", "127.0.0.1:0", "--tls-cert", "no.pem", "--tls-key", "no.key"]);
    assert_eq!(code, Some(1));
    assert!(stderr.contains("cannot read no.pem"), "{stderr}");
}

#[test]
fn a_bad_key_is_told_and_not_shown() {
    let (code, _, stderr) = run(&["--addr", "127.0.0.1:0", "--page-token-keys", "hunter2"]);
    assert_eq!(code, Some(1));
    assert!(stderr.contains("a key is the base64 of 32 bytes") && !stderr.contains("hunter2"), "{stderr}");
}

#[test]
fn a_database_that_cannot_be_opened_is_told() {
    let (code, _, stderr) = run(&["--addr", "127.0.0.1:0", "--database", "no/folder/users.db"]);
    assert_eq!(code, Some(1));
    assert!(stderr.contains("cannot open the database"), "{stderr}");
}

#[cfg(unix)]
#[tokio::test]
async fn sigterm_stops_the_server_well() {
    let mut server = Process::start();
    let mut users = server.users().await;
    users.list_users(ListUsersRequest::default()).await.unwrap();
    let kill = Command::new("kill").arg(server.child.id().to_string()).status().unwrap();
    assert!(kill.success());
    // Off this thread, on which the client's connection has to say goodbye.
    let ended = soon(spawn_blocking(move || server.child.wait())).await.unwrap().unwrap();
    assert!(ended.success());
}
