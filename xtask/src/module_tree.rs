//! The `lib.rs` of a crate of generated packages: nested modules that include one file each,
//! with the packages of the shared crate re-exported at the places where relative paths look for them.

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

/// Modules by name; each may include a file and may re-export a module of the shared crate.
#[derive(Debug, Default)]
pub(crate) struct ModuleTree {
    children: BTreeMap<String, Self>,
    included: Option<String>,
    shared: Option<String>,
}

impl ModuleTree {
    /// Includes the file of a package.
    pub(crate) fn include(&mut self, package: &str, file: &Path) {
        self.at(package).included = Some(file.display().to_string());
    }

    /// Re-exports a package of the shared crate.
    pub(crate) fn share(&mut self, package: &str, library: &str) {
        let path = prost_build::Module::from_protobuf_package_name(package).to_string();
        self.at(package).shared = Some(format!("::{library}::{path}"));
    }

    fn at(&mut self, package: &str) -> &mut Self {
        let module = prost_build::Module::from_protobuf_package_name(package);
        module.parts().fold(self, |tree, part| tree.children.entry(part.to_owned()).or_default())
    }

    /// The text of the crate root: a warning in any included file is an error.
    /// `attribute` stands before each module at the top, as in the tree that the plugin writes itself; it may be empty.
    pub(crate) fn root(&self, attribute: &str) -> String {
        let mut text = String::from(
            "//! Packages as the plugin wrote them.\n\n#![deny(warnings)]\n#![allow(clippy::unnecessary_clippy_cfg)]\n\n",
        );
        self.write(&mut text, attribute, 0);
        text
    }

    fn write(&self, text: &mut String, attribute: &str, depth: usize) {
        let indent = "    ".repeat(depth);
        if let Some(path) = &self.shared {
            // A package of extensions only leaves nothing to re-export.
            let _ = writeln!(text, "{indent}#[allow(unused_imports)]\n{indent}pub use {path}::*;");
        }
        if let Some(file) = &self.included {
            let _ = writeln!(text, "{indent}include!({file:?});");
        }
        for (name, child) in &self.children {
            if depth == 0 && !attribute.is_empty() {
                let _ = writeln!(text, "{attribute}");
            }
            let _ = writeln!(text, "{indent}pub mod {name} {{");
            child.write(text, attribute, depth + 1);
            let _ = writeln!(text, "{indent}}}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_nest_as_packages_do_and_keywords_are_escaped() {
        let mut tree = ModuleTree::default();
        tree.include("google.type", Path::new("/out/google.type.rs"));
        tree.include("google.cloud.v1", Path::new("/out/google.cloud.v1.rs"));
        tree.share("google.api", "shared");
        let text = tree.root("#[allow(deprecated)]");
        let body = text.split_once("cfg)]\n\n").unwrap().1;
        assert_eq!(
            body,
            r#"#[allow(deprecated)]
pub mod google {
    pub mod api {
        #[allow(unused_imports)]
        pub use ::shared::google::api::*;
    }
    pub mod cloud {
        pub mod v1 {
            include!("/out/google.cloud.v1.rs");
        }
    }
    pub mod r#type {
        include!("/out/google.type.rs");
    }
}
"#
        );
    }
}
