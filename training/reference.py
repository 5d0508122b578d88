"""Writes what the PyTorch reader gives on invented sentences, for the test of any other implementation.

    python3 training/reference.py START READER crates/encoder/tests/reference_outputs.json

START is the folder of the starting model (vocab.txt), READER the one that training/train.py wrote. The file's own words
and sentence numbers are kept; all else is written anew.
"""
import json, sys
from pathlib import Path

import torch
from safetensors.torch import load_file

import model, windows


def reader(start, folder, drop=0.1):
    """A trained reader, ready to read; `drop` is for those who train it further."""
    labels = windows.Labels(json.loads((folder / "reader.labels.json").read_text()))
    tensors = {k: t.float() for k, t in load_file(folder / "reader.safetensors").items()}
    m = model.Reader(labels, len({k.split(".")[2] for k in tensors if k.startswith("enc.layers.")}), drop)
    m.load_state_dict(tensors)
    m.words = windows.Words(start / "vocab.txt")
    return m.eval()


def outputs(m, words, sentence):
    """Labels, logits, heads (0 root, i + 1 word i of the window), relations given them, and links."""
    v = m.labels.lists
    window = windows.windows(dict(w=words, sent=sentence), m.labels, m.words, 512)[0]
    with torch.no_grad():
        o = m(windows.collate([window]))
        heads = o["arc"].argmax(-1)
        relations = m.relations(o, heads).argmax(-1)[0].tolist()
    best = lambda key: [v[key][i] for i in o[key][0].argmax(-1).tolist()]
    rounded = lambda key: [[round(x, 4) for x in row] for row in o[key][0].tolist()]
    return dict(words=words, sentence=sentence, pieces=window["ids"], shapes=window["shapes"], first_piece=window["firsts"],
                upos=best("up"), xpos=best("xp"), ner=best("ner"), att=best("att"), sentence_start_logits=rounded("ss"),
                att_logits=rounded("att"), ner_logits=rounded("ner"), heads=heads[0].tolist(),
                deprel=[v["rel"][i] for i in relations], **{key: o[key][0].argmax(-1).tolist() for key in windows.LINKS})


def main(start, folder, target):
    m, target = reader(Path(start), Path(folder)), Path(target)
    cases = [outputs(m, case["words"], case["sentence"]) for case in json.loads(target.read_text())]
    target.write_text("[\n" + ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases) + "\n]\n")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
