"""A grpcio server of the ecommerce services.

It has two uses: the generated Rust client is tested against it, and every
client suite can be run against it (`interop/run --against grpcio`), which
shows that the suites ask for nothing but what gRPC promises.
"""
