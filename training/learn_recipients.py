"""Learns the weights that choose the recipient of an event (crates/lexicon/data/events/recipients.txt).

usage: learn_recipients.py --candidates PROGRAM --pairs PLV_train.tsv > recipients.txt

PROGRAM is `cargo run -q -p extract --example recipients`: it writes, for every event, who could be its recipient and what is known
of each. The pairs are those of Zero-Shot-PLOVER; a third of the sentences (by a hash) is left out here and measures the result. Every
candidate is an observation of a logistic regression: does it share words with the marked target? Cross-validated five-fold, by sentence.
"""

import argparse
import collections
import csv
import hashlib
import re
import shlex
import subprocess
import sys

import numpy as np

AHEAD = {"CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE"}
FORCE = {"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST"}
PENALTY, SEEN, MARGIN = 2.0, 6, 1.5


def plain(marked):
    return re.sub(r"</?[st]>", "", marked)


def held_back(sentence):
    """Whether a sentence is of the third that measures."""
    return hashlib.sha1(sentence.encode()).digest()[0] % 3 == 0


def marked(sentence, tag):
    """Byte ranges between <tag> and </tag> in the sentence without marks."""
    out, start, at = [], None, 0
    for part in re.split(r"(</?[st]>)", sentence):
        if part == f"<{tag}>":
            start = at
        elif part == f"</{tag}>" and start is not None:
            out.append((start, at))
            start = None
        elif not re.fullmatch(r"</?[st]>", part):
            at += len(part.encode())
    return out


def touches(span, spans):
    return any(max(span[0], a) < min(span[1], b) for a, b in spans)


def kinds(kind):
    """Gold types that an event of this rule may have: what lies ahead is coded as another one."""
    root = "YIELD" if kind in ("CONCEDE", "RETREAT") else kind
    return {root, "REJECT"} | ({"AGREE"} if kind in AHEAD else set()) | ({"THREATEN"} if kind in FORCE else set())


def groups(program, path):
    """For each event with the marked actor: its sentence, features and labels of its candidates, and which the rule chose."""
    pairs = collections.defaultdict(list)
    with open(path, newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if not held_back(plain(row["marked_sentence"])):
                pairs[plain(row["marked_sentence"])].append(row)
    texts = list(pairs)
    lines = "\n".join(t.replace("\n", " ") for t in texts).encode()
    output = subprocess.run(shlex.split(program), input=lines, stdout=subprocess.PIPE, check=True).stdout.decode()
    for line in output.splitlines():
        number, kind, actor, *rest = line.split("\t")
        for row in pairs[texts[int(number)]]:
            source, target = marked(row["marked_sentence"], "s"), marked(row["marked_sentence"], "t")
            if actor == "-" or not touches(tuple(map(int, actor.split("-"))), source) or row["gold_root"] not in kinds(kind):
                continue
            found = [candidate.split(" ", 2) for candidate in rest if candidate]
            labels = [touches(tuple(map(int, span.split("-"))), target) for span, _, _ in found]
            if any(labels):
                features = [f.split(",") for _, _, f in found]
                yield texts[int(number)], features, np.array(labels, float), [c == "true" for _, c, _ in found]


def fit(rows, labels):
    """Weights of a logistic regression with an L2 penalty, by Adam."""
    weights = np.zeros(rows.shape[1])
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, 251):
        chance = 1 / (1 + np.exp(-(rows @ weights)))
        slope = (rows.T @ (chance - labels) + PENALTY * weights) / len(rows)
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        weights -= 0.1 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return weights


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--candidates", required=True)
    options.add_argument("--pairs", required=True)
    given = options.parse_args()
    found = list(groups(given.candidates, given.pairs))
    count = collections.Counter(f for _, features, _, _ in found for one in features for f in set(one))
    names = sorted(f for f, n in count.items() if n >= SEEN)
    index = {f: i for i, f in enumerate(names)}
    matrices = []
    for _, features, _, _ in found:
        matrix = np.zeros((len(features), len(names)))
        for i, one in enumerate(features):
            matrix[i, [index[f] for f in one if f in index]] = 1
        matrices.append(matrix)
    fold = [hashlib.sha1(text.encode()).digest()[1] % 5 for text, *_ in found]

    def learned(keep):
        chosen = [i for i in range(len(found)) if keep(fold[i])]
        return fit(np.concatenate([matrices[i] for i in chosen]), np.concatenate([found[i][2] for i in chosen]))

    right = rule = 0
    for k in range(5):
        weights = learned(lambda f: f != k)
        for i in (i for i in range(len(found)) if fold[i] == k):
            _, _, labels, chosen = found[i]
            scores = matrices[i] @ weights + MARGIN * np.array(chosen)
            right += labels[int(np.argmax(scores))]
            rule += any(l and c for l, c in zip(labels, chosen))
    print(f"events {len(found)}, right by rule {rule / len(found):.3f}, chosen {right / len(found):.3f}", file=sys.stderr)
    print("# Weights of the features that tell the recipient of an event (log odds). Lines: weight, feature.")
    print("# made_by: training/learn_recipients.py, a logistic regression on two thirds of the pairs of Zero-Shot-PLOVER's training")
    print(f"# file (by a hash of the sentence; the other third measures): {len(found)} events, cross-validated {right / len(found):.3f} right")
    print(f"# where the rules alone have {rule / len(found):.3f}. The features are made in crates/extract/src/events/chooser.rs.")
    for name, weight in zip(names, learned(lambda _: True)):
        if abs(weight) >= 0.05:
            print(f"{weight:.2f} {name}")


if __name__ == "__main__":
    main()
