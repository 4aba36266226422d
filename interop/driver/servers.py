"""Starts the servers that a suite talks to, and tells it where they are."""

import os
import queue
import socket
import subprocess
import threading
from contextlib import ExitStack, contextmanager

from .tools import INTEROP, PROTO_PATHS, ToolError

# How long a server may take from its start to `listening on`.
START_SECONDS = 30
# How long it may take from SIGTERM to its end.
STOP_SECONDS = 15
TOKEN = "interop-token"


def transom(tools):
    """The command of the Rust server."""
    return [str(tools.example / "ecommerce")], {}


def grpcio(tools):
    """The command of the Python server."""
    environment = {
        "PYTHONPATH": str(INTEROP / "python"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "ECOMMERCE_STUBS": str(tools.stubs),
    }
    return [str(tools.python), "-m", "server"], environment


@contextmanager
def server(command, environment, log, *flags):
    """A running server; yields its address."""
    with open(log, "ab") as errors:
        process = subprocess.Popen(
            [*command, "--addr", "127.0.0.1:0", *flags],
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    try:
        lines = queue.Queue()
        threading.Thread(target=lambda: lines.put(process.stdout.readline()), daemon=True).start()
        try:
            line = lines.get(timeout=START_SECONDS)
        except queue.Empty:
            line = ""
        if not line.startswith("listening on "):
            raise ToolError(f"`{' '.join(command)} {' '.join(flags)}` did not start, see {log}")
        yield line.removeprefix("listening on ").strip()
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise ToolError(f"a server ignored SIGTERM for {STOP_SECONDS} seconds, see {log}") from None


@contextmanager
def fleet(tools, kind, log):
    """One server of each configuration; yields the environment of a suite."""
    command, environment = kind(tools)
    certificates = tools.certificates
    tls = ("--tls-cert", certificates / "server.pem", "--tls-key", certificates / "server.key")
    with ExitStack() as stack:

        def start(*flags):
            return stack.enter_context(server(command, environment, log, *map(str, flags)))

        # Takes connections and never says a word.
        stuck = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        plain = start()
        yield {
            **os.environ,
            **environment,
            "ECOMMERCE_PLAIN_ADDR": plain,
            "ECOMMERCE_GUARDED_ADDR": start("--token", TOKEN),
            "ECOMMERCE_TLS_ADDR": start(*tls),
            "ECOMMERCE_MTLS_ADDR": start(*tls, "--client-ca", certificates / "ca.pem"),
            "ECOMMERCE_FRONT_ADDR": start("--downstream", plain),
            "ECOMMERCE_STUCK_ADDR": start("--downstream", f"127.0.0.1:{stuck.getsockname()[1]}"),
            "ECOMMERCE_TOKEN": TOKEN,
            "ECOMMERCE_CERTIFICATES": str(certificates),
            "ECOMMERCE_STUBS": str(tools.stubs),
            "ECOMMERCE_PROTO_PATHS": os.pathsep.join(map(str, PROTO_PATHS)),
            # For the suites that start servers of their own, to kill them.
            "ECOMMERCE_SERVER": "\n".join(command),
        }
