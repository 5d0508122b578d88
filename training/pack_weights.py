"""Packs the model folder into the one weights file that ships inside the program.

    python3 training/pack_weights.py START READER TEXTS OUT        (needs NumPy and xxhash)

START is the folder of the starting model (sentence.safetensors, vocab.txt), READER the one that training/train.py wrote
(reader.safetensors, reader.labels.json). TEXTS is a folder of plain English news texts, or
the documents that train.py kept (data-permissive.pickle), of which GUM's are read, news first: the largest size of each input channel
is measured on 40 windows of them, and half of its logarithm is moved into the weights (SmoothQuant, Xiao et al. 2023, alpha 0.5),
because a few channels are ten times as large as the others. Nothing else of the texts enters the file. Layout:
crates/encoder/src/weights.rs.
"""
import hashlib, json, pickle, struct, sys
from pathlib import Path

import numpy as np
import xxhash

import numpy_model as nm

VERSION, FORMAT, WINDOWS = "en-4", 1, 40
TEXT, F32, F16, I32, U32, U16, I8_ROWS, I8_BLOCKS = range(8)
READER_POSITIONS, SENTENCE_POSITIONS, SLOTS = 160, 256, 1 << 16
TAGS = ("up", "xp", "lem", "ner", "att")
LINKS, LINK = 3, 64


