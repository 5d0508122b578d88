"""The reader and the sentence encoder in NumPy (float32): the yardstick for the quantised file, and its calibration."""
import json, math, re, struct, unicodedata
from pathlib import Path

import numpy as np

HIDDEN, HEADS, LN_EPS = 384, 12, 1e-12


def safetensors(path):
    """All tensors of a safetensors file as float32 arrays."""
    data = Path(path).read_bytes()
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + size])
    kinds = {"F16": "<f2", "F32": "<f4"}
    out = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        start = 8 + size + entry["data_offsets"][0]
        count = int(np.prod(entry["shape"]))
        flat = np.frombuffer(data, dtype=kinds[entry["dtype"]], count=count, offset=start)
        out[name] = flat.reshape(entry["shape"]).astype(np.float32)
    return out


def layers(stack):
    """How many layers a stack has."""
    return sum(key.endswith(".qkv.weight") for key in stack)


def reader_stack(model):
    """The reader's layers under short names: `emb`, `pos`, `shape`, `ln`, `0.qkv` …"""
    t = safetensors(Path(model) / "reader.safetensors")
    out = {"emb": t["enc.emb.weight"], "pos": t["enc.pos.weight"], "shape": t["enc.shp.weight"]}
    out["ln.weight"], out["ln.bias"] = t["enc.ln.weight"], t["enc.ln.bias"]
    for key, value in t.items():
        if key.startswith("enc.layers."):
            out[key[len("enc.layers.") :]] = value
        elif not key.startswith("enc."):
            out[key] = value
    return out


def sentence_stack(model, emb):
    """The sentence encoder's layers under the same names; queries, keys and values fused, token type folded in."""
    t = safetensors(Path(model) / "sentence.safetensors")
    out = {"emb": emb, "shape": None}
    out["pos"] = t["embeddings.position_embeddings.weight"] + t["embeddings.token_type_embeddings.weight"][0]
    out["ln.weight"], out["ln.bias"] = t["embeddings.LayerNorm.weight"], t["embeddings.LayerNorm.bias"]
    pairs = {"o": "attention.output.dense", "ln1": "attention.output.LayerNorm", "f1": "intermediate.dense"}
    pairs |= {"f2": "output.dense", "ln2": "output.LayerNorm"}
    for i in range(sum(key.endswith("attention.self.query.weight") for key in t)):
        p = f"encoder.layer.{i}."
        for kind in ("weight", "bias"):
            parts = [t[f"{p}attention.self.{x}.{kind}"] for x in ("query", "key", "value")]
            out[f"{i}.qkv.{kind}"] = np.concatenate(parts)
            for short, long in pairs.items():
                out[f"{i}.{short}.{kind}"] = t[f"{p}{long}.{kind}"]
    return out


_grid = np.array([math.erf(i / 4096) for i in range(-5 * 4096, 5 * 4096 + 2)], dtype=np.float32)


def erf(x):
    """Error function by a fine table (absolute error below 1e-7)."""
    y = np.clip((x.astype(np.float64) + 5) * 4096, 0, len(_grid) - 2)
    i = y.astype(np.int64)
    return (_grid[i] + (y - i) * (_grid[i + 1] - _grid[i])).astype(np.float32)


def gelu(x):
    return 0.5 * x * (1 + erf(x * np.float32(2**-0.5)))


def layer_norm(x, weight, bias):
    mean = x.mean(-1, keepdims=True)
    var = ((x - mean) ** 2).mean(-1, keepdims=True)
    return (x - mean) / np.sqrt(var + LN_EPS) * weight + bias


def forward(stack, ids, shapes=None, watch=None):
    """Last hidden states; `watch` collects the largest size of each input channel of each linear layer."""
    def linear(name, x):
        if watch is not None:
            watch[name] = np.maximum(watch.get(name, 0), np.abs(x).max(0))
        return x @ stack[name + ".weight"].T + stack[name + ".bias"]

    n = len(ids)
    x = stack["emb"][ids] + stack["pos"][:n]
    if shapes is not None:
        x = x + stack["shape"][shapes]
    x = layer_norm(x, stack["ln.weight"], stack["ln.bias"])
    for i in range(layers(stack)):
        q, k, v = linear(f"{i}.qkv", x).reshape(n, 3, HEADS, -1).transpose(1, 2, 0, 3)
        s = q @ k.transpose(0, 2, 1) * np.float32((HIDDEN // HEADS) ** -0.5)
        e = np.exp(s - s.max(-1, keepdims=True))
        a = (e / e.sum(-1, keepdims=True) @ v).transpose(1, 0, 2).reshape(n, HIDDEN)
        x = layer_norm(x + linear(f"{i}.o", a), stack[f"{i}.ln1.weight"], stack[f"{i}.ln1.bias"])
        y = linear(f"{i}.f2", gelu(linear(f"{i}.f1", x)))
        x = layer_norm(x + y, stack[f"{i}.ln2.weight"], stack[f"{i}.ln2.bias"])
    if watch is not None:
        watch["final"] = np.maximum(watch.get("final", 0), np.abs(x).max(0))
    return x


def is_punctuation(c):
    return c in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~" or unicodedata.category(c)[0] == "P"


def pieces(word, vocab):
    """Word pieces of one word: lower case, NFD without marks, punctuation split, longest match first, at most 8."""
    text = "".join(c for c in unicodedata.normalize("NFD", word) if unicodedata.category(c) != "Mn").lower()
    text = "".join(f" {c} " if is_punctuation(c) else c for c in text)
    out = []
    for part in text.split():
        found, start = [], 0
        while start < len(part):
            for end in range(len(part), start, -1):
                piece = ("##" if start else "") + part[start:end]
                if piece in vocab:
                    found.append(vocab[piece])
                    start = end
                    break
            else:
                found = [vocab["[UNK]"]]
                break
        out += found
    return (out or [vocab["[UNK]"]])[:8]


def shape(w):
    """Word shape 1–7; 0 is kept for the marks at the ends of a window."""
    if any(c.isdigit() for c in w):
        return 4
    if not any(c.isalpha() for c in w):
        return 5
    if w.islower():
        return 1
    if w.isupper():
        return 3 if len(w) > 1 else 6
    return 2 if w[0].isupper() and (w[1:].islower() or len(w) == 1) else 7


def windows(text, vocab, limit=160):
    """Windows of (ids, shapes, first piece of each word) over the words of a text."""
    ids, shapes, first = [101], [0], []
    for word in re.findall(r"\w+|[^\w\s]", text):
        p = pieces(word, vocab)
        if len(ids) + len(p) >= limit:
            yield np.array(ids + [102]), np.array(shapes + [0]), np.array(first)
            ids, shapes, first = [101], [0], []
        first.append(len(ids))
        ids += p
        shapes += [shape(word)] * len(p)
    if first:
        yield np.array(ids + [102]), np.array(shapes + [0]), np.array(first)
