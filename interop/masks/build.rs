//! Generates the messages of the cases, and what masks know of them.

fn main() -> Result<(), transom_build::Error> {
    transom_build::configure()
        .option("field_mask_root", ".transom.masks.v1.Book")
        .compile_protos(&["proto/masks.proto"], &["proto"])
}
