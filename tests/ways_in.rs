//! Comparison of the ways in: the plugin under protoc, the command, the build-script API and a descriptor set write the
//! same bytes. buf is compared in `.ci/ways-in`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use transom_build::__internal::{Backend, Compiler, ImportScope};

const OPTIONS: [&str; 2] = ["include_file=mod.rs", "descriptor_set=true"];

fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/ok").join(name)
}

fn files(directory: &Path) -> BTreeMap<String, String> {
    let read = |entry: std::fs::DirEntry| {
        let name = entry.file_name().into_string().unwrap();
        (name, std::fs::read_to_string(entry.path()).unwrap())
    };
    std::fs::read_dir(directory).unwrap().map(|entry| read(entry.unwrap())).collect()
}

fn by_command(folder: &Path, more: &[&str]) -> BTreeMap<String, String> {
    let out = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_protoc-gen-transom"));
    command.args(["generate", "--imports", "all", "-I"]).arg(folder).arg("--out").arg(out.path());
    for option in OPTIONS {
        command.args(["--opt", option]);
    }
    let output = command.args(more).arg(folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert!(stdout.starts_with("generated ") && stdout.lines().count() == 1, "{stdout}");
    files(out.path())
}

fn by_library(folder: &Path) -> BTreeMap<String, String> {
    let out = tempfile::tempdir().unwrap();
    let mut config = transom_build::configure().out_dir(out.path()).imports(ImportScope::AllImports);
    for option in OPTIONS {
        let (name, value) = option.split_once('=').unwrap();
        config = config.option(name, value);
    }
    config.compile_protos(&[folder], &[folder]).unwrap();
    files(out.path())
}

fn by_descriptor_set(folder: &Path) -> BTreeMap<String, String> {
    let compiled = Compiler::new().include(folder).file(folder).imports(ImportScope::AllImports).compile().unwrap();
    let out = tempfile::tempdir().unwrap();
    let names: Vec<&str> = compiled.files_to_generate().iter().map(String::as_str).collect();
    let mut config = transom_build::configure().out_dir(out.path()).imports(ImportScope::Listed);
    for option in OPTIONS {
        let (name, value) = option.split_once('=').unwrap();
        config = config.option(name, value);
    }
    config.compile_descriptor_set(compiled.descriptor_set(), &names).unwrap();
    files(out.path())
}

/// protoc itself runs the plugin; the same files, in the opposite order.
fn by_protoc(folder: &Path) -> BTreeMap<String, String> {
    let compiler = Compiler::new().include(folder).file(folder).imports(ImportScope::AllImports);
    let Backend::Protoc(protoc) = compiler.backend().unwrap() else { panic!("there is no protoc to run the plugin") };
    let compiled = compiler.compile().unwrap();
    let set = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(set.path(), compiled.descriptor_set()).unwrap();
    let out = tempfile::tempdir().unwrap();
    let output = Command::new(protoc.path)
        .arg(format!("--descriptor_set_in={}", set.path().display()))
        .arg(format!("--plugin=protoc-gen-transom={}", env!("CARGO_BIN_EXE_protoc-gen-transom")))
        .arg(format!("--transom_out={}", out.path().display()))
        .arg(format!("--transom_opt={}", OPTIONS.join(",")))
        .args(compiled.files_to_generate().iter().rev())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    files(out.path())
}

#[test]
fn all_ways_in_give_same_bytes() {
    for name in ["ecommerce", "mixed_syntax", "nested_packages", "comments", "annotated", "field_masks"] {
        let folder = case(name);
        let command = by_command(&folder, &[]);
        assert!(command.len() > 1, "{name}: {:?}", command.keys());
        assert_eq!(command, by_library(&folder), "{name}: the library differs");
        assert_eq!(command, by_descriptor_set(&folder), "{name}: the descriptor set differs");
        assert_eq!(command, by_protoc(&folder), "{name}: protoc differs");
    }
}

#[test]
fn second_run_writes_nothing() {
    let folder = case("user_orders");
    let out = tempfile::tempdir().unwrap();
    let generate = || {
        transom_build::configure().out_dir(out.path()).compile_protos(&[&folder], &[&folder]).unwrap();
        std::fs::metadata(out.path().join("user.rs")).unwrap().modified().unwrap()
    };
    assert_eq!(generate(), generate());
}

/// Returns the output of `--dump-model` for a case.
fn model(name: &str) -> String {
    let folder = case(name);
    let output = Command::new(env!("CARGO_BIN_EXE_protoc-gen-transom"))
        .args(["generate", "--dump-model", "-I"])
        .arg(&folder)
        .arg("--out")
        .arg(tempfile::tempdir().unwrap().path())
        .arg(&folder)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn dump_model_prints_each_pass() {
    let model = model("ecommerce");
    for expected in [
        "== after files:",
        "== after messages:",
        "message .ecommerce.v1.User Plain -> User",
        "GetUser Unary .ecommerce.v1.GetUserRequest -> .ecommerce.v1.GetUserResponse as get_user",
        "(google.api.http) 72295728:",
        "package \"ecommerce.v1\" -> ecommerce::v1",
    ] {
        assert!(model.contains(expected), "no {expected:?} in\n{model}");
    }
}

#[test]
fn dump_model_names_used_page_size() {
    let model = model("list_requests");
    assert!(model.contains("by page_size page_token, not by max_results, in authors"), "{model}");
    assert_eq!(model.matches(", not by max_results").count(), 1, "{model}");
}

#[test]
fn dump_model_prints_custom_options_of_all_elements() {
    let model = model("custom_options");
    for (element, option) in [
        ("options/options.proto package=", "file_extra"),
        ("message .options.Annotated ", "message_extra"),
        ("name = 1: Singular(Implicit)", "field_extra"),
        ("oneof choice ", "oneof_flag"),
        ("enum .options.Level ", "enum_weight"),
        ("LEVEL_HIGH = 1", "value_label"),
        ("service options.Annotating ", "service_host"),
        ("Annotate Unary ", "method_extra"),
    ] {
        let mut lines = model.lines().skip_while(|line| !line.trim_start().starts_with(element));
        assert!(lines.next().is_some(), "no {element:?} in\n{model}");
        let found = lines.next().unwrap_or_default().trim_start();
        assert!(found.starts_with(&format!("(options.{option}) ")), "{element:?} is followed by {found:?}");
    }
}

/// The command in a folder that holds `files`, with these arguments.
fn command_in(files: &[(&str, &[u8])], arguments: &[&str]) -> (tempfile::TempDir, Output) {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    let output = again(&folder, arguments);
    (folder, output)
}

fn again(folder: &tempfile::TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_protoc-gen-transom"));
    command.current_dir(folder.path()).arg("generate").args(arguments).output().unwrap()
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Two fields that are one in Rust.
const CLASH: &[u8] =
    b"syntax = 'proto2';\npackage shop.v1;\nmessage A {\n  optional bool ab_c = 1;\n  optional bool ab__c = 2;\n}\n";

#[test]
fn errors_have_paths_as_given() {
    for include in ["protos", "./protos", "protos/../protos"] {
        let (_folder, output) =
            command_in(&[("protos/shop/v1/a.proto", CLASH)], &["-I", include, "-o", "out", "protos/shop/v1/a.proto"]);
        let stderr = said(&output.stderr);
        assert!(stderr.contains(&format!("\n{include}/shop/v1/a.proto:5:3: error: ")), "{stderr}");
        assert!(stderr.contains(&format!("\n  {include}/shop/v1/a.proto:4:3: field")), "{stderr}");
    }
    let (_folder, output) = command_in(&[("a.proto", CLASH)], &["-I", ".", "-o", "out", "a.proto"]);
    assert!(said(&output.stderr).contains("\na.proto:5:3: error: "), "{}", said(&output.stderr));
}

#[test]
fn build_script_error_has_one_marker() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.proto"), CLASH).unwrap();
    let file = folder.path().join("a.proto");
    let run = |name: &str| {
        let config = transom_build::configure().out_dir(folder.path().join("out")).option(name, "x");
        config.compile_protos(&[&file], &[folder.path()]).unwrap_err()
    };
    // Cargo shows a build script's error as `Error: ` and its `Debug`.
    let clash = run("default_package_filename");
    assert!(format!("{clash:?}").starts_with(&format!("{}:5:3: field `ab__c`", file.display())), "{clash:?}");
    assert!(!clash.to_string().contains("error:"), "{clash}");
    let both = run("servr");
    assert!(both.to_string().starts_with("unknown option `servr`\n  help: "), "{both}");
    assert_eq!(both.to_string().matches("error:").count(), 1, "{both}");
    let compiler = Compiler::new().file("gone.proto").compile().unwrap_err();
    assert!(format!("{compiler:?}").starts_with("file `gone.proto` does not exist"), "{compiler:?}");
    let compile = transom_build::compile_protos(&["gone.proto"], &[folder.path()]).unwrap_err();
    assert!(format!("{compile:?}").starts_with("file `gone.proto` does not exist"), "{compile:?}");
}

#[test]
fn output_directory_that_is_file_is_error() {
    let proto: &[u8] = b"syntax = 'proto3'; message A {}";
    let (folder, output) = command_in(&[("a.proto", proto), ("out", b"mine")], &["-o", "out", "a.proto"]);
    assert_eq!(output.status.code(), Some(1));
    let stderr = said(&output.stderr);
    assert!(
        stderr.contains("error: cannot write into the folder `out`: `out` is a file\n  help: name a folder"),
        "{stderr}"
    );
    assert_eq!(std::fs::read(folder.path().join("out")).unwrap(), b"mine");
}

#[test]
fn clean_removes_only_what_an_earlier_run_wrote() {
    let proto = |package: &str| format!("syntax = 'proto3'; package {package}; message A {{}}").into_bytes();
    let (old, new) = (proto("old"), proto("new"));
    let options = ["-o", "out", "--opt", "include_file=tree/mod.rs"];
    let with = |more: &[&'static str]| [&options[..], more].concat();
    let (folder, output) = command_in(&[("old.proto", &old), ("new.proto", &new)], &with(&["old.proto"]));
    assert!(output.status.success(), "{}", said(&output.stderr));
    for mine in ["out/mine.rs", "out/tree/mine.rs"] {
        std::fs::write(folder.path().join(mine), "// by hand\n").unwrap();
    }
    let exists = |name: &str| folder.path().join(name).exists();

    let output = again(&folder, &with(&["new.proto"]));
    assert!(!said(&output.stdout).contains("old.rs") && exists("out/old.rs"));

    let output = again(&folder, &with(&["--clean=list", "new.proto"]));
    assert!(said(&output.stdout).starts_with("stale out/old.rs\ngenerated 2 files"), "{}", said(&output.stdout));
    assert!(exists("out/old.rs"));

    let output = again(&folder, &with(&["--clean", "gone.proto"]));
    assert!(!output.status.success() && exists("out/old.rs"), "a run that fails removes nothing");

    let output = again(&folder, &with(&["--clean", "new.proto"]));
    assert!(said(&output.stdout).starts_with("removed out/old.rs\ngenerated 2 files"), "{}", said(&output.stdout));
    assert!(!exists("out/old.rs"));
    for kept in ["out/new.rs", "out/tree/mod.rs", "out/mine.rs", "out/tree/mine.rs", "old.proto"] {
        assert!(exists(kept), "{kept}");
    }
    assert_eq!(again(&folder, &with(&["--clean=all", "new.proto"])).status.code(), Some(2));
}

#[test]
fn comment_with_invalid_utf8_is_warning() {
    let proto = b"syntax = 'proto3';\npackage shop.v1;\n// Gr\xf6\xdfe.\nmessage A {\n  // \xe4\n  string b = 1;\n}\n";
    let (folder, output) = command_in(&[("protos/shop/v1/a.proto", proto)], &["-o", "out", "protos/shop/v1/a.proto"]);
    assert!(output.status.success(), "{}", said(&output.stderr));
    let stderr = said(&output.stderr);
    let expected =
        "protos/shop/v1/a.proto:4:1: warning: this comment, and 1 more of the file, have bytes that are not UTF-8";
    assert!(stderr.contains(expected), "{stderr}");
    let content = std::fs::read_to_string(folder.path().join("out/shop.v1.rs")).unwrap();
    assert!(content.contains("/// Gr\u{fffd}\u{fffd}e."), "{content}");
}

#[test]
fn empty_descriptor_set_is_error() {
    for selected in [&[][..], &["a.proto"]] {
        let (_folder, output) = command_in(
            &[("empty.binpb", b"")],
            &[&["-o", "out", "--descriptor-set", "empty.binpb"], selected].concat(),
        );
        let stderr = said(&output.stderr);
        assert!(stderr.contains("error: the descriptor set has no files\n  help: make it with"), "{stderr}");
    }
}

#[test]
fn option_path_without_element_is_warning_of_command() {
    let proto: &[u8] = b"syntax = 'proto3'; package shop; message Item { bytes icon = 1; }";
    let (_folder, output) = command_in(&[("a.proto", proto)], &["-o", "out", "--opt", "bytes=.shop.Itme", "a.proto"]);
    assert!(output.status.success());
    assert!(said(&output.stderr).contains("warning: option `bytes`"), "{}", said(&output.stderr));
    let (_folder, output) =
        command_in(&[("a.proto", proto)], &["-o", "out", "--opt", "bytes=.shop.Itme,strict_options", "a.proto"]);
    assert!(!output.status.success());
    assert!(said(&output.stderr).contains("error: option `bytes`"), "{}", said(&output.stderr));
}
