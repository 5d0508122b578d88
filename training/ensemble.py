"""Development figures of several readers read as one: python3 training/ensemble.py START CACHE READER READER...

START is the folder of the starting model, CACHE the data that train.py kept (data.pickle), the READERs what it wrote. Scores are
averaged before anything is decided, those of steps between labels, too. This is what a single reader taught by all of them
(distillation) could reach at best.
"""
import json, pickle, sys
from pathlib import Path

import torch

import evaluate, reference
from windows import collate


def mean(tensors):
    return torch.stack([x.float() for x in tensors]).mean(0)


class Steps:
    """The mean of the readers' step scores, behind the interface of a conditional random field."""

    def __init__(self, chains):
        self.mean, self.illegal = mean(chain.scores() for chain in chains).detach(), chains[0].illegal

    def scores(self):
        return self.mean


class Ensemble:
    """Readers behind the interface of one."""

    def __init__(self, readers):
        self.readers, self.labels, self.words = readers, readers[0].labels, readers[0].words
        self.chain = {key: Steps([m.chain[key] for m in readers]) for key in ("ner", "att")}

    @torch.no_grad()
    def scores(self, b, parse, link):
        """The outputs of each reader, and their mean."""
        with torch.autocast("cpu", torch.bfloat16):
            outputs = [m(b, parse, link) for m in self.readers]
        return outputs, {key: mean(x[key] for x in outputs) for key in outputs[0] if key not in ("rh", "rd")}

    @torch.no_grad()
    def relations(self, outputs, heads):
        with torch.autocast("cpu", torch.bfloat16):
            return mean(m.relations(x, heads) for m, x in zip(self.readers, outputs))

    def read(self, windows):
        b = collate(windows)
        outputs, o = self.scores(b, "head" in b, "source" in b or "ante" in b)
        if "head" in b:
            o["rel"] = self.relations(outputs, o["arc"].argmax(-1))
        for k, w in enumerate(windows):
            yield {key: x[k, : len(w["firsts"])] for key, x in o.items()}


def main(start, cache, *folders):
    readers = [reference.reader(Path(start), Path(folder)) for folder in folders]
    _, dev = pickle.loads(Path(cache).read_bytes())
    print(json.dumps(evaluate.all_figures(Ensemble(readers), dev, 160)))


if __name__ == "__main__":
    if len(sys.argv) < 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
