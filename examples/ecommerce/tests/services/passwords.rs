//! The memory and the threads that password hashing takes, whatever clients do.
//!
//! Read from the kernel's counters of a server in a process of its own. The peak is counted, so nothing depends on when the
//! test looks.

#![cfg(target_os = "linux")]

use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::command_line::Process;
use crate::harness::{create, new_user, soon};

/// The memory that the server may take: four buffers of 19 MiB, and all the rest.
const MOST_KIB: u64 = 256 << 10;

/// A number in the kernel's description of a process.
fn counter(server: &Process, name: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

#[tokio::test]
async fn create_user_calls_that_are_cancelled_do_not_pass_the_limit_on_hashes() {
    let server = Process::start();
    let mut clients = Vec::new();
    for _ in 0..4 {
        clients.push(server.users().await);
    }
    let before = counter(&server, "Threads");
    let mut threads = before;
    for _ in 0..25 {
        let mut calls = JoinSet::new();
        for users in clients.iter().flat_map(|client| std::iter::repeat_n(client, 8)) {
            let mut users = users.clone();
            calls.spawn(async move { timeout(Duration::from_millis(15), users.create_user(new_user("Ada"))).await });
        }
        while calls.join_next().await.is_some() {}
        threads = threads.max(counter(&server, "Threads"));
    }
    // Four that hash, and those of the runtime and of the database.
    assert!(threads <= before + 8, "{before} threads became {threads}");
    let peak = counter(&server, "VmHWM");
    assert!(peak < MOST_KIB, "the server took {peak} KiB");
    // The permits have come back.
    let mut users = server.users().await;
    soon(create(&mut users, "Ada")).await;
}

#[tokio::test]
async fn concurrent_create_user_calls_leave_only_the_buffers_behind() {
    let server = Process::start();
    let mut calls = JoinSet::new();
    for _ in 0..20 {
        let mut users = server.users().await;
        calls.spawn(async move { create(&mut users, "Ada").await });
    }
    while let Some(created) = soon(calls.join_next()).await {
        created.unwrap();
    }
    let resident = counter(&server, "VmRSS");
    assert!(resident < MOST_KIB, "{resident} KiB stay resident");
}
