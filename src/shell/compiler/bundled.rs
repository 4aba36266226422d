//! Bundled proto files: common imports that need no vendored copy.
//!
//! They are Transom's own declarations, wire-compatible with the originals: names, numbers, types and extension numbers
//! are the same. The implementations of the rules in `buf/validate/validate.proto` are omitted; see the header of that
//! file.
//!
//! The well-known types (`google/protobuf/*`) are not bundled, because each compiler has its own.

/// Bundled file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bundled {
    /// Import name.
    pub(crate) name: &'static str,
    pub(crate) source: &'static str,
}

/// Returns the bundled file with the import name `name`.
pub(crate) fn find(name: &str) -> Option<&'static Bundled> {
    let at = FILES.binary_search_by(|file| file.name.cmp(name)).ok()?;
    FILES.get(at)
}

/// Returns `true` for the import name of a bundled file or of a well-known type.
pub(crate) fn is_common_import(name: &str) -> bool {
    name.starts_with("google/protobuf/") || find(name).is_some()
}

/// Includes the files with these names in the folder `bundled`.
macro_rules! bundle {
    ($($name:literal,)*) => {
        &[$(Bundled {
            name: $name,
            source: include_str!(concat!("../../../bundled/", $name)),
        },)*]
    };
}

/// All bundled files, sorted by name.
pub(crate) const FILES: &[Bundled] = bundle![
    "buf/validate/validate.proto",
    "google/api/annotations.proto",
    "google/api/auth.proto",
    "google/api/backend.proto",
    "google/api/billing.proto",
    "google/api/client.proto",
    "google/api/config_change.proto",
    "google/api/consumer.proto",
    "google/api/context.proto",
    "google/api/control.proto",
    "google/api/distribution.proto",
    "google/api/documentation.proto",
    "google/api/endpoint.proto",
    "google/api/error_reason.proto",
    "google/api/field_behavior.proto",
    "google/api/field_info.proto",
    "google/api/http.proto",
    "google/api/httpbody.proto",
    "google/api/label.proto",
    "google/api/launch_stage.proto",
    "google/api/log.proto",
    "google/api/logging.proto",
    "google/api/metric.proto",
    "google/api/monitored_resource.proto",
    "google/api/monitoring.proto",
    "google/api/policy.proto",
    "google/api/quota.proto",
    "google/api/resource.proto",
    "google/api/routing.proto",
    "google/api/service.proto",
    "google/api/source_info.proto",
    "google/api/system_parameter.proto",
    "google/api/usage.proto",
    "google/api/visibility.proto",
    "google/longrunning/operations.proto",
    "google/rpc/code.proto",
    "google/rpc/context/attribute_context.proto",
    "google/rpc/context/audit_context.proto",
    "google/rpc/error_details.proto",
    "google/rpc/http.proto",
    "google/rpc/status.proto",
    "google/type/calendar_period.proto",
    "google/type/color.proto",
    "google/type/date.proto",
    "google/type/datetime.proto",
    "google/type/dayofweek.proto",
    "google/type/decimal.proto",
    "google/type/expr.proto",
    "google/type/fraction.proto",
    "google/type/interval.proto",
    "google/type/latlng.proto",
    "google/type/localized_text.proto",
    "google/type/money.proto",
    "google/type/month.proto",
    "google/type/phone_number.proto",
    "google/type/postal_address.proto",
    "google/type/quaternion.proto",
    "google/type/timeofday.proto",
    "grpc/health/v1/health.proto",
];

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use ::protox::file::{ChainFileResolver, File, FileResolver, GoogleFileResolver};
    use ::protox::prost_reflect::{DescriptorPool, Kind};

    use super::*;

    struct Bundle;

    impl FileResolver for Bundle {
        fn open_file(&self, name: &str) -> Result<File, ::protox::Error> {
            let file = find(name).ok_or_else(|| ::protox::Error::file_not_found(name))?;
            File::from_source(name, file.source)
        }
    }

    /// Compiles all bundled files, with the well-known types as the only other imports.
    fn pool() -> DescriptorPool {
        let mut resolver = ChainFileResolver::new();
        resolver.add(Bundle);
        resolver.add(GoogleFileResolver::new());
        let mut compiler = ::protox::Compiler::with_file_resolver(resolver);
        for file in FILES {
            compiler.open_file(file.name).unwrap_or_else(|error| panic!("{}: {error:?}", file.name));
        }
        compiler.descriptor_pool()
    }

    #[test]
    fn table_lists_all_files_of_folder() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("bundled");
        let mut names = Vec::new();
        let mut pending = vec![root.clone()];
        while let Some(dir) = pending.pop() {
            for entry in fs::read_dir(dir).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    pending.push(path);
                } else {
                    let name = path.strip_prefix(&root).unwrap().to_str().unwrap();
                    names.push(name.replace('\\', "/"));
                }
            }
        }
        names.sort();
        let table: Vec<&str> = FILES.iter().map(|file| file.name).collect();
        assert_eq!(names, table);
    }

    #[test]
    fn options_have_original_extension_numbers() {
        let pool = pool();
        for (name, extended, number) in [
            ("google.api.http", "MethodOptions", 72_295_728),
            ("google.api.routing", "MethodOptions", 72_295_729),
            ("google.api.method_signature", "MethodOptions", 1051),
            ("google.api.default_host", "ServiceOptions", 1049),
            ("google.api.oauth_scopes", "ServiceOptions", 1050),
            ("google.api.api_version", "ServiceOptions", 525_000_001),
            ("google.api.field_behavior", "FieldOptions", 1052),
            ("google.api.field_info", "FieldOptions", 291_403_980),
            ("google.api.resource_reference", "FieldOptions", 1055),
            ("google.api.resource", "MessageOptions", 1053),
            ("google.api.resource_definition", "FileOptions", 1053),
            ("google.api.field_visibility", "FieldOptions", 72_295_727),
            ("google.longrunning.operation_info", "MethodOptions", 1049),
            ("buf.validate.message", "MessageOptions", 1159),
            ("buf.validate.oneof", "OneofOptions", 1159),
            ("buf.validate.field", "FieldOptions", 1159),
            ("buf.validate.predefined", "FieldOptions", 1160),
        ] {
            let extension = pool.get_extension_by_name(name).unwrap();
            assert_eq!(extension.number(), number, "{name}");
            assert_eq!(extension.containing_message().name(), extended, "{name}");
        }
        let behavior = pool.get_extension_by_name("google.api.field_behavior").unwrap();
        let options = behavior.field_descriptor_proto().options.as_ref().unwrap();
        assert_eq!(options.packed, Some(false));
    }

    #[test]
    fn field_rules_cover_every_field_type() {
        let pool = pool();
        let rules = pool.get_message_by_name("buf.validate.FieldRules").unwrap();
        let kinds = rules.oneofs().next().unwrap();
        assert_eq!(kinds.fields().len(), 22);
        for kind in kinds.fields() {
            let Kind::Message(rules) = kind.kind() else {
                panic!("{} is not a message", kind.name());
            };
            // Predefined rules extend all rules messages except `AnyRules`.
            let extensible = kind.name() != "any";
            let range = rules.extension_ranges().next();
            assert_eq!(range, extensible.then_some(1000..536_870_912), "{}", kind.name());
        }
    }

    #[test]
    fn the_health_service_streams_watch() {
        let pool = pool();
        let health = pool.get_service_by_name("grpc.health.v1.Health").unwrap();
        let streams: Vec<_> =
            health.methods().map(|method| (method.name().to_owned(), method.is_server_streaming())).collect();
        assert_eq!(streams, [("Check".to_owned(), false), ("Watch".to_owned(), true)]);
    }

    #[test]
    fn long_running_operations_are_declared_as_everywhere() {
        let pool = pool();
        let operations = pool.get_service_by_name("google.longrunning.Operations").unwrap();
        let methods: Vec<_> = operations.methods().map(|method| method.full_name().to_owned()).collect();
        let names = ["ListOperations", "GetOperation", "DeleteOperation", "CancelOperation", "WaitOperation"];
        assert_eq!(methods, names.map(|name| format!("google.longrunning.Operations.{name}")));
        for (message, fields) in [
            ("Operation", &[("name", 1), ("metadata", 2), ("done", 3), ("error", 4), ("response", 5)][..]),
            (
                "ListOperationsRequest",
                &[("filter", 1), ("page_size", 2), ("page_token", 3), ("name", 4), ("return_partial_success", 5)],
            ),
            ("ListOperationsResponse", &[("operations", 1), ("next_page_token", 2), ("unreachable", 3)]),
            ("WaitOperationRequest", &[("name", 1), ("timeout", 2)]),
            ("OperationInfo", &[("response_type", 1), ("metadata_type", 2)]),
        ] {
            let message = pool.get_message_by_name(&format!("google.longrunning.{message}")).unwrap();
            let found: Vec<_> = message.fields().map(|field| (field.name().to_owned(), field.number())).collect();
            let expected: Vec<_> = fields.iter().map(|(name, number)| ((*name).to_owned(), *number)).collect();
            assert_eq!(found, expected, "{}", message.full_name());
        }
    }

    #[test]
    fn names_are_found_exactly() {
        assert!(find("google/api/http.proto").is_some());
        assert!(find("google/api/http").is_none());
        assert!(is_common_import("google/protobuf/any.proto"));
        assert!(is_common_import("buf/validate/validate.proto"));
        assert!(!is_common_import("shop/v1/shop.proto"));
    }
}
