"""Accuracy of the modality of events, on records that carry one.

usage: measure_modality.py --onrecord PROGRAM --data DIR

Two corpora, read as tests only:

* TimeBank (TempEval-3; not AQUAINT, where polarity is wrong in whole documents): every annotated verb or noun that the program
  takes for an event's trigger. Gold from TimeML:
  polarity NEG is `denied`; a conditional or a modal auxiliary (may, might, can, could, should, must), or a governor whose
  subordination link is MODAL or CONDITIONAL, is open (`planned`, `threatened`, `hypothetical`); tense FUTURE likewise; a counter-factive
  governor is `denied`; all else is real (`happened`, `ongoing`). TimeML does not tell planned from hypothetical apart, so three classes.
* PLV (Zero-Shot-PLOVER): the column `modality_L2` (past, todo) of the pair's record, a silver value made by that project's own
  model; ours is `todo` where the event is open or its type is one of those that lie ahead (AGREE, THREATEN).
"""

import argparse
import collections
import csv
import json
import pathlib
import re
import subprocess
import xml.etree.ElementTree as tree

REAL, OPEN, DENIED = "real", "open", "denied"
OURS = {"happened": REAL, "ongoing": REAL, "planned": OPEN, "threatened": OPEN, "hypothetical": OPEN, "denied": DENIED}
MODALS = {"may", "might", "can", "could", "should", "must", "would", "will", "shall", "have to", "should have to", "'d"}


def extracted(program, records):
    """For each id the events of its text."""
    lines = "".join(json.dumps(r) + "\n" for r in records).encode()
    command = [program, "extract", "--input-format", "jsonl", "-"]
    output = subprocess.run(command, input=lines, stdout=subprocess.PIPE, check=True).stdout
    ids, events = {}, collections.defaultdict(list)
    for line in output.splitlines():
        value = json.loads(line)
        if value["kind"] == "article":
            ids[value["id"]] = value["source_id"]
        elif value["kind"] == "event":
            events[ids[value["article"]]].append(value)
    return events


def timeml(path):
    """Text, events by span, with their class."""
    root = tree.parse(path).getroot()
    body = root.find("TEXT")
    text, spans = "", {}

    def walk(node):
        nonlocal text
        start = len(text)
        text += node.text or ""
        for child in node:
            walk(child)
            text += child.tail or ""
        if node.tag == "EVENT":
            spans[node.get("eid")] = (start, len(text))

    walk(body)
    gold, made = {}, {}
    for made_of in root.iter("MAKEINSTANCE"):
        event = made_of.get("eventID")
        made[made_of.get("eiid")] = event
        modal = (made_of.get("modality") or "").lower()
        if made_of.get("polarity") == "NEG":
            gold[event] = DENIED
        elif modal in MODALS or made_of.get("tense") == "FUTURE":
            gold[event] = OPEN
        else:
            gold.setdefault(event, REAL)
    for link in root.iter("SLINK"):
        event = made.get(link.get("subordinatedEventInstance"))
        if gold.get(event) == REAL:
            kind = link.get("relType")
            gold[event] = OPEN if kind in ("MODAL", "CONDITIONAL") else DENIED if kind == "COUNTER_FACTIVE" else REAL
    return text, {spans[e]: k for e, k in gold.items() if e in spans}


def shown(name, pairs):
    right = sum(a == b for a, b in pairs)
    print(f"{name}: accuracy {right / max(1, len(pairs)):.3f} of {len(pairs)}")
    for kind in sorted({g for g, _ in pairs}):
        answers = collections.Counter(b for a, b in pairs if a == kind)
        print(f"  {kind}: {sum(answers.values())}, answered {dict(answers.most_common())}")


def timebank(program, data):
    files = sorted(pathlib.Path(data, "tempeval3/Training/TBAQ-cleaned/TimeBank").rglob("*.tml"))
    read = {f"{f.parent.name}/{f.name}": timeml(f) for f in files}
    events = extracted(program, [{"id": i, "text": t} for i, (t, _) in read.items()])
    pairs = []
    for name, (_, gold) in read.items():
        ours = {(e["trigger"]["start"], e["trigger"]["end"]): e["modality"] for e in events[name]}
        for (start, end), modality in ours.items():
            kinds = [k for (s, e), k in gold.items() if start <= s and e <= end]
            if kinds:
                pairs.append((kinds[0], OURS[modality]))
    shown("TimeBank", pairs)


def plv(program, data):
    with open(pathlib.Path(data, "zsp-plover/datasets/PLV_train.tsv"), newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    plain = [re.sub(r"</?[st]>", "", r["marked_sentence"]) for r in rows]
    numbers = {t: str(i) for i, t in reversed(list(enumerate(plain)))}
    events = extracted(program, [{"id": i, "text": t} for t, i in sorted(numbers.items())])
    pairs = []
    for row, text in zip(rows, plain):
        fits = [e for e in events[numbers[text]] if named(e, "actor", row["source"]) and named(e, "recipient", row["target"])]
        if fits:
            best = min(fits, key=lambda e: (-e["confidence"], e["trigger"]["start"]))
            ahead = OURS[best["modality"]] == OPEN or best["type"] in ("AGREE", "THREATEN")
            pairs.append((row["modality_L2"], "todo" if ahead else "past"))
    shown("PLV (silver)", pairs)


def named(event, side, words):
    quote = (event.get(side) or {}).get("quote") or ""
    return bool(quote) and (quote in words or words in quote)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--onrecord", required=True)
    options.add_argument("--data", required=True)
    given = options.parse_args()
    timebank(given.onrecord, given.data)
    plv(given.onrecord, given.data)


if __name__ == "__main__":
    main()
