//! Error messages of the compiler.

use super::*;

fn errors(project: &Project, compiler: Compiler) -> String {
    project.shorten(compiler.compile().unwrap_err())
}

#[test]
fn compile_reports_all_errors_of_list() {
    let project = Project::new(&[
        ("proto/a.proto", "syntax = 'proto3';"),
        ("first/a.proto", "syntax = 'proto3';"),
        ("other/shop/v1/b.proto", "syntax = 'proto3'; package shop.v1;"),
        ("empty/readme.md", ""),
    ]);
    for compiler in compilers() {
        let text = errors(
            &project,
            compiler.includes(["first", "proto", "none"].map(|dir| project.path(dir))).files(
                ["empty", "other/shop/v1/b.proto", "proto/a.proto", "gone.proto"].map(|file| project.path(file)),
            ),
        );
        assert_eq!(
            text,
            "error: no `.proto` file in folder `empty`
  help: list the files, or another folder
error: file `gone.proto` does not exist
  help: check the path; the current directory and the include directories `first`, `proto` were searched
other/shop/v1/b.proto: error: the file is not in any include directory
  help: add the include directory `other` (`-I other`)
proto/a.proto: error: `first/a.proto` hides this file: both are `a.proto` to an import
  help: list the other file, or put this one's include directory first
warning: include directory `none` does not exist"
        );
    }
}

#[test]
fn empty_list_is_error() {
    let project = Project::new(&[("google/api/http.proto", "syntax = 'proto3';")]);
    assert_eq!(
        errors(&project, Compiler::new()),
        "error: no proto file is listed
  help: list at least one `.proto` file, or a folder with `.proto` files"
    );
    assert_eq!(
        errors(&project, Compiler::new().file(project.path(""))),
        "error: every listed file is a bundled file or a well-known type in a folder
  help: list files of your own, or list the file itself to generate code for it"
    );
}

#[test]
fn messages_of_both_backends_have_same_format() {
    let project = Project::new(&[
        ("proto/a.proto", "syntax = 'proto3';\nmessage A {\n  Nope n = 1;\n}\n"),
        ("proto/b.proto", "syntax = 'proto3';\nimport 'shop/gone.proto';\nmessage B { string s = 1; int32 t = 1; }\n"),
        ("proto/c.proto", "syntax = 'proto3';\nmessage {\n"),
        ("proto/d.proto", "syntax = 'proto3';\nimport 'c.proto';\n"),
    ]);
    let [protoc, protox] = compilers();
    assert_eq!(
        errors(&project, protoc.file(project.path("proto"))),
        r#"proto/a.proto:3:3: error: "Nope" is not defined
proto/b.proto:2:1: error: import `shop/gone.proto` was not found
  help: add the include directory (`-I`) that contains `shop/gone.proto`
proto/b.proto:3:37: error: Field number 1 has already been used in "B" by field "s". Next available field number is 2
proto/c.proto:2:9: error: Expected message name
proto/d.proto:2:1: error: Import "c.proto" was not found or had errors"#
    );
    assert_eq!(
        errors(&project, protox.file(project.path("proto"))),
        "proto/a.proto:3:3: error: name 'Nope' is not defined
proto/b.proto:2:1: error: import `shop/gone.proto` was not found
  help: add the include directory (`-I`) that contains `shop/gone.proto`
proto/c.proto:2:9: error: expected an identifier, but found '{'"
    );
}

#[test]
fn error_with_two_labels_has_position_of_error() {
    let project = Project::new(&[
        ("a.proto", "syntax = 'proto3';\nmessage A {\n  string one = 1;\n  string two = 1;\n}\n"),
        ("b.proto", "syntax = 'proto3';\nmessage B {}\nenum B { Z = 0; }\n"),
    ]);
    for compiler in compilers() {
        let error = compiler.file(project.path("")).compile().unwrap_err();
        let positions = error.messages.iter().filter_map(|message| message.position);
        let lines: Vec<_> = positions.map(|position| position.line).collect();
        assert_eq!(lines, [4, 3], "{error}");
    }
}

