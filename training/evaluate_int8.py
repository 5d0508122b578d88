"""What the step to int8 costs: the float model and the weights that ship, on the same windows of gold tokens.

    python3 training/evaluate_int8.py START READER PROGRAM CACHE

START is the folder of the starting model, READER the one that training/train.py wrote, PROGRAM the example `windows` of crate
`encoder` built with the weights packed from it, CACHE the development data that train.py kept (data.pickle).
"""
import json, pickle, subprocess, sys
from pathlib import Path

import torch
import torch.nn.functional as F

import evaluate, reference


class Program:
    """The shipped weights behind the interface of the float model; where the program gives only the best label, its score is 1."""

    def __init__(self, reader, path):
        self.labels, self.words, self.chain, self.path = reader.labels, reader.words, reader.chain, path

    def read(self, windows):
        lines = "\n".join(json.dumps(dict(words=w["doc"]["w"][slice(*w["at"])], sentence=w["sent"])) for w in windows)
        out = subprocess.run([self.path], input=lines, capture_output=True, check=True, text=True).stdout
        for line in out.splitlines():
            yield self.scores(json.loads(line))

    def scores(self, o):
        n, sizes = len(o["ss"]), {k: len(v) for k, v in self.labels.lists.items()}
        rows = lambda key: torch.tensor(o[key]).view(n, -1)
        best = lambda key, size: F.one_hot(torch.tensor(o[key]), size).float()
        start = torch.tensor(o["ss"])
        return ({key: rows(key) for key in ("ner", "att")} | {key: best(key, sizes[key]) for key in ("up", "xp", "lem", "rel")}
                | {key: best(key, n + 1) for key in ("arc", "source", "cue", "ante")} | {"ss": torch.stack([0 * start, start], 1)})


def main(start, folder, program, cache):
    reader = reference.reader(Path(start), Path(folder))
    _, dev = pickle.loads(Path(cache).read_bytes())
    for name, m in (("float", reader), ("int8", Program(reader, program))):
        print(name, json.dumps(evaluate.all_figures(m, dev, 160)), flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
