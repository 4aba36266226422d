//! Options: what a user can ask for, and the one table that says so.
//!
//! The table drives parsing, `--help` and the README's list. A value is checked when it is read, so that emitters
//! cannot meet a bad one.

mod apply;
mod extern_paths;
mod parameter;
mod selection;
mod table;

pub(crate) use extern_paths::ExternPaths;
pub(crate) use selection::{Elements, Selection};
pub use table::{help, markdown};

use crate::diagnostic::{Diagnostic, Diagnostics};

/// Name of the output file of the option `dump_model`.
pub(crate) const DUMP_FILE: &str = "transom.model.txt";

/// Everything that a user can choose.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Options {
    pub(crate) messages: bool,
    pub(crate) server: bool,
    pub(crate) client: bool,
    pub(crate) descriptor_set: bool,
    pub(crate) include_file: Option<String>,
    pub(crate) default_package_filename: String,
    pub(crate) compile_well_known_types: bool,
    pub(crate) retain_enum_prefix: bool,
    pub(crate) dump_model: bool,
    /// Whether a path that matches nothing is an error.
    pub(crate) strict: bool,
    /// The paths of all options, in the order given.
    pub(crate) selections: Vec<Selection>,
    field_mask: Option<FieldMasks>,
    pub(crate) field_mask_root: Vec<String>,
    pub(crate) required_fields: bool,
    pagination: Option<bool>,
    /// Paths of methods, and names of the fields that hold their items.
    pub(crate) pagination_items: Vec<(String, String)>,
    pub(crate) pagination_except: Vec<String>,
    extern_fields: Vec<String>,
    extern_derives: Vec<String>,
    pub(crate) bytes: Vec<String>,
    pub(crate) btree_map: Vec<String>,
    pub(crate) boxed: Vec<String>,
    pub(crate) disable_comments: Vec<String>,
    pub(crate) skip_debug: Vec<String>,
    pub(crate) attributes: Attributes,
    extern_path: Vec<(String, String)>,
    resolved_extern_paths: ExternPaths,
}

/// Which messages have their fields described.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldMasks {
    /// Those that update and read requests reach, and the ones that an option names.
    Reached,
    All,
    Off,
}

/// Attributes to put on generated items: proto path, and the attribute's text.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Attributes {
    pub(crate) types: Vec<(String, String)>,
    pub(crate) messages: Vec<(String, String)>,
    pub(crate) enums: Vec<(String, String)>,
    pub(crate) fields: Vec<(String, String)>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            messages: true,
            server: true,
            client: true,
            descriptor_set: false,
            include_file: None,
            default_package_filename: "_".to_owned(),
            compile_well_known_types: false,
            retain_enum_prefix: false,
            dump_model: false,
            strict: false,
            selections: Vec::new(),
            field_mask: None,
            field_mask_root: Vec::new(),
            required_fields: true,
            pagination: None,
            pagination_items: Vec::new(),
            pagination_except: Vec::new(),
            extern_fields: Vec::new(),
            extern_derives: Vec::new(),
            bytes: Vec::new(),
            btree_map: Vec::new(),
            boxed: Vec::new(),
            disable_comments: Vec::new(),
            skip_debug: Vec::new(),
            attributes: Attributes::default(),
            extern_path: Vec::new(),
            resolved_extern_paths: ExternPaths::new(&[], false),
        }
    }
}

impl Options {
    /// Reads the plugin's parameter; every problem in it is reported.
    pub(crate) fn parse(text: &str, diagnostics: &mut Diagnostics) -> Self {
        let mut options = Self::default();
        for option in parameter::split(text) {
            if let Err(problem) = apply::apply(&mut options, &option) {
                diagnostics.error(Diagnostic::option(problem.message).help(problem.help));
            }
        }
        options.resolved_extern_paths = ExternPaths::new(&options.extern_path, options.compile_well_known_types);
        options
    }

    /// Which messages have their fields described.
    ///
    /// A crate of bare messages gets nothing that needs the runtime unless an option asks for it.
    pub(crate) fn field_masks(&self) -> FieldMasks {
        let is_asked_for = self.server || self.client || !self.field_mask_root.is_empty();
        self.field_mask.unwrap_or(if is_asked_for { FieldMasks::Reached } else { FieldMasks::Off })
    }

    /// Whether lists are recognised; as for masks, not in a crate of bare messages.
    pub(crate) fn lists(&self) -> bool {
        self.pagination.unwrap_or(self.server || self.client || !self.pagination_items.is_empty())
    }

    /// The field of the response that holds the items of a method, as an option says.
    pub(crate) fn items_of(&self, method: &str) -> Option<&str> {
        self.pagination_items.iter().find(|(path, _)| path == method).map(|(_, field)| field.as_str())
    }

    /// Where types live that are not generated.
    pub(crate) fn extern_paths(&self) -> &ExternPaths {
        &self.resolved_extern_paths
    }

    /// Whether a type that lives elsewhere is what prost makes of its proto, as an option says.
    pub(crate) fn has_extern_fields(&self, full_name: &str) -> bool {
        self.extern_fields.iter().any(|prefix| is_under(full_name, prefix))
    }

    /// Whether a type that lives elsewhere implements what prost derives for its proto, as an option says.
    pub(crate) fn has_extern_derives(&self, full_name: &str) -> bool {
        self.extern_derives.iter().any(|prefix| is_under(full_name, prefix))
    }

    /// Whether a `bytes` field is `bytes::Bytes`; the values of a map go by the name `value`.
    pub(crate) fn is_shared_bytes(&self, message: &str, field: &str) -> bool {
        selects(&self.bytes, message, field)
    }

    /// Whether a map is a `BTreeMap`.
    pub(crate) fn is_btree_map(&self, message: &str, field: &str) -> bool {
        selects(&self.btree_map, message, field)
    }
}

/// Whether one of the paths names a field, or something around it.
fn selects(paths: &[String], message: &str, field: &str) -> bool {
    !paths.is_empty() && {
        let full_name = format!("{message}.{field}");
        paths.iter().any(|prefix| is_under(&full_name, prefix))
    }
}

/// Whether a proto path is the given one or lies under it; `.` holds everything.
pub(crate) fn is_under(path: &str, prefix: &str) -> bool {
    prefix == "." || path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
