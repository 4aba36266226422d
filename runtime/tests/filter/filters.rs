//! Random filters of fields that have columns.

use std::fmt::Write as _;

use prost_types::Timestamp;

use crate::choices::Choices;
use crate::rows::{FLOATS, INTEGERS, KEYS, SECONDS, SIZES, TEXTS};

/// A filter with so many levels of parentheses at most.
pub(crate) fn filter(choices: &mut Choices, depth: usize) -> String {
    if depth > 0 {
        let mut inner = || filter(choices, depth - 1);
        match (inner(), inner(), choices.below(6)) {
            (left, right, 0) => return format!("({left}) AND ({right})"),
            (left, right, 1) => return format!("({left}) OR ({right})"),
            (left, _, 2) => return format!("NOT ({left})"),
            (left, right, 3) => return format!("-({left}) ({right})"),
            _ => {}
        }
    }
    restriction(choices)
}

fn restriction(choices: &mut Choices) -> String {
    let ordered = ["=", "!=", "<", "<=", ">", ">="];
    match choices.below(19) {
        0..=4 => {
            let field = choices.of(&["title", "subtitle", "author.given_name", "paperback"]);
            match choices.below(3) {
                0 => format!("{field} {} {}", choices.of(&ordered), quoted(choices.of(&TEXTS))),
                1 => format!("{field}:{}", quoted(choices.of(&TEXTS))),
                _ => format!("{field} {} {}", choices.of(&["=", "!="]), pattern(choices)),
            }
        }
        5 => {
            let field = choices.of(&["pages", "words", "discount", "author.birth_year", "counts.1", "counts.\"-1\""]);
            format!("{field} {} {}", choices.of(&ordered), choices.of(&INTEGERS))
        }
        6 => {
            let value = choices.of(&["0", "1", "3", "4294967295"]);
            format!("{} {} {value}", choices.of(&["copies", "sold"]), choices.of(&ordered))
        }
        7 => format!("sold {} 18446744073709551615", choices.of(&ordered)),
        8 => format!("{} {} {:?}", choices.of(&["weight", "rating"]), choices.of(&ordered), choices.of(&FLOATS)),
        9 => choices.of(&["read", "in_print", "author.verified = false", "in_print != true", "read:true"]).to_owned(),
        10 => {
            let value = choices.of(&["BOOK_STATUS_ACTIVE", "archived", "unspecified"]);
            format!("{} {} {value}", "status", choices.of(&["=", "!=", ":"]))
        }
        11 => {
            let time = Timestamp { seconds: choices.of(&SECONDS), nanos: choices.of(&[0, 1, 1500, 2, 999_999_999]) };
            format!("create_time {} \"{time}\"", choices.of(&ordered))
        }
        12 => {
            let value = choices.of(&["0s", "1s", "1.0000015s", "-1s", "0.000000001s", "315576000000s"]);
            format!("loan {} {value}", choices.of(&ordered))
        }
        13 => {
            let field = choices.of(&[
                "title",
                "pages",
                "weight",
                "rating",
                "read",
                "in_print",
                "status",
                "genre",
                "cover",
                "create_time",
                "loan",
                "subtitle",
                "discount",
                "author",
                "author.given_name",
                "author.birth_year",
                "author.nicknames",
                "tags",
                "scores",
                "labels",
                "counts",
                "paperback",
                "counts.1",
                "labels.a",
                "labels.\"b c\"",
                "author.pen_name",
                "ratios",
                "flags",
                "weights",
                "weights.a",
                "states.\"x.y\"",
            ]);
            format!("{field}:*")
        }
        14 => match choices.below(3) {
            0 => format!("tags:{}", pattern(choices)),
            1 => format!("author.nicknames:{}", pattern(choices)),
            _ => format!("scores:{}", choices.of(&INTEGERS)),
        },
        15 => match choices.below(4) {
            0 => format!("ratios:{:?}", choices.of(&FLOATS)),
            1 => format!("flags:{}", choices.of(&["true", "false"])),
            2 => format!("genres:{}", choices.of(&["NOVEL", "GENRE_NOVEL"])),
            _ => format!("sizes:{}", choices.of(&SIZES)),
        },
        16 => {
            let key = quoted(choices.of(&KEYS));
            match choices.below(4) {
                0 => format!("weights.{key} {} {:?}", choices.of(&ordered), choices.of(&FLOATS)),
                1 => format!("switches.{key} {} {}", choices.of(&["=", "!="]), choices.of(&["true", "false"])),
                2 => format!("states.{key} {} active", choices.of(&["=", "!="])),
                _ => format!("totals.{key} {} {}", choices.of(&ordered), choices.of(&SIZES)),
            }
        }
        17 => match choices.below(3) {
            0 => format!("author.pen_name {} null", choices.of(&["=", "!="])),
            1 => {
                let field = choices.of(&[
                    "subtitle",
                    "rating",
                    "in_print",
                    "genre",
                    "create_time",
                    "loan",
                    "discount",
                    "paperback",
                    "author",
                    "author.birth_year",
                ]);
                format!("{field} {} null", choices.of(&["=", "!="]))
            }
            _ => format!("title != ({} OR {})", quoted(choices.of(&TEXTS)), quoted(choices.of(&TEXTS))),
        },
        _ => {
            let key = quoted(choices.of(&KEYS));
            match choices.below(3) {
                0 => format!("labels:{key}"),
                1 => format!("labels.{key} {} {}", choices.of(&["=", "!="]), pattern(choices)),
                _ => format!("labels.{key} {} {}", choices.of(&ordered), quoted(choices.of(&TEXTS))),
            }
        }
    }
}

/// Text in quotes, with stars that mean themselves.
fn quoted(text: &str) -> String {
    let mut shown = "\"".to_owned();
    for character in text.chars() {
        match character {
            '"' | '\\' | '*' => write!(shown, "\\{character}").unwrap(),
            character => shown.push(character),
        }
    }
    shown + "\""
}

/// The same, perhaps with stars at its ends that do not.
fn pattern(choices: &mut Choices) -> String {
    let text = quoted(choices.of(&TEXTS));
    let inner = &text[1..text.len() - 1];
    format!("\"{}{inner}{}\"", choices.of(&["", "*"]), choices.of(&["", "*"]))
}
