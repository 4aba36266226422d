//! Layout as settings of prost-build.

use prost_build::Config;

use super::boxing::paths;
use super::{BoxReason, Layout};
use crate::model::Model;
use crate::options::Options;

impl Layout {
    /// Paths of the fields that prost-build boxes only on request.
    pub(crate) fn requested_boxes(&self, model: &Model) -> Vec<String> {
        let mut requested = Vec::new();
        for (id, message) in model.message_ids() {
            for (field, node) in message.fields() {
                if let Some(BoxReason::Requested | BoxReason::GroupCycle) = self.field(id, field).storage.boxed() {
                    requested.extend(paths(message, node));
                }
            }
        }
        requested
    }
}

/// Configures the types of prost-build like the layout.
pub(crate) fn configure_types(options: &Options, requested_boxes: &[String], config: &mut Config) {
    // The extern paths contain those of the well-known types, which options may move. prost-build rejects a path that it
    // knows already.
    config.compile_well_known_types();
    for (proto, rust) in options.extern_paths().pairs() {
        config.extern_path(proto, rust);
    }
    config.bytes(&options.bytes);
    config.btree_map(&options.btree_map);
    for path in requested_boxes {
        config.boxed(path);
    }
}