class Tensors(list):
    """The tensors in file order: (name, kind, dims, bytes)."""

    def put(self, name, kind, value):
        types = {F32: "<f4", F16: "<f2", I32: "<i4", U32: "<u4", U16: "<u2", I8_ROWS: "i1"}
        array = np.asarray(value).astype(types[kind])
        self.append((name, kind, array.shape, array.tobytes()))

    def text(self, name, value):
        data = value.encode()
        self.append((name, TEXT, (len(data),), data))

    def linear(self, name, weight, bias, largest):
        """Int8 rows in blocks of 16 rows × 4 inputs, with `scale`, `bias`, `smooth` (inverse) and `sum` (of the integers)."""
        smooth = smoothing(weight, largest)
        q, scale = quantised(pad(weight * smooth, 16, 64))
        rows, depth = q.shape
        blocks = q.reshape(rows // 16, 16, depth // 4, 4).transpose(0, 2, 1, 3)
        self.append((name, I8_BLOCKS, (rows, depth), np.ascontiguousarray(blocks).tobytes()))
        self.put(name + ".scale", F32, scale)
        self.put(name + ".bias", F32, np.pad(bias, (0, rows - len(bias))))
        self.put(name + ".smooth", F32, np.pad(1 / smooth, (0, depth - len(smooth))))
        self.put(name + ".sum", I32, q.astype(np.int32).sum(1))


def smoothing(weight, largest):
    """Factors that even out inputs and weights, geometric mean 1."""
    if largest is None:
        return np.ones(weight.shape[1], np.float32)
    s = np.sqrt(np.maximum(largest, 1e-5) / np.maximum(np.abs(weight).max(0), 1e-5))
    return (s / np.exp(np.log(s).mean())).astype(np.float32)


def pad(matrix, rows, columns):
    return np.pad(matrix, ((0, -matrix.shape[0] % rows), (0, -matrix.shape[1] % columns)))


def quantised(matrix):
    """Symmetric int8 with one scale a row."""
    scale = np.abs(matrix).max(1) / 127
    scale = np.where(scale == 0, 1, scale).astype(np.float32)
    return np.rint(matrix / scale[:, None]).clip(-127, 127).astype(np.int8), scale


def put_stack(out, prefix, stack, largest, positions):
    """One layer stack. The attention's 1/√32 and the softmax's log2(e) are folded into the query rows."""
    factor = np.ones(3 * nm.HIDDEN, np.float32)
    factor[: nm.HIDDEN] = (nm.HIDDEN // nm.HEADS) ** -0.5 * np.log2(np.e)
    out.put(prefix + "positions", F16, stack["pos"][:positions])
    if stack["shape"] is not None:
        out.put(prefix + "shapes", F32, stack["shape"])
    for kind in ("weight", "bias"):
        out.put(f"{prefix}norm.{kind}", F32, stack[f"ln.{kind}"])
    for i in range(nm.layers(stack)):
        for name in ("qkv", "o", "f1", "f2"):
            weight, bias = stack[f"{i}.{name}.weight"], stack[f"{i}.{name}.bias"]
            if name == "qkv":
                weight, bias = weight * factor[:, None], bias * factor
            out.linear(f"{prefix}{i}.{name}", weight, bias, largest[f"{i}.{name}"])
        for norm in ("ln1", "ln2"):
            for kind in ("weight", "bias"):
                out.put(f"{prefix}{i}.{norm}.{kind}", F32, stack[f"{i}.{norm}.{kind}"])


def put_heads(out, t, largest):
    """Every head on a word: the five tag lists and sentence start (yes − no), the parser's four parts, the links' two sides."""
    start = (t["ss.weight"][1:] - t["ss.weight"][:1], t["ss.bias"][1:] - t["ss.bias"][:1])
    weight = np.concatenate([t[f"tags.{k}.weight"] for k in TAGS] + [start[0]])
    bias = np.concatenate([t[f"tags.{k}.bias"] for k in TAGS] + [start[1]])
    out.linear("heads", weight, bias, largest["final"])
    out.linear("parts", t["mlp.weight"], t["mlp.bias"], largest["final"])
    root = nm.gelu(t["mlp.weight"] @ t["root"] + t["mlp.bias"])
    out.put("root.arc", F32, root[:192])
    out.put("root.label", F32, root[384:480])
    out.put("arc.weight", F16, t["U"])
    out.put("arc.bias", F32, t["bh"])
    labels, size, _ = t["R"].shape
    rows = t["R"].transpose(0, 2, 1).reshape(labels * size, size)
    out.linear("label.pairs", rows, np.zeros(len(rows), np.float32), None)
    out.put("label.weight", F16, t["Rl.weight"])
    out.put("label.bias", F32, t["Rl.bias"])


    parts = (LINKS, 2, LINK)
    factor = np.where(np.arange(2)[None, :, None] == 0, np.float32(LINK**-0.5), np.float32(1)).repeat(LINKS, 0).repeat(LINK, 2)
    weight, bias = t["link.weight"].reshape(*parts, nm.HIDDEN) * factor[..., None], t["link.bias"].reshape(parts) * factor
    out.linear("links", weight.reshape(-1, nm.HIDDEN), bias.reshape(-1), largest["final"])
    out.put("links.none", F32, t["none"])


def fnv1a(data):
    h = 0x811C9DC5
    for byte in data:
        h = (h ^ byte) * 0x01000193 & 0xFFFFFFFF
    return h


def put_vocabulary(out, words):
    """The pieces in one string, their ends, and an open-addressed table of ids (FNV-1a, Fibonacci slot, linear probing)."""
    slots = np.full(SLOTS, 0xFFFF, np.uint16)
    for i, word in enumerate(words):
        slot = (fnv1a(word.encode()) * 0x9E3779B1 & 0xFFFFFFFF) >> 16
        while slots[slot] != 0xFFFF:
            slot = (slot + 1) % SLOTS
        slots[slot] = i
    out.text("vocabulary", "".join(words))
    out.put("vocabulary.ends", U32, np.cumsum([len(w.encode()) for w in words]))
    out.put("vocabulary.slots", U16, slots)


def packed(origin, tensors):
    """Magic, format, sizes, checksum of all that follows; version, origin, directory; payload, each tensor at 64 bytes."""
    string = lambda s: struct.pack("<H", len(s.encode())) + s.encode()
    fixed = len(string(VERSION) + string(origin)) + 4
    size = 32 + fixed + sum(len(string(n)) + 2 + 4 * len(d) + 16 for n, _, d, _ in tensors)
    size += -size % 64
    header, payload = string(VERSION) + string(origin) + struct.pack("<I", len(tensors)), bytearray()
    for name, kind, dims, data in tensors:
        header += string(name) + struct.pack("<BB", kind, len(dims)) + struct.pack(f"<{len(dims)}I", *dims)
        header += struct.pack("<QQ", size + len(payload), len(data))
        payload += data + bytes(-len(data) % 64)
    body = header + bytes(size - 32 - len(header)) + payload
    return b"ONRECWTS" + struct.pack("<IIQQ", FORMAT, size, len(payload), xxhash.xxh64_intdigest(body)) + body


def texts(source):
    """The texts of a folder in order of their names, or of a cache's GUM documents."""
    source = Path(source)
    if source.is_dir():
        return (path.read_text(encoding="utf-8") for path in sorted(source.iterdir()))
    (_, (gum, _), *_), _ = pickle.loads(source.read_bytes())
    return (" ".join(doc["w"]) for doc in sorted(gum, key=lambda doc: "_news_" not in doc["id"]))


def calibrated(reader, sentence, source, vocab):
    """Largest size of each channel, for both stacks."""
    seen, of_reader, of_sentence = 0, {}, {}
    for text in texts(source):
        ids, shapes, _ = next(nm.windows(text, vocab), ([], [], []))
        if len(ids) < 100:
            continue
        nm.forward(reader, ids, shapes, of_reader)
        for part in np.array_split(ids[1:-1], 5):
            nm.forward(sentence, np.concatenate([[101], part, [102]]), None, of_sentence)
        seen += 1
        if seen == WINDOWS:
            break
    return of_reader, of_sentence


def main(start, folder, source, target):
    start, folder = Path(start), Path(folder)
    words = start.joinpath("vocab.txt").read_text(encoding="utf-8").split("\n")
    words = words[:-1] if words[-1] == "" else words
    labels = json.loads(folder.joinpath("reader.labels.json").read_text())
    reader = nm.reader_stack(folder)
    sentence = nm.sentence_stack(start, reader["emb"])
    of_reader, of_sentence = calibrated(reader, sentence, source, {w: i for i, w in enumerate(words)})
    out = Tensors()
    for key, name in dict(up="upos", xp="xpos", lem="lemma", ner="names", att="attribution", rel="relations").items():
        out.text("labels." + name, "\n".join(labels[key]))
    out.put("transitions.attribution", F32, reader["chain.att.steps"])
    out.put("transitions.names", F32, reader["chain.ner.steps"])
    put_vocabulary(out, words)
    table, scale = quantised(reader["emb"])
    out.put("pieces", I8_ROWS, table)
    out.put("pieces.scale", F32, scale)
    put_stack(out, "reader.", reader, of_reader, READER_POSITIONS)
    put_heads(out, reader, of_reader)
    put_stack(out, "sentence.", sentence, of_sentence, SENTENCE_POSITIONS)
    files = folder / "reader.safetensors", start / "sentence.safetensors"
    sums = [hashlib.sha256(f.read_bytes()).hexdigest()[:16] for f in files]
    origin = f"training/pack_weights.py from reader.safetensors (SHA-256 {sums[0]}…) and sentence.safetensors ({sums[1]}…)"
    data = packed(origin, out)
    Path(target).write_bytes(data)
    print(f"{target}: {len(data)} bytes, XXH64 {data[24:32][::-1].hex()}, {len(out)} tensors")


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
