//! Resolution of listed files, and their import names.

use super::*;

const A: &str = "syntax = 'proto3'; package shop.v1; message A {}";

#[test]
fn name_is_relative_to_first_include_directory() {
    let project = Project::new(&[("proto/shop/v1/a.proto", A)]);
    for compiler in compilers() {
        for (includes, expected) in [
            (vec!["proto"], "shop/v1/a.proto"),
            (vec!["proto/shop", "proto"], "v1/a.proto"),
            (vec!["proto/../proto"], "shop/v1/a.proto"),
        ] {
            let compiled = compiler
                .clone()
                .includes(includes.iter().map(|dir| project.path(dir)))
                .file(project.path("proto/shop/v1/a.proto"))
                .compile()
                .unwrap();
            assert_eq!(compiled.files_to_generate(), [expected]);
            assert_eq!(names(compiled.sources()), [expected]);
        }
    }
}

#[test]
fn include_directory_is_derived_from_package() {
    let project = Project::new(&[
        (
            "proto/shop/v1/a.proto",
            "syntax = 'proto3'; package shop.v1; import 'shop/v1/b.proto'; message A { B b = 1; }",
        ),
        ("proto/shop/v1/b.proto", "syntax = 'proto3'; package shop.v1; message B {}"),
        ("flat/a.proto", "syntax = 'proto3'; package shop.v1; import 'b.proto'; message A { B b = 1; }"),
        ("flat/b.proto", "syntax = 'proto3'; package shop.v1; message B {}"),
    ]);
    for compiler in compilers() {
        let compiled = compiler.clone().file(project.path("proto/shop/v1/a.proto")).compile().unwrap();
        assert_eq!(compiled.files_to_generate(), ["shop/v1/a.proto"]);
        assert_eq!(names(compiled.sources()), ["shop/v1/b.proto", "shop/v1/a.proto"]);
        assert_eq!(compiled.sources()[0].path, project.path("proto/shop/v1/b.proto"));

        let compiled = compiler.file(project.path("flat/a.proto")).compile().unwrap();
        assert_eq!(compiled.files_to_generate(), ["a.proto"]);
    }
}

#[test]
fn folder_stands_for_its_files_sorted_by_path() {
    let project = Project::new(&[
        ("proto/z.proto", A),
        ("proto/b/c.proto", "syntax = 'proto3'; package c;"),
        ("proto/a.proto", "syntax = 'proto3'; package a;"),
        ("proto/readme.md", "no proto"),
        ("proto/.git/x.proto", "not for us"),
        ("proto/google/api/http.proto", "syntax = 'proto3'; package google.api; message Http { string own = 1; }"),
        ("proto/google/protobuf/none.proto", "syntax = 'proto3';"),
    ]);
    for compiler in compilers() {
        let compiled = compiler.file(project.path("proto")).compile().unwrap();
        assert_eq!(compiled.files_to_generate(), ["a.proto", "b/c.proto", "z.proto"]);
    }
}

#[test]
fn duplicate_file_is_generated_once() {
    let project = Project::new(&[("a.proto", A), ("b.proto", "syntax = 'proto3';")]);
    for compiler in compilers() {
        let compiled = compiler
            .include(project.path(""))
            .file(project.path("b.proto"))
            .file("a.proto")
            .file(project.path("./b.proto"))
            .file(project.path(""))
            .compile()
            .unwrap();
        assert_eq!(compiled.files_to_generate(), ["b.proto", "a.proto"]);
    }
}

#[test]
fn user_copy_has_precedence_over_bundled_file() {
    let user = "syntax = 'proto3'; package u; import 'google/rpc/status.proto'; message U { google.rpc.Status s = 1; }";
    let own = "syntax = 'proto3'; package google.rpc; message Own {} message Status {}";
    let project = Project::new(&[("plain/u.proto", user), ("own/u.proto", user), ("own/google/rpc/status.proto", own)]);
    for compiler in compilers() {
        let compiled = compiler.clone().file(project.path("plain/u.proto")).compile().unwrap();
        assert_eq!(message_names(&compiled, "google/rpc/status.proto"), ["Status"]);
        assert_eq!(names(compiled.sources()), ["u.proto"]);

        let compiled = compiler.clone().file(project.path("own/u.proto")).compile().unwrap();
        assert_eq!(message_names(&compiled, "google/rpc/status.proto"), ["Own", "Status"]);
        assert_eq!(names(compiled.sources()), ["google/rpc/status.proto", "u.proto"]);

        // A bundled file can be generated, too, by its name.
        let compiled = compiler.file("google/rpc/status.proto").compile().unwrap();
        assert_eq!(compiled.files_to_generate(), ["google/rpc/status.proto"]);
        assert_eq!(message_names(&compiled, "google/rpc/status.proto"), ["Status"]);
    }
}

#[test]
fn all_bundled_files_compile() {
    for compiler in compilers() {
        let compiled = compiler.files(bundled::FILES.iter().map(|file| file.name)).compile().unwrap();
        assert_eq!(compiled.files_to_generate().len(), bundled::FILES.len());
        assert_eq!(compiled.warnings(), []);
    }
}

#[test]
fn special_characters_in_paths_are_accepted() {
    let project = Project::new(&[(
        "a=b c/ü/x.proto",
        "syntax = 'proto3'; package x; import 'ü/y.proto'; message X { Y y = 1; }",
    )]);
    project.write("a=b c/ü/y.proto", "syntax = 'proto3'; package x; message Y {}");
    for compiler in compilers() {
        let compiled = compiler.include(project.path("a=b c")).file(project.path("a=b c/ü/x.proto")).compile().unwrap();
        assert_eq!(compiled.files_to_generate(), ["ü/x.proto"]);
    }
}

#[cfg(unix)]
#[test]
fn links_are_followed_without_loop() {
    let project = Project::new(&[("real/a.proto", A)]);
    fs::create_dir(project.path("proto")).unwrap();
    std::os::unix::fs::symlink(project.path("real"), project.path("proto/linked")).unwrap();
    std::os::unix::fs::symlink(project.path("proto"), project.path("proto/again")).unwrap();
    for compiler in compilers() {
        let compiled = compiler.clone().file(project.path("proto")).compile().unwrap();
        assert_eq!(compiled.files_to_generate(), ["linked/a.proto"]);
        // Only with the link resolved, the file lies in the include directory.
        let compiled =
            compiler.include(project.path("real")).file(project.path("proto/linked/a.proto")).compile().unwrap();
        assert_eq!(compiled.files_to_generate(), ["a.proto"]);
    }
}
