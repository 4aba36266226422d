"""Installs what the suites need, once, into the build folder.

A stamp beside each installation holds the digest of the file that asked for it
(requirements.txt, package-lock.json, go.sum, the protos); a changed file
installs anew.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from functools import cached_property
from pathlib import Path

INTEROP = Path(__file__).resolve().parent.parent
ROOT = INTEROP.parent
# The import paths of protoc: the example's own files, and the imports that the
# generator bundles.
PROTO_PATHS = [ROOT / "testdata/ok/ecommerce", ROOT / "bundled"]
SHOP_PROTOS = [f"ecommerce/v1/{name}.proto" for name in ("user", "chat", "file", "health")]
HEALTH_PROTO = "grpc/health/v1/health.proto"
GO_MODULE = "transom.example/interop"


class ToolError(Exception):
    """A tool is missing or an installation failed; nothing can be tested."""


class Toolbox:
    """The tools, each made when it is first asked for."""

    def __init__(self):
        target = os.environ.get("CARGO_TARGET_DIR") or ROOT / "target"
        self.build = Path(target).resolve() / "interop"
        self.build.mkdir(parents=True, exist_ok=True)

    @cached_property
    def python(self):
        """The interpreter of a virtual environment with grpcio."""
        venv = self.build / "venv"
        requirements = INTEROP / "python/requirements.txt"
        with stamp(venv, [requirements]) as fresh:
            if not fresh:
                run([sys.executable, "-m", "venv", "--clear", venv])
                run([venv / "bin/pip", "install", "--quiet", "--requirement", requirements])
        return venv / "bin/python"

    @cached_property
    def stubs(self):
        """The folder of the Python stubs."""
        stubs = self.build / "python-stubs"
        with stamp(stubs, self.proto_files) as fresh:
            if not fresh:
                self.protoc([f"--{kind}={stubs}" for kind in ("python_out", "grpc_python_out")])
        return stubs

    @cached_property
    def certificates(self):
        """A folder with an authority, a server, a client and a stranger."""
        folder = self.build / "certificates"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        run([self.python, INTEROP / "python/certificates.py", folder])
        return folder

    @cached_property
    def node_modules(self):
        """The folder of the Node.js packages."""
        need("node")
        folder = self.build / "node"
        files = [INTEROP / "node/package.json", INTEROP / "node/package-lock.json"]
        with stamp(folder, files) as fresh:
            if not fresh:
                for file in files:
                    shutil.copy(file, folder)
                run([need("npm"), "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=folder)
        return folder / "node_modules"

    @cached_property
    def go_bin(self):
        """The folder of the Go programs that go.mod names as tools."""
        folder = self.build / "bin"
        with stamp(folder, [INTEROP / "go/go.mod", INTEROP / "go/go.sum"]) as fresh:
            if not fresh:
                environment = {**os.environ, "GOBIN": str(folder)}
                run([need("go"), "install", "tool"], cwd=INTEROP / "go", env=environment)
        return folder

    @cached_property
    def go_module(self):
        """A copy of interop/go with the stubs beside the tests."""
        module = self.build / "go"
        shutil.rmtree(module, ignore_errors=True)
        shutil.copytree(INTEROP / "go", module)
        packages = {
            "google/api/annotations.proto": "google.golang.org/genproto/googleapis/api/annotations",
            "google/api/http.proto": "google.golang.org/genproto/googleapis/api/annotations",
            "google/api/field_behavior.proto": "google.golang.org/genproto/googleapis/api/annotations",
            HEALTH_PROTO: "google.golang.org/grpc/health/grpc_health_v1",
            **{proto: f"{GO_MODULE}/ecommercepb" for proto in SHOP_PROTOS},
        }
        arguments = []
        for plugin in ("go", "go-grpc"):
            arguments.append(f"--plugin={self.go_bin / f'protoc-gen-{plugin}'}")
            arguments.append(f"--{plugin}_out={module}")
            arguments.append(f"--{plugin}_opt=module={GO_MODULE}")
            arguments += [f"--{plugin}_opt=M{proto}={go}" for proto, go in packages.items()]
        self.protoc(arguments, protos=SHOP_PROTOS)
        return module

    @cached_property
    def example(self):
        """The binaries of the ecommerce package: the server and the Rust client."""
        run([need("cargo"), "build", "--package", "ecommerce"], cwd=ROOT)
        return self.build.parent / "debug"

    @property
    def proto_files(self):
        return [ROOT / "testdata/ok/ecommerce" / proto for proto in SHOP_PROTOS] + [
            ROOT / "bundled" / HEALTH_PROTO
        ]

    def protoc(self, arguments, protos=(*SHOP_PROTOS, HEALTH_PROTO)):
        """Runs the protoc that grpcio-tools ships."""
        paths = [f"--proto_path={path}" for path in PROTO_PATHS]
        run([self.python, "-m", "grpc_tools.protoc", *paths, *arguments, *protos])


class stamp:
    """`with stamp(folder, files) as fresh`: is the folder still made from these files?

    Where it is not, it is emptied, and the stamp is written when the block succeeds.
    """

    def __init__(self, folder, files):
        self.folder = folder
        self.file = folder.with_name(folder.name + ".stamp")
        digest = hashlib.sha256()
        for file in files:
            digest.update(file.read_bytes())
        self.digest = digest.hexdigest()

    def __enter__(self):
        self.fresh = self.file.exists() and self.file.read_text() == self.digest
        if not self.fresh:
            self.file.unlink(missing_ok=True)
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir()
        return self.fresh

    def __exit__(self, error, *_):
        if error is None and not self.fresh:
            self.file.write_text(self.digest)


def need(program):
    """The path of a program that must be on this machine."""
    path = shutil.which(program)
    if path is None:
        raise ToolError(f"`{program}` is not installed, or not on PATH")
    return path


def run(command, **options):
    """Runs a command and shows its output only if it fails."""
    command = [str(part) for part in command]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **options
    )
    if done.returncode != 0:
        raise ToolError(f"`{' '.join(command)}` exited with {done.returncode}:\n{done.stdout}")
