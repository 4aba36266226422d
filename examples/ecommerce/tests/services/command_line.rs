//! The binary, as its users start and stop it.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::SocketAddr;
use std::process::{Child, Command, ExitStatus, Stdio};

use ecommerce::auth::Auth;
use ecommerce::proto::ecommerce::v1::user_service_client::UserServiceClient;
use ecommerce::proto::ecommerce::v1::{CreateUserRequest, GetUserRequest, ListUsersRequest};
use ecommerce::server::{Config, Tls};
use tokio::net::TcpListener;
use tokio::task::spawn_blocking;
use tonic::transport::{Channel, Endpoint};
use transom::Request;
use transom::metadata::AsciiMetadataValue;

use crate::harness::soon;
use crate::raw;

/// A server in a process of its own, killed when dropped.
pub(crate) struct Process {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Process {
    pub(crate) fn start() -> Self {
        Self::start_with(&[], Stdio::null())
    }

    fn start_with(arguments: &[&str], log: Stdio) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_ecommerce"))
            .args(["--addr", "127.0.0.1:0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(log)
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

    #[cfg(unix)]
    fn signal(&self, name: &str) {
        let kill = Command::new("kill").args(["-s", name, &self.id().to_string()]).status().unwrap();
        assert!(kill.success());
    }

    /// Waits for the end, off this thread, on which the clients' connections have to say goodbye.
    async fn ended(mut self) -> ExitStatus {
        soon(spawn_blocking(move || self.child.wait())).await.unwrap().unwrap()
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
        "--max-connections",
        "--handshake-timeout",
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
    let server = Process::start();
    let mut users = server.users().await;
    users.list_users(ListUsersRequest::default()).await.unwrap();
    server.signal("TERM");
    assert!(server.ended().await.success());
}

#[cfg(unix)]
#[tokio::test]
async fn second_signal_stops_the_server_at_once() {
    for (first, second, code) in
        [("TERM", "TERM", 143), ("INT", "INT", 130), ("TERM", "INT", 130), ("INT", "TERM", 143)]
    {
        // The next server takes connections and never says a word: the call that waits for it does not finish.
        let next = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = next.local_addr().unwrap().to_string();
        let mut server = Process::start_with(&["--shutdown-grace", "3600", "--downstream", &address], Stdio::piped());
        let mut log = BufReader::new(server.child.stderr.take().unwrap()).lines();
        let mut users = server.users().await;
        let mut request = Request::new(GetUserRequest::default());
        request.metadata_mut().insert("x-forward", AsciiMetadataValue::from_static("true"));
        let call = tokio::spawn(async move { users.get_user(request).await });
        let _connection = soon(next.accept()).await.unwrap();
        server.signal(first);
        assert!(log.any(|line| line.unwrap().contains("stopping")));
        server.signal(second);
        assert_eq!(server.ended().await.code(), Some(code));
        assert!(soon(call).await.unwrap().is_err());
    }
}

#[tokio::test]
async fn redirected_log_has_neither_colors_nor_long_paths() {
    let mut server = Process::start_with(&[], Stdio::piped());
    let mut log = server.child.stderr.take().unwrap();
    let mut users = server.users().await;
    users.get_user(GetUserRequest { user_id: "nobody".to_owned() }).await.unwrap_err();
    let method = format!("UserService/{}", "x".repeat(5_000));
    raw::call(server.address, &method, &GetUserRequest::default(), &[]).await;
    server.kill();
    let mut text = String::new();
    log.read_to_string(&mut text).unwrap();
    assert!(text.contains("UserService/GetUser") && text.contains("NotFound"), "{text}");
    assert!(!text.contains('\u{1b}'), "{text}");
    assert!(text.lines().all(|line| line.len() < 1_000), "{text}");
}

#[test]
fn debug_output_of_the_configuration_has_no_secrets() {
    let config = Config {
        token: Some("hunter2".to_owned()),
        tls: Some(Tls { certificate: b"chain".to_vec(), key: b"hunter2".to_vec(), client_authority: None }),
        ..Config::default()
    };
    let key = format!("{:?}", b"hunter2");
    for text in [format!("{config:?}"), format!("{config:#?}"), format!("{:?}", config.tls)] {
        assert!(!text.contains("hunter2") && !text.contains(&key) && text.contains("[redacted]"), "{text}");
    }
    assert!(!format!("{:?}", Auth::bearer("hunter2")).contains(char::is_numeric));
    let request = CreateUserRequest { password: "hunter2".to_owned(), ..CreateUserRequest::default() };
    assert!(!format!("{request:?}").contains("hunter2"));
}
