"""Compares the answers of ours with those of another implementation."""

from collections import Counter
from pathlib import Path

from masks_pb2 import Answer, Cases
from rules import RULES, parts

LIST = Path(__file__).parent.parent / "disagreements.txt"
# How many differences are shown.
SHOWN = 10


class Disagreements:
    """The rules for one peer, by operation, in the order of the list."""

    def __init__(self, peer):
        self.rules = {}
        for line in LIST.read_text().splitlines():
            if line.startswith("#"):
                continue
            head, _, reason = line.partition(": ")
            peers, operations, name = head.split(" ")
            assert reason, f"{LIST.name}: no reason in `{line}`"
            if peer in peers.split(","):
                for operation in operations.split(","):
                    self.rules.setdefault(operation, []).append(name)

    def rewrite(self, cases):
        """The cases as the peer has to be asked, and for each the rules that changed it."""
        rewritten, used = Cases(), []
        for case in cases.cases:
            copy = rewritten.cases.add()
            copy.CopyFrom(case)
            names = []
            for name in self.rules.get(case.WhichOneof("operation"), ()):
                before = copy.SerializeToString(deterministic=True)
                RULES[name](copy)
                if copy.SerializeToString(deterministic=True) != before:
                    names.append(name)
            used.append(names)
        return rewritten, used


class Comparison:
    """Counts agreements, and remembers differences that no rule explains."""

    def __init__(self, peer, disagreements):
        self.peer = peer
        self.expected = {(operation, name) for operation, names in disagreements.rules.items() for name in names}
        self.counts = Counter()
        self.explained = Counter()
        self.problems = []

    def add(self, case, ours, theirs, theirs_rewritten, rules):
        operation = case.WhichOneof("operation")
        if theirs.WhichOneof("answer") in ("absent", "crash"):
            self.counts["not answered"] += 1
        elif same(ours, theirs):
            self.counts["the same"] += 1
        elif rules and same(ours, theirs_rewritten):
            self.counts["listed"] += 1
            self.explained.update((operation, name) for name in rules)
        else:
            self.counts["DIFFERENT"] += 1
            self.problems.append((case, ours, theirs))

    def report(self):
        """Prints what came out, and says whether all is well."""
        counts = ", ".join(f"{count} {name}" for name, count in sorted(self.counts.items()))
        print(f"{self.peer}: {counts}")
        for case, ours, theirs in self.problems[:SHOWN]:
            operation = case.WhichOneof("operation")
            masks = " and ".join(str(list(mask.paths)) for mask in parts(case))
            print(f"--- {self.peer}, {operation}, {case.name}: {masks}")
            print(f"{getattr(case, operation)}ours: {ours}theirs: {theirs}")
        stale = sorted(self.expected - set(self.explained))
        for operation, name in stale:
            print(f"{self.peer}: `{name}` explains no difference of {operation}; take it off {LIST.name}")
        return not self.problems and not stale and self.counts["the same"] > 0


def same(left, right):
    """Are two answers the same? Errors are, whatever they say."""
    kinds = {left.WhichOneof("answer"), right.WhichOneof("answer")}
    return kinds == {"error"} or canonical(left) == canonical(right)


def canonical(answer):
    copy = Answer()
    copy.ParseFromString(answer.SerializeToString())
    return copy.SerializeToString(deterministic=True)
