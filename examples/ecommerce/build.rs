//! Generates the services and their messages from the protos of the shop.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    transom_build::configure()
        .option("include_file", "mod.rs")
        // For reflection.
        .option("descriptor_set", "true")
        // A file in memory is sent without a copy of its chunks.
        .option("bytes", ".ecommerce.v1.FileChunk")
        // `src/users/request.rs` implements it, without the password.
        .option("skip_debug", ".ecommerce.v1.CreateUserRequest")
        // The shop's HealthService speaks with the messages of the standard one.
        .option("extern_path", ".grpc.health.v1=::tonic_health::pb")
        .compile_protos(
            &[
                "../../testdata/ok/ecommerce/ecommerce/v1/chat.proto",
                "../../testdata/ok/ecommerce/ecommerce/v1/file.proto",
                "../../testdata/ok/ecommerce/ecommerce/v1/health.proto",
                "../../testdata/ok/ecommerce/ecommerce/v1/user.proto",
            ],
            &["../../testdata/ok/ecommerce"],
        )?;
    Ok(())
}
