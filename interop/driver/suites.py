"""The suites: how each is started, and how its tests are counted."""

import re
import subprocess
from dataclasses import dataclass

from . import servers
from .tools import INTEROP, need

# Longer than any suite takes, a build of the Go tests included.
SUITE_SECONDS = 600


@dataclass
class Result:
    """What a suite came to. A skipped test counts as failed: nothing may be left out quietly."""

    name: str
    passed: int
    failed: int


def python(tools):
    """Python with grpcio: pytest."""
    command = [tools.python, "-m", "pytest", "-p", "no:cacheprovider", "--color=no", "tests"]
    return command, INTEROP / "python", {}, count_words


def grpcurl(tools):
    """grpcurl, by reflection alone: pytest."""
    command = [tools.python, "-m", "pytest", "-p", "no:cacheprovider", "--color=no", "."]
    return command, INTEROP / "grpcurl", {"GRPCURL": str(tools.go_bin / "grpcurl")}, count_words


def node(tools):
    """Node.js with @grpc/grpc-js and @grpc/proto-loader: its own test runner."""
    command = [need("node"), "--test", "--test-reporter=tap", "tests/"]
    return command, INTEROP / "node", {"NODE_PATH": str(tools.node_modules)}, count_tap


def go(tools):
    """Go with grpc-go: go test."""
    return [need("go"), "test", "-count=1", "-v", "./..."], tools.go_module, {}, count_go


def rust(tools):
    """The generated Rust client: a program that reports its own cases."""
    return [tools.example / "interop-client"], INTEROP, {}, count_words


SUITES = {suite.__name__: suite for suite in (python, node, go, grpcurl, rust)}
NAMES = list(SUITES)


def count_words(output):
    """`12 passed, 1 failed`, in the closing line of pytest and of the Rust client."""
    last = output.rstrip().rsplit("\n", 1)[-1]
    counts = {word: int(number) for number, word in re.findall(r"(\d+) (\w+)", last)}
    bad = sum(counts.get(word, 0) for word in ("failed", "error", "errors", "skipped"))
    return counts.get("passed", 0), bad


def count_tap(output):
    """`# pass 12` and its like, at the end of TAP."""
    counts = dict(re.findall(r"^# (\w+) (\d+)$", output, re.MULTILINE))
    bad = sum(int(counts.get(word, 0)) for word in ("fail", "cancelled", "skipped", "todo"))
    return int(counts.get("pass", 0)), bad


def count_go(output):
    """`--- PASS: TestName`, subtests included."""
    outcomes = re.findall(r"^ *--- (PASS|FAIL|SKIP): ", output, re.MULTILINE)
    passed = outcomes.count("PASS")
    return passed, len(outcomes) - passed


def run(tools, names, against):
    """Runs the suites one after another, each with servers of its own."""
    results = []
    for name in names:
        # The Rust client always meets a foreign server: its own is the matter of `cargo test`.
        kind = servers.grpcio if name == "rust" else getattr(servers, against)
        command, folder, environment, count = SUITES[name](tools)
        log = tools.build / f"{name}-servers.log"
        log.unlink(missing_ok=True)
        print(f"interop: {name} against {kind.__name__}", flush=True)
        with servers.fleet(tools, kind, log) as addresses:
            output, ended_well = run_one(command, folder, {**addresses, **environment})
        passed, failed = count(output)
        if passed == 0 or not ended_well:
            # No test ran, or something beside a test went wrong.
            failed = max(failed, 1)
        if failed:
            print(output)
            print(f"interop: the servers of this suite wrote to {log}", flush=True)
        results.append(Result(name, passed, failed))
    return results


def run_one(command, folder, environment):
    """Runs a suite; returns what it wrote, and whether it ended with code 0."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=SUITE_SECONDS,
        )
    except subprocess.TimeoutExpired as hung:
        output = (hung.stdout or b"").decode(errors="replace")
        return f"{output}\nno end after {SUITE_SECONDS} seconds", False
    return done.stdout, done.returncode == 0
