//! The code of the guide that is not the example's own.

use std::error::Error;

use ecommerce::proto::ecommerce::v1::{ListUsersRequest, ListUsersResponse, User, UserStatus};
use prost_types::Timestamp;
use sqlx::{Executor as _, Row as _, SqlitePool, sqlite::SqlitePoolOptions};
use transom::client::Client;
use transom::fields::{Kind, Value};
use transom::filter::{Filter, FilterOptions, Function, Functions, Parameter};
use transom::list::{Key, KeyId, KeyRing, ListRequestExt as _, PageContents, Pages, Select};
use transom::order::{OrderBy, OrderByOptions};
use transom::server::{Call, CallFuture, Dispatch, Server, ServiceName, Trailers};
use transom::sql::{Columns, Dialect, Sql};
use transom::{BoxStream, Request, Response, Status};

type Outcome = Result<(), Box<dyn Error>>;

fn pages() -> Pages<ListUsersRequest> {
    Pages::keyset(KeyRing::new(Key::new([7; 32])), User::USER_ID)
}

/// Five users, the later ones with the earlier names.
fn users() -> Vec<User> {
    let user = |(number, name): (i64, &str)| User {
        user_id: number.to_string(),
        name: name.to_owned(),
        created_at: Some(Timestamp { seconds: number, nanos: 0 }),
        status: UserStatus::Active.into(),
        ..User::default()
    };
    (0..).zip(["Eve", "Dan", "Cid", "Bob", "Ada"]).map(user).collect()
}

/// The request for the second page of active users by name, downwards.
fn second() -> ListUsersRequest {
    let request = ListUsersRequest {
        page_size: 2,
        filter: "status = USER_STATUS_ACTIVE".to_owned(),
        order_by: "name desc".to_owned(),
        ..ListUsersRequest::default()
    };
    let page_token = answer(&request, &users()).unwrap().next_page_token;
    ListUsersRequest { page_token, ..request }
}

fn answer(request: &ListUsersRequest, users: &[User]) -> Result<ListUsersResponse, Box<dyn Error>> {
    let pages = pages();
    let response = request.page(&pages)?.paginate(users)?;
    Ok(response)
}

fn names(users: &[User]) -> Vec<&str> {
    users.iter().map(|user| user.name.as_str()).collect()
}

#[test]
fn pages_in_memory() -> Outcome {
    let response = answer(&second(), &users())?;
    assert_eq!((names(&response.users), response.total_count), (vec!["Cid", "Bob"], 5));
    Ok(())
}

#[test]
fn keys_are_read_and_rotate() -> Outcome {
    let setting = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
    let ring: KeyRing = setting.parse()?;
    let (old, new): (KeyId, Key) = (Key::new([1; 32]).id(), Key::new([2; 32]));
    let id = ring.accept(new); // on every replica
    ring.promote(id); // then, on every replica
    ring.remove(old); // when the last token of the old key has expired
    assert!(!ring.remove(old) && ring.promote(id));

    let ring = KeyRing::new(Key::generate()?);
    assert!(!ring.promote(id));
    Ok(())
}

#[test]
fn queries_for_any_driver() -> Outcome {
    let (request, pages, columns) = (second(), pages(), Columns::new());
    let page = request.page(&pages)?;
    let Sql { text, binds } = page.query(&Select::from("users"), &columns, Dialect::Postgres)?;
    let expected = r#"
        SELECT * FROM users
        WHERE "status" = $1::bigint
          AND ("name" COLLATE "C" <= $2::text
            AND ("name" COLLATE "C" < $3::text OR ("user_id" COLLATE "C" > $4::text)))
        ORDER BY "name" COLLATE "C" DESC, "user_id" COLLATE "C"
        LIMIT $5
    "#;
    assert_eq!(text.split_whitespace().collect::<Vec<_>>(), expected.split_whitespace().collect::<Vec<_>>());
    assert_eq!(binds.len(), text.matches('$').count());
    Ok(())
}

