//! Answers the cases with Transom's masks under the preset `ProtobufUtil`: `transom-interop-masks CASES ANSWERS`.
//!
//! It holds no expectation: the answers are compared with those of other implementations elsewhere.

use std::process::ExitCode;
use std::{env, fs};

use prost::Message as _;
use prost_types::FieldMask;
use transom::mask::{ApplyOptions, Lists, Mask, Messages, ParseOptions, Unknown, from_json_string, to_json_string};
use transom::violation::Violations;

use self::cases::case::Operation;
use self::cases::{Answer, Answers, Book, Case, Cases, Pair, Paths, answer};

#[allow(missing_docs, unreachable_pub, dead_code, reason = "written by the generator")]
mod cases {
    include!(concat!(env!("OUT_DIR"), "/transom.masks.v1.rs"));
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [cases, answers] = &arguments[..] else {
        eprintln!("usage: transom-interop-masks CASES ANSWERS");
        return ExitCode::from(2);
    };
    match run(cases, answers) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("transom-interop-masks: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(cases: &str, answers: &str) -> Result<(), String> {
    let cases = fs::read(cases).map_err(|error| format!("cannot read {cases}: {error}"))?;
    let cases = Cases::decode(&cases[..]).map_err(|error| format!("the cases do not decode: {error}"))?;
    let all = Answers { answers: cases.cases.iter().map(answer).collect() };
    fs::write(answers, all.encode_to_vec()).map_err(|error| format!("cannot write {answers}: {error}"))
}

fn answer(case: &Case) -> Answer {
    let answer = match &case.operation {
        Some(operation) => answer_to(operation).unwrap_or_else(answer::Answer::Error),
        None => answer::Answer::Absent(true),
    };
    Answer { answer: Some(answer) }
}

fn answer_to(operation: &Operation) -> Result<answer::Answer, String> {
    Ok(match operation {
        Operation::Merge(case) => {
            let options = ApplyOptions {
                messages: if case.replace_messages { Messages::Replace } else { Messages::Merge },
                lists: if case.replace_lists { Lists::Replace } else { Lists::Append },
                ..ApplyOptions::protobuf_util()
            };
            let mut stored = case.stored.clone().unwrap_or_default();
            let source = case.source.clone().unwrap_or_default();
            mask_of(case.mask.as_ref())?.apply_with(&mut stored, &source, options).map_err(sentence)?;
            answer::Answer::Book(stored)
        }
        Operation::Trim(case) => {
            let mut stored = case.stored.clone().unwrap_or_default();
            mask_of(case.mask.as_ref())?.project(&mut stored);
            answer::Answer::Book(stored)
        }
        Operation::Check(paths) => {
            let strict = ParseOptions { unknown: Unknown::Reject, ..ParseOptions::protobuf_util() };
            answer::Answer::Valid(parse(&strict, Some(paths)).is_ok())
        }
        Operation::Canonical(paths) => paths_of(&mask_of(Some(paths))?),
        Operation::Union(pair) => paths_of(&left_of(pair)?.union(&right_of(pair)?)),
        Operation::Intersect(pair) => paths_of(&left_of(pair)?.intersect(&right_of(pair)?)),
        Operation::Subtract(pair) => paths_of(&left_of(pair)?.subtract(&right_of(pair)?)),
        Operation::ToJson(Paths { paths }) => {
            let mask = FieldMask { paths: paths.clone() };
            answer::Answer::Text(to_json_string(&mask).map_err(|error| error.to_string())?)
        }
        Operation::FromJson(text) => {
            let FieldMask { paths } = from_json_string(text).map_err(|error| error.to_string())?;
            answer::Answer::Paths(Paths { paths })
        }
    })
}

fn left_of(pair: &Pair) -> Result<Mask<Book>, String> {
    mask_of(pair.left.as_ref())
}

fn right_of(pair: &Pair) -> Result<Mask<Book>, String> {
    mask_of(pair.right.as_ref())
}

fn mask_of(paths: Option<&Paths>) -> Result<Mask<Book>, String> {
    parse(&ParseOptions::protobuf_util(), paths).map_err(sentence)
}

fn parse(options: &ParseOptions, paths: Option<&Paths>) -> Result<Mask<Book>, Violations> {
    options.parse("mask", &FieldMask { paths: paths.cloned().unwrap_or_default().paths })
}

fn paths_of(mask: &Mask<Book>) -> answer::Answer {
    answer::Answer::Paths(Paths { paths: mask.paths() })
}

fn sentence(violations: Violations) -> String {
    violations.to_string()
}
