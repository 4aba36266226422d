"""What `interop/run` is made of: tools, servers, suites. Standard library only."""