async fn of_team(
    request: &ListUsersRequest,
    team: String,
    database: &SqlitePool,
) -> Result<Vec<String>, Box<dyn Error>> {
    let (pages, columns) = (pages(), Columns::new().of_table("u"));
    let page = request.page(&pages)?;
    let members = Select::from("users u JOIN members m USING (user_id)")
        .list("u.*")
        .filtered(|condition| condition.push("m.team = ").value(team));
    let names: Vec<String> = page.fetch(&members, &columns, database, |row| row.try_get("name")).await?;
    assert_eq!(page.fetch_total(&members, &columns, database).await?, 4);
    Ok(names)
}

#[tokio::test]
async fn queries_with_conditions_of_your_own() -> Outcome {
    let database = SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await?;
    database
        .execute("CREATE TABLE users (user_id TEXT, name TEXT, status INTEGER); CREATE TABLE members (team, user_id)")
        .await?;
    for user in users() {
        let insert = sqlx::query("INSERT INTO users VALUES (?, ?, ?)");
        insert.bind(&user.user_id).bind(&user.name).bind(user.status).execute(&database).await?;
        let team = if user.name == "Bob" { "other" } else { "ours" };
        let insert = sqlx::query("INSERT INTO members VALUES (?, ?)");
        insert.bind(team).bind(&user.user_id).execute(&database).await?;
    }
    assert_eq!(of_team(&second(), "ours".to_owned(), &database).await?, ["Cid", "Ada"]);
    Ok(())
}

fn indexed() -> OrderByOptions<User> {
    OrderByOptions::new().sortable([User::NAME.any(), User::CREATED_AT.any()])
}

#[test]
fn orders() -> Outcome {
    let mut users = users();
    let order = OrderBy::<User>::parse("name desc, created_at")?;
    users.sort_by(|left, right| order.compare(left, right));
    assert_eq!(order, OrderBy::new().desc(User::NAME).asc(User::CREATED_AT));
    assert_eq!(names(&users), ["Eve", "Dan", "Cid", "Bob", "Ada"]);

    assert!(OrderBy::parse_with("name", &indexed()).is_ok() && OrderBy::parse_with("email", &indexed()).is_err());
    Ok(())
}

#[test]
fn functions() -> Outcome {
    let begins = Function::predicate([Parameter::Field(Kind::String), Parameter::Constant(Kind::String)], |values| {
        let [Some(Value::Text(text)), Some(Value::Text(start))] = values else { return None };
        Some(text.starts_with(*start))
    });
    let begins = begins.sql(Dialect::Sqlite, "instr({0}, {1}) = 1");
    let options = FilterOptions::new().functions(Functions::new().function("begins", begins));
    let filter = Filter::<User>::parse_with("begins(name, \"A\")", &options)?;
    let users = users();
    assert_eq!(users.iter().filter(|user| filter.matches(user)).count(), 1);
    let Sql { text, .. } = filter.to_sql(&Columns::new(), Dialect::Sqlite)?;
    assert_eq!(text, "(instr(`name`, ?) = 1)");
    Ok(())
}

#[test]
fn filters_of_the_guide() -> Outcome {
    let filter = r#"
        status = USER_STATUS_ACTIVE AND created_at > "2024-01-01T00:00:00Z"
    "#;
    let users = users();
    assert!(users.iter().all(|user| !Filter::<User>::parse(filter).unwrap().matches(user)));
    Ok(())
}

#[test]
fn violations_have_field_reason_and_description() -> Outcome {
    let request = ListUsersRequest {
        order_by: "nam".to_owned(),
        filter: "status = ACTIV".to_owned(),
        ..ListUsersRequest::default()
    };
    let violations = request.page(&pages()).err().ok_or("the request is invalid")?;
    let expected = "
        order_by  UNKNOWN_FIELD  at 0: `ecommerce.v1.User` has no field `nam`: did you mean `name`?
        filter    INVALID_VALUE  at 9: `ACTIV` is not a value of the enum, as `status` requires: did you mean `ACTIVE`?
    ";
    let lines = violations.as_slice().iter().flat_map(|violation| {
        let line = format!("{} {} {}", violation.field, violation.reason, violation.description);
        line.split(' ').map(str::to_owned).collect::<Vec<_>>()
    });
    assert_eq!(lines.collect::<Vec<_>>(), expected.split_whitespace().collect::<Vec<_>>());
    assert_eq!(Status::from(violations).code(), transom::Code::InvalidArgument);
    Ok(())
}

