//! Whatever is called a mask: every reader answers with a mask or with violations, and what it accepts has a canonical
//! form that reads as the same mask.

#![no_main]
#![allow(missing_docs, dead_code, unreachable_pub, reason = "the messages are those of the runtime's tests")]

#[path = "../../runtime/tests/mask/kinds.rs"]
mod kinds;
#[path = "../../runtime/tests/mask/node.rs"]
mod node;

use libfuzzer_sys::fuzz_target;
use prost_types::FieldMask;
use transom::fields::Fields;
use transom::mask::{Mask, Names, ParseOptions, from_json_string, to_json_string};

use kinds::Kinds;
use node::Node;

/// The canonical form can be longer than what was given: an element's `*` and the fields of a `Struct` may be left out.
const ROOMY: ParseOptions =
    ParseOptions { max_path_bytes: usize::MAX, max_depth: 1000, max_paths: usize::MAX, ..ParseOptions::update() };

fuzz_target!(|text: &str| {
    let paths: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let mask = FieldMask { paths };
    for options in presets() {
        read::<Kinds>(&options, &mask, text);
        read::<Node>(&options, &mask, text);
    }
    if let Ok(json) = to_json_string(&mask) {
        let back = from_json_string(&json);
        assert_eq!(back, Ok(mask), "{json}");
    }
    if let Ok(mask) = from_json_string(text) {
        assert_eq!(to_json_string(&mask).as_deref(), Ok(text));
    }
});

fn presets() -> [ParseOptions; 6] {
    let update = ParseOptions::update();
    [
        ParseOptions { names: Names::ProtoOrJson, ..ParseOptions::read() },
        ParseOptions { struct_keys: true, ..ParseOptions::read() },
        ParseOptions { unknown: transom::mask::Unknown::Ignore, ..ParseOptions::read() },
        ParseOptions { max_depth: 3, max_path_bytes: 20, max_paths: 3, ..ParseOptions::update() },
        ParseOptions::protobuf_util(),
        update,
    ]
}

fn read<F: Fields>(options: &ParseOptions, mask: &FieldMask, text: &str) {
    if let Ok(mask) = options.parse::<F>("update_mask", mask) {
        canonical(&mask);
    }
    if let Ok(mask) = Mask::<F>::parse_query("fields", text, options) {
        canonical(&mask);
    }
}

fn canonical<F: Fields>(mask: &Mask<F>) {
    let again = ROOMY.parse::<F>("update_mask", &mask.into());
    assert_eq!(again.as_ref(), Ok(mask), "{:?}", mask.paths());
    assert!(mask.contains(mask) && mask.intersect(mask) == *mask && mask.union(mask) == *mask, "{mask:?}");
    assert!(mask.subtract(mask).is_empty(), "{mask:?}");
}
