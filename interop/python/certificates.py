"""Writes the certificates of a test run: `certificates.py FOLDER`."""

import sys
from pathlib import Path

import trustme

folder = Path(sys.argv[1])
authority = trustme.CA()
authority.cert_pem.write_to_path(folder / "ca.pem")
for name, identity in (("server", "localhost"), ("client", "client.example.com")):
    identities = [identity, "127.0.0.1"] if name == "server" else [identity]
    certificate = authority.issue_cert(*identities)
    certificate.private_key_pem.write_to_path(folder / f"{name}.key")
    for blob in certificate.cert_chain_pems:
        blob.write_to_path(folder / f"{name}.pem", append=True)
# An authority that signed nothing here.
trustme.CA().cert_pem.write_to_path(folder / "stranger.pem")