/// Books with their authors, for paths to fields of nested messages.
mod library {
    #[derive(Clone, PartialEq, Default)]
    pub(super) struct Book {
        pub(super) title: String,
        pub(super) author: Option<Author>,
        pub(super) isbn: String,
    }

    #[derive(Clone, PartialEq, Default)]
    pub(super) struct Author {
        pub(super) given_name: String,
    }

    transom::__private::fields! {
        impl Book = "library.v1.Book", reaches [];
        0 TITLE = 1, "title", "title", [] string: implicit(title);
        1 AUTHOR = 2, "author", "author", [] message(Author): optional(author);
        2 ISBN = 3, "isbn", "isbn", [] string: implicit(isbn);
    }

    transom::__private::fields! {
        impl Author = "library.v1.Author", reaches [];
        0 GIVEN_NAME = 1, "given_name", "givenName", [] string: implicit(given_name);
    }
}

#[test]
fn only_given_rejects_fields_without_column() -> Outcome {
    use library::{Author, Book};

    let columns = Columns::new()
        .column(Book::TITLE, "title")
        .column(Book::AUTHOR.join(Author::GIVEN_NAME), "author_name")
        .only_given();
    let sql = Filter::<Book>::parse("author.given_name = Ada")?.to_sql(&columns, Dialect::Postgres)?;
    assert_eq!(sql.text, r#""author_name" = $1::text"#);
    let error = Filter::<Book>::parse("isbn = 1")?.to_sql(&columns, Dialect::Postgres).unwrap_err();
    assert_eq!(Status::from(error).code(), transom::Code::InvalidArgument);
    Ok(())
}

/// Streams the users that it has, one page of them a call.
struct StreamedUsers;

impl ServiceName for StreamedUsers {
    const NAME: &'static str = "guide.v1.Users";
}

impl Dispatch<Vec<User>> for StreamedUsers {
    fn dispatch(call: Call<Vec<User>>) -> CallFuture {
        call.server_streaming(|users, request| async move { stream_users(&request, users.to_vec()) })
    }
}

fn stream_users(request: &Request<ListUsersRequest>, rows: Vec<User>) -> Result<Response<BoxStream<User>>, Status> {
    let pages = pages();
    let PageContents { items, next_page_token } = request.get_ref().page(&pages)?.finish(rows)?;
    let trailers = Trailers::new();
    if !next_page_token.is_empty() {
        let token = next_page_token.parse().map_err(|_| Status::internal("a page token is ASCII"))?;
        trailers.update(|metadata| metadata.insert("next-page-token", token));
    }
    let mut response = Response::new(Box::pin(tokio_stream::iter(items.into_iter().map(Ok))) as BoxStream<User>);
    trailers.attach_to(&mut response);
    Ok(response)
}

#[tokio::test]
async fn streamed_list_has_its_token_in_the_trailing_metadata() -> Outcome {
    let mut client = Client::new(Server::<_, StreamedUsers>::new(users()));
    for (page_size, has_next) in [(2, true), (5, false)] {
        let request = ListUsersRequest { page_size, ..ListUsersRequest::default() };
        let answer = client.server_streaming::<_, User>(request, "/guide.v1.Users/StreamUsers").await?;
        let mut listed = Vec::new();
        let mut users = answer.into_inner();
        while let Some(user) = users.message().await? {
            listed.push(user);
        }
        let trailers = users.trailers().await?.unwrap_or_default();
        let next_page_token = trailers.get("next-page-token").map(|token| token.to_str()).transpose()?;
        assert_eq!((listed.len() as i32, next_page_token.is_some()), (page_size, has_next));
    }
    Ok(())
}
