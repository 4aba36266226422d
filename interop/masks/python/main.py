"""Asks everyone and compares: `main.py FOLDER OURS CPP`, with the programs of the last two."""

import subprocess
import sys
from pathlib import Path

import answers as python
import cases
from compare import Comparison, Disagreements
from masks_pb2 import Answers


def main(folder, ours, cpp):
    asked = cases.write(folder / "cases.binpb")
    own = answers_of(ours, folder, asked)
    peers = {"python": python.answers, "cpp": lambda asked: answers_of(cpp, folder, asked)}
    is_well = True
    for peer, ask in peers.items():
        disagreements = Disagreements(peer)
        rewritten, rules = disagreements.rewrite(asked)
        comparison = Comparison(peer, disagreements)
        everything = (asked.cases, own.answers, ask(asked).answers, ask(rewritten).answers, rules)
        for case in zip(*everything, strict=True):
            comparison.add(*case)
        is_well &= comparison.report()
    return 0 if is_well else 1


def answers_of(program, folder, asked):
    """Runs a program that reads cases and writes answers."""
    questions, answers = folder / "asked.binpb", folder / "answers.binpb"
    questions.write_bytes(asked.SerializeToString(deterministic=True))
    subprocess.run([program, questions, answers], check=True)
    return Answers.FromString(answers.read_bytes())


folder, ours, cpp = map(Path, sys.argv[1:])
sys.exit(main(folder, ours, cpp))
