//! Generation from compiled protos, shared by the command and the build-script API.

use std::collections::HashMap;
use std::path::Path;

use super::compiler::{Compiled, ImportScope};
use super::error::Error;
use crate::generate::{compiles_well_known_types, generate_with_paths};
use crate::response::Generated;

/// Result of a successful run.
#[derive(Debug)]
pub(super) struct Generation {
    pub(super) generated: Generated,
    pub(super) warnings: Vec<String>,
}

/// Generates code from compiled protos. `imports` is the scope that they were compiled with.
pub(super) fn generate(compiled: &Compiled, parameters: &[String], imports: ImportScope) -> Result<Generation, Error> {
    let parameter = parameters.join(",");
    let request = if compiles_well_known_types(&parameter) {
        compiled.clone().with_well_known_types(imports)?.request(&parameter)
    } else {
        compiled.request(&parameter)
    };
    let paths: HashMap<&str, &Path> =
        compiled.sources().iter().map(|source| (source.name.as_str(), source.path.as_path())).collect();
    let path_of = |name: &str| paths.get(name).map(|path| path.display().to_string());
    let response = generate_with_paths(request, path_of).map_err(Error::new)?;
    match response.result {
        Ok(generated) => Ok(Generation { generated, warnings: response.warnings }),
        Err(errors) => {
            let all: Vec<String> = std::iter::once(errors).chain(response.warnings).collect();
            Err(Error::new(all.join("\n")))
        }
    }
}
