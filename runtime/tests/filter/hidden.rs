//! `INPUT_ONLY` fields: no filter and no order may reveal their values.

use transom::fields::{Kind, Value};
use transom::filter::{Filter, FilterOptions, Function, Functions, Parameter};
use transom::order::{OrderBy, OrderByOptions};

#[derive(Clone, PartialEq, Default, Debug)]
struct User {
    name: String,
    password: String,
    credentials: Option<Credentials>,
    friend: Option<Box<User>>,
    recovery: Vec<Credentials>,
}

#[derive(Clone, PartialEq, Default, Debug)]
struct Credentials {
    hint: String,
    secret: String,
}

transom::__private::fields! {
    impl User = "users.v1.User", reaches [INPUT_ONLY];
    0 NAME = 1, "name", "name", [] string: implicit(name);
    1 PASSWORD = 2, "password", "password", [INPUT_ONLY] string: implicit(password);
    2 CREDENTIALS = 3, "credentials", "credentials", [REQUIRED INPUT_ONLY] message(Credentials): optional(credentials);
    3 FRIEND = 4, "friend", "friend", [] message(User): optional(friend);
    4 RECOVERY = 5, "recovery", "recovery", [INPUT_ONLY] message(Credentials): repeated(recovery);
}

transom::__private::fields! {
    impl Credentials = "users.v1.Credentials", reaches [INPUT_ONLY];
    0 HINT = 1, "hint", "hint", [] string: implicit(hint);
    1 SECRET = 2, "secret", "secret", [INPUT_ONLY] string: implicit(secret);
}

fn options() -> FilterOptions<User> {
    let starts = Function::predicate([Parameter::Field(Kind::String)], |values| match values {
        [Some(Value::Text(text))] => Some(text.starts_with('a')),
        _ => None,
    });
    FilterOptions::new().functions(Functions::new().function("starts", starts))
}

fn filter(text: &str, options: &FilterOptions<User>) -> Result<String, String> {
    Filter::parse_with(text, options).map(|filter| filter.to_string()).map_err(|refused| refused.to_string())
}

#[test]
fn filters_do_not_know_it() {
    for (text, at, message, field) in [
        ("password = \"a*\"", 0, "User", "password"),
        ("password:*", 0, "User", "password"),
        ("credentials:*", 0, "User", "credentials"),
        ("credentials:hint", 0, "User", "credentials"),
        ("credentials.hint = x", 0, "User", "credentials"),
        ("recovery.hint:x", 0, "User", "recovery"),
        ("recovery:*", 0, "User", "recovery"),
        ("friend.password > a", 7, "User", "password"),
        ("friend:password", 7, "User", "password"),
        ("starts(password)", 7, "User", "password"),
        ("starts(friend.password)", 14, "User", "password"),
        // As what is not there.
        ("friend:nothing", 7, "User", "nothing"),
        ("friend.password.x = 1", 7, "User", "password"),
    ] {
        let expected = format!("filter: at {at}: `users.v1.{message}` has no field `{field}`");
        assert_eq!(filter(text, &options()), Err(expected), "{text}");
    }
    assert!(filter("friend.name = x AND starts(name)", &options()).is_ok());
}

#[test]
fn filters_that_are_told_of_it_know_it() {
    let options =
        options().filterable([User::PASSWORD.any(), User::CREDENTIALS.any(), User::FRIEND.any(), User::NAME.any()]);
    for text in ["password = x", "credentials.hint = x", "credentials:*", "friend.name = x", "starts(password)"] {
        assert!(filter(text, &options).is_ok(), "{text}");
    }
    for (text, message, field) in [
        ("credentials.secret = x", "Credentials", "secret"),
        ("credentials:secret", "Credentials", "secret"),
        ("friend.password = x", "User", "password"),
        ("recovery.hint:x", "User", "recovery"),
    ] {
        let refused = filter(text, &options).unwrap_err();
        assert!(refused.ends_with(&format!("`users.v1.{message}` has no field `{field}`")), "{text}: {refused}");
    }
    let one = FilterOptions::new().filterable([User::CREDENTIALS.join(Credentials::SECRET).any()]);
    assert!(filter("credentials.secret = x", &one).is_ok());
    assert_eq!(
        filter("credentials.hint = x", &one),
        Err("filter: at 0: `credentials.hint` is not one of the filterable fields".to_owned())
    );
}

#[test]
fn functions_take_what_can_be_compared() {
    let options = options().filterable([User::FRIEND.any()]);
    assert!(filter("starts(friend.name)", &options).is_ok());
    assert_eq!(
        filter("starts(name)", &options),
        Err("filter: at 7: `name` is not one of the filterable fields".to_owned())
    );
}

#[test]
fn searching_it_is_said_in_code() {
    let options = options().searchable(User::PASSWORD);
    assert_eq!(filter("x", &options).as_deref(), Ok("password = \"*x*\""));
    assert!(filter("password = x", &options).is_err());
}

#[test]
fn orders_do_not_know_it() {
    let order = |text: &str, options: &OrderByOptions<User>| {
        OrderBy::parse_with(text, options).map(|order| order.to_string()).map_err(|refused| refused.to_string())
    };
    let default = OrderByOptions::new();
    for (text, at, field) in [
        ("password", 0, "password"),
        ("credentials.hint", 0, "credentials"),
        ("name, friend.password desc", 13, "password"),
    ] {
        let expected = format!("order_by: at {at}: `users.v1.User` has no field `{field}`");
        assert_eq!(order(text, &default), Err(expected), "{text}");
    }
    let told = OrderByOptions::new()
        .sortable([User::CREDENTIALS.join(Credentials::HINT).any(), User::FRIEND.join(User::PASSWORD).any()]);
    assert!(order("credentials.hint, friend.password", &told).is_ok());
    assert!(order("credentials.secret", &told).unwrap_err().ends_with("has no field `secret`"));
    assert!(order("password", &told).unwrap_err().ends_with("has no field `password`"));
    assert_eq!(OrderBy::<User>::new().asc(User::PASSWORD).to_string(), "password");
}
