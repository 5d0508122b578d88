"""Packs the model folder into the one weights file that ships inside the program.

    python3 training/pack_weights.py MODEL TEXTS OUT        (needs NumPy only)
    python3 training/pack_weights.py ../shared/model ../shared/data/polnear/data/train/text \
        crates/encoder/weights/en-1.onrecord

MODEL holds reader.safetensors, sentence.safetensors, reader.labels.json, vocab.txt and transitions.json. TEXTS is a folder
of plain English news texts: the largest size of each input channel is measured on 40 windows of them, and half of its
logarithm is moved into the weights (SmoothQuant, Xiao et al. 2023, alpha 0.5), because a few channels are ten times as
large as the others. Nothing else of the texts enters the file. Layout: crates/encoder/src/weights.rs.
"""
import hashlib, json, struct, sys
from pathlib import Path

import numpy as np

import numpy_model as nm

VERSION, FORMAT, WINDOWS = "en-1", 1, 40
TEXT, F32, F16, I32, U32, U16, I8_ROWS, I8_BLOCKS = range(8)
READER_POSITIONS, SENTENCE_POSITIONS, SLOTS = 160, 256, 1 << 16
TAGS = ("up", "xp", "lem", "ner", "att")


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
    for i in range(nm.LAYERS):
        for name in ("qkv", "o", "f1", "f2"):
            weight, bias = stack[f"{i}.{name}.weight"], stack[f"{i}.{name}.bias"]
            if name == "qkv":
                weight, bias = weight * factor[:, None], bias * factor
            out.linear(f"{prefix}{i}.{name}", weight, bias, largest[f"{i}.{name}"])
        for norm in ("ln1", "ln2"):
            for kind in ("weight", "bias"):
                out.put(f"{prefix}{i}.{norm}.{kind}", F32, stack[f"{i}.{norm}.{kind}"])


def put_heads(out, t, largest):
    """Every head on a word as one matrix: the five tag lists, sentence start (yes − no), then the parser's four parts."""
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


def xxh64(data):
    """XXH64 with seed 0."""
    m = (1 << 64) - 1
    p1, p2, p3, p4, p5 = (0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x85EBCA77C2B2AE63, 0x27D4EB2F165667C5)
    rotl = lambda x, r: ((x << r) | (x >> (64 - r))) & m
    step = lambda acc, lane: rotl((acc + lane * p2) & m, 31) * p1 & m
    at, n = 0, len(data)
    if n >= 32:
        a, b, c, d = (p1 + p2) & m, p2, 0, -p1 & m
        for w, x, y, z in struct.iter_unpack("<4Q", data[: n // 32 * 32]):
            a, b, c, d = step(a, w), step(b, x), step(c, y), step(d, z)
        h = (rotl(a, 1) + rotl(b, 7) + rotl(c, 12) + rotl(d, 18)) & m
        for v in (a, b, c, d):
            h = ((h ^ step(0, v)) * p1 + p4) & m
        at = n // 32 * 32
    else:
        h = p5
    h = (h + n) & m
    while at + 8 <= n:
        h = (rotl(h ^ step(0, int.from_bytes(data[at : at + 8], "little")), 27) * p1 + p4) & m
        at += 8
    if at + 4 <= n:
        h = (rotl(h ^ (int.from_bytes(data[at : at + 4], "little") * p1 & m), 23) * p2 + p3) & m
        at += 4
    for byte in data[at:]:
        h = rotl(h ^ (byte * p5 & m), 11) * p1 & m
    h = (h ^ h >> 33) * p2 & m
    h = (h ^ h >> 29) * p3 & m
    return h ^ h >> 32


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
    return b"ONRECWTS" + struct.pack("<IIQQ", FORMAT, size, len(payload), xxh64(body)) + body


def calibrated(reader, sentence, folder, vocab):
    """Largest size of each channel, for both stacks."""
    seen, of_reader, of_sentence = 0, {}, {}
    for path in sorted(Path(folder).iterdir()):
        ids, shapes, _ = next(nm.windows(path.read_text(encoding="utf-8"), vocab), ([], [], []))
        if len(ids) < 100:
            continue
        nm.forward(reader, ids, shapes, of_reader)
        for part in np.array_split(ids[1:-1], 5):
            nm.forward(sentence, np.concatenate([[101], part, [102]]), None, of_sentence)
        seen += 1
        if seen == WINDOWS:
            break
    return of_reader, of_sentence


def main(model, texts, target):
    model = Path(model)
    words = model.joinpath("vocab.txt").read_text(encoding="utf-8").split("\n")
    words = words[:-1] if words[-1] == "" else words
    labels = json.loads(model.joinpath("reader.labels.json").read_text())
    transitions = json.loads(model.joinpath("transitions.json").read_text())["attribution"]
    reader = nm.reader_stack(model)
    sentence = nm.sentence_stack(model, reader["emb"])
    of_reader, of_sentence = calibrated(reader, sentence, texts, {w: i for i, w in enumerate(words)})
    out = Tensors()
    for key, name in dict(up="upos", xp="xpos", lem="lemma", ner="names", att="attribution", rel="relations").items():
        out.text("labels." + name, "\n".join(labels[key]))
    assert transitions["labels"] == labels["att"]
    out.put("transitions.attribution", F32, np.array(transitions["pmi"]) * transitions["weight"])
    put_vocabulary(out, words)
    table, scale = quantised(reader["emb"])
    out.put("pieces", I8_ROWS, table)
    out.put("pieces.scale", F32, scale)
    put_stack(out, "reader.", reader, of_reader, READER_POSITIONS)
    put_heads(out, reader, of_reader)
    put_stack(out, "sentence.", sentence, of_sentence, SENTENCE_POSITIONS)
    sums = [hashlib.sha256(model.joinpath(f).read_bytes()).hexdigest()[:16] for f in ("reader.safetensors", "sentence.safetensors")]
    origin = f"training/pack_weights.py from reader.safetensors (SHA-256 {sums[0]}…) and sentence.safetensors ({sums[1]}…)"
    data = packed(origin, out)
    Path(target).write_bytes(data)
    print(f"{target}: {len(data)} bytes, XXH64 {data[24:32][::-1].hex()}, {len(out)} tensors")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