/// protox recurses, and a stack overflow would abort the process.
#[test]
fn deep_input_does_not_overflow_stack() {
    let nested = format!(
        "syntax = 'proto3'; import 'google/api/annotations.proto'; message M {{}}
        service S {{ rpc A(M) returns (M) {{ option (google.api.http) = {{ {}{} }}; }} }}",
        "additional_bindings {".repeat(10_000),
        "}".repeat(10_000)
    );
    let project = Project::new(&[("nested.proto", &nested)]);
    for n in 0..1500 {
        project.write(&format!("chain/{n}.proto"), &format!("syntax = 'proto3'; import '{}.proto';", n + 1));
    }
    project.write("chain/1500.proto", "syntax = 'proto3';");

    let [protoc, protox] = compilers();
    assert_eq!(
        errors(&project, protox.clone().file(project.path("nested.proto"))),
        "nested.proto:2:2130: error: more than 100 brackets are open here"
    );
    assert_eq!(
        errors(&project, protox.clone().file(project.path("chain/0.proto"))),
        "chain/1001.proto: error: a chain of more than 1000 imports leads to this file"
    );
    protox.file(project.path("chain/501.proto")).compile().unwrap();
    // protoc crashes on this input, and the crash is reported.
    let text = errors(&project, protoc.file(project.path("nested.proto")));
    assert!(text.contains("error: "), "{text}");
}

#[test]
fn compiled_has_warnings() {
    let project =
        Project::new(&[("a.proto", "syntax = 'proto3';\nimport 'b.proto';\n"), ("b.proto", "syntax = 'proto3';\n")]);
    let compiled =
        Compiler::new().include(project.path("")).include(project.path("none")).file("a.proto").compile().unwrap();
    let warnings: Vec<_> = compiled.warnings().iter().map(|warning| project.shorten(warning)).collect();
    assert_eq!(
        warnings,
        ["warning: include directory `none` does not exist", "a.proto:2:1: warning: Import b.proto is unused",]
    );
}

#[test]
fn selected_protoc_that_does_not_run_is_error() {
    let project = Project::new(&[("a.proto", "syntax = 'proto3';"), ("no-protoc", "")]);
    let file = project.path("a.proto");
    let gone = project.path("gone");
    assert_eq!(
        errors(&project, Compiler::new().protoc(&gone).file(&file)),
        "error: protoc `gone` does not exist
  help: give the path of a protoc binary, or none to use the one that Transom includes"
    );
    assert_eq!(
        errors(&project, Compiler::new().protoc_from_environment(Some(&gone)).file(&file)),
        "error: protoc `gone`, named by PROTOC, does not exist
  help: give the path of a protoc binary, or none to use the one that Transom includes"
    );
    let text = errors(&project, Compiler::new().protoc(project.path("no-protoc")).file(&file));
    assert!(text.starts_with("error: protoc `no-protoc` does not run: "), "{text}");

    // Who asks in code is not overruled by the environment; an empty variable is none.
    Compiler::new().pure_rust().protoc_from_environment(Some(&gone)).file(&file).compile().unwrap();
    Compiler::new().protoc_from_environment(Some("")).file(&file).compile().unwrap();
}

#[cfg(unix)]
#[test]
fn program_other_than_protoc_is_error() {
    let text = Compiler::new().protoc("true").backend().unwrap_err().to_string();
    assert!(text.starts_with("error: protoc `true` is not protoc: `--version` prints `"), "{text}");
}

#[cfg(unix)]
#[test]
fn path_with_separator_is_error_for_protoc() {
    let project = Project::new(&[("a:b/a.proto", "syntax = 'proto3';")]);
    let [protoc, protox] = compilers();
    assert_eq!(
        errors(&project, protoc.file(project.path("a:b/a.proto"))).lines().next().unwrap(),
        "error: protoc cannot read `a:b`: protoc splits the path at `:`"
    );
    protox.file(project.path("a:b/a.proto")).compile().unwrap();
}

#[test]
fn unsupported_edition_is_error_of_all_backends() {
    let project = Project::new(&[
        ("a.proto", "syntax = 'proto3';"),
        ("b.proto", "// Too new.\nedition = 'UNSTABLE';\nmessage B {}\n"),
        ("c.proto", "edition = '2022';\n"),
    ]);
    for compiler in compilers() {
        assert_eq!(
            errors(&project, compiler.file(project.path(""))),
            "b.proto:2:1: error: edition `UNSTABLE` is not supported
  help: use proto2, proto3, edition 2023 or edition 2024
c.proto:1:1: error: edition `2022` is not supported
  help: use proto2, proto3, edition 2023 or edition 2024"
        );
    }
}
