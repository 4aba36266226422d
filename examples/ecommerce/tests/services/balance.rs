//! Client-side load balancing over three servers, one of which is killed.

use std::collections::BTreeSet;
use std::time::Duration;

use ecommerce::proto::ecommerce::v1::ListUsersRequest;
use ecommerce::proto::ecommerce::v1::user_service_client::UserServiceClient;
use tonic::transport::Channel;
use transom::{Code, Status};

use crate::command_line::Process;
use crate::harness::{create, soon};

/// Lists users and returns how many there are, which tells the servers apart.
async fn who_answers(users: &mut UserServiceClient<Channel>) -> Result<i32, Status> {
    Ok(users.list_users(ListUsersRequest::default()).await?.into_inner().total_count)
}

/// The same, as a client does that wants to survive a server: it tries again where nobody answered.
async fn who_answers_at_last(users: &mut UserServiceClient<Channel>) -> i32 {
    loop {
        match who_answers(users).await {
            Err(status) if status.code() == Code::Unavailable => tokio::time::sleep(Duration::from_millis(20)).await,
            answer => return answer.unwrap(),
        }
    }
}

#[tokio::test]
async fn calls_go_on_when_one_of_three_servers_is_killed() {
    let servers = [Process::start(), Process::start(), Process::start()];
    for (server, count) in servers.iter().zip(1..) {
        let mut users = server.users().await;
        for _ in 0..count {
            create(&mut users, "Ada").await;
        }
    }
    let mut users = UserServiceClient::new(Channel::balance_list(servers.iter().map(Process::endpoint)));
    let mut answered = BTreeSet::new();
    soon(async {
        while answered.len() < 3 {
            answered.insert(who_answers_at_last(&mut users).await);
        }
    })
    .await;

    let [first, _second, _third] = servers;
    first.kill();
    let mut answered = BTreeSet::new();
    for _ in 0..60 {
        answered.insert(soon(who_answers_at_last(&mut users)).await);
    }
    assert_eq!(answered, BTreeSet::from([2, 3]));
}
