"""Words a second of our sentence encoder, kernel by kernel, beside ONNX Runtime and rten on the same model:

    python3 training/bench_engines/run.py [--text FILE] [--rounds N] [--keep DIR]

Needs cargo, and `pip install numpy onnx onnxruntime`; without these packages it says so and measures ours alone. The graph is
made from the weights that ship (their int8 as float numbers) and quantised with ONNX Runtime's `quantize_dynamic`; both the
plain graph and one with its fused attention are tried. Sentences are sorted by length, so that engines that pad do so little, and
each engine that pads gets the batch size at which it is fastest. Everybody has one thread on one processor; engines take turns,
and a ratio is the median over the rounds of the ratios within a round, of processor seconds: a busy machine slows both sides.
Ours includes splitting into word pieces, the others get theirs ready. Every engine's last vector must be ours but for rounding."""
import argparse, os, statistics, struct, subprocess, sys, tempfile, time, unicodedata
from pathlib import Path

HERE = Path(__file__).resolve().parent
WEIGHTS = max((HERE.parent.parent / "crates/encoder/weights").glob("*.onrecord"))
HIDDEN, HEADS, INNER, LONGEST = 384, 12, 1536, 256
BATCHES = (1, 8, 32)
# An engine that takes so many seconds is measured once.
SLOW = 5
NAMES = "Ada Quill|Lena Strand|Marek Olin|Ines Varga|Tomas Redl|Oona Fell".split("|")
PLACES = "Norhaven|Sundria|Haldria|Ellby|the northern district|the harbour office|the capital".split("|")
FRAMES = """{n} told reporters in {p} on Tuesday that the talks would not resume before the thaw.
The ministry said it had received no answer.
"We will answer every tariff with a tariff of our own," {n} said, adding that 42 ships had been turned back since March.
A spokesman for the embassy denied that any vessel had been stopped, and called the figure a misunderstanding that the two governments could settle in a week, provided that neither side moved first.
Nobody was hurt.
According to {n}, who has led the negotiations since the autumn, the draft that was sent to {p} on Friday left out the clause on fishing rights.
Police in {p} arrested three men after the march; two were released on Thursday, officials said, and the third was charged with damaging a police car during the protest outside the courthouse.""".split("\n")


def invented():
    """A hundred invented sentences."""
    fill = lambda i, f: f.format(n=NAMES[i % len(NAMES)], p=PLACES[i % len(PLACES)])
    return [fill(i, f) for i in range(14) for f in FRAMES]


class File:
    """A weights file; see crates/encoder/src/weights.rs."""

    def __init__(self, path, plain=False):
        self.np = None if plain else __import__("numpy")
        self.data, self.at, self.entries = path.read_bytes(), 32, {}
        self.string(), self.string()
        for _ in range(self.number("<I")):
            name, kind, rank = self.string(), self.number("<B"), self.number("<B")
            dims = [self.number("<I") for _ in range(rank)]
            self.entries[name] = kind, dims, self.number("<Q"), self.number("<Q")

    def number(self, form):
        (value,) = struct.unpack_from(form, self.data, self.at)
        self.at += struct.calcsize(form)
        return value

    def string(self):
        size = self.number("<H")
        self.at += size
        return self.data[self.at - size : self.at].decode()

    def __getitem__(self, name):
        kind, dims, start, size = self.entries[name]
        form = [None, "<f4", "<f2", "<i4", "<u4", "<u2", "i1", "i1"][kind]
        if form is None:
            return self.data[start : start + size].decode()
        array = self.np.frombuffer(self.data[start : start + size], form)
        if kind == 7:
            rows, columns = dims
            return array.reshape(rows // 16, columns // 4, 16, 4).transpose(0, 2, 1, 3).reshape(dims)
        return array.reshape(dims)

    def vocabulary(self):
        """Ids of the word pieces."""
        text, (_, (count,), start, _) = self["vocabulary"].encode(), self.entries["vocabulary.ends"]
        ends = struct.unpack_from(f"<{count}I", self.data, start)
        return {text[a:b].decode(): i for i, (a, b) in enumerate(zip((0, *ends), ends))}

    def linear(self, name, rows, columns):
        """Weights `[columns, rows]` and bias of a layer, as float numbers."""
        weight = self[name].astype("f4") * self[name + ".scale"][:, None] * self[name + ".smooth"]
        return self.np.ascontiguousarray(weight[:rows, :columns].T), self[name + ".bias"][:rows].copy()


def graph(weights, fused):
    """The sentence encoder as an ONNX model: pieces and mask to states."""
    import numpy as np
    from onnx import TensorProto as T, helper as h, numpy_helper

    nodes, constants = [], []

    def constant(name, array):
        constants.append(numpy_helper.from_array(np.asarray(array), name))
        return name

    def node(op, inputs, name, domain="", **attributes):
        nodes.append(h.make_node(op, inputs, [name], name, domain=domain, **attributes))
        return name

    def norm(x, name, at):
        inputs = [x, constant(name + ".w", weights[at + ".weight"]), constant(name + ".b", weights[at + ".bias"])]
        return node("LayerNormalization", inputs, name, axis=-1, epsilon=1e-12)

    def linear(x, name, rows, columns):
        weight, bias = weights.linear("sentence." + name, rows, columns)
        product = node("MatMul", [x, constant(name + ".w", weight)], name + ".product")
        return node("Add", [product, constant(name + ".b", bias)], name)

    def heads(x, i):
        # The packed queries hold the softmax's scale and its change to powers of two.
        weight, bias = weights.linear(f"sentence.{i}.qkv", 3 * HIDDEN, HIDDEN)
        packed = (HIDDEN // HEADS) ** -0.5 * np.log2(np.e)
        weight[:, :HIDDEN] /= packed
        bias[:HIDDEN] /= packed
        inputs = [constant(f"{i}.qkv.w", weight), constant(f"{i}.qkv.b", bias)]
        if fused:
            return node("Attention", [x, *inputs, "mask"], f"{i}.context", "com.microsoft", num_heads=HEADS)
        qkv = node("Add", [node("MatMul", [x, inputs[0]], f"{i}.qkv.product"), inputs[1]], f"{i}.qkv")
        nodes.append(h.make_node("Split", [qkv], [f"{i}.{p}" for p in "qkv"], axis=-1, num_outputs=3))
        split = [node("Reshape", [f"{i}.{p}", "split"], f"{i}.{p}.split") for p in "qkv"]
        q, k, v = [node("Transpose", [s], s + ".turned", perm=p) for s, p in zip(split, ORDERS)]
        scores = node("Mul", [node("MatMul", [q, k], f"{i}.products"), "scale"], f"{i}.scores")
        shares = node("Softmax", [node("Add", [scores, "absent"], f"{i}.present")], f"{i}.shares", axis=-1)
        context = node("Transpose", [node("MatMul", [shares, v], f"{i}.mixed")], f"{i}.turned", perm=[0, 2, 1, 3])
        return node("Reshape", [context, "whole"], f"{i}.context")

    ORDERS = [0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]
    constant("split", np.array([0, 0, HEADS, HIDDEN // HEADS], "i8"))
    constant("whole", np.array([0, 0, HIDDEN], "i8"))
    constant("scale", np.array((HIDDEN // HEADS) ** -0.5, "f4"))
    if not fused:
        present = node("Cast", ["mask"], "mask.number", to=T.FLOAT)
        missing = node("Sub", [present, constant("one", np.array(1, "f4"))], "mask.missing")
        wide = node("Unsqueeze", [missing, constant("axes", np.array([1, 2], "i8"))], "mask.wide")
        node("Mul", [wide, constant("much", np.array(1e4, "f4"))], "absent")
    table = weights["pieces"].astype("f4") * weights["pieces.scale"][:, None]
    word = node("Gather", [constant("table", table), "pieces"], "words")
    first, second, third = (constant(name, np.array([at], "i8")) for at, name in enumerate(("first", "second", "third")))
    length = node("Slice", [node("Shape", ["pieces"], "shape"), second, third, first], "length")
    positions = constant("positions", weights["sentence.positions"].astype("f4"))
    places = node("Slice", [positions, first, length, first], "places")
    x = norm(node("Add", [word, places], "embedded"), "norm", "sentence.norm")
    for i in range(sum(f"sentence.{i}.qkv" in weights.entries for i in range(99))):
        o = linear(heads(x, i), f"{i}.o", HIDDEN, HIDDEN)
        x = norm(node("Add", [x, o], f"{i}.first"), f"{i}.ln1", f"sentence.{i}.ln1")
        wide = node("Gelu", [linear(x, f"{i}.f1", INNER, HIDDEN)], f"{i}.gelu")
        second = node("Add", [x, linear(wide, f"{i}.f2", HIDDEN, INNER)], f"{i}.second")
        x = norm(second, f"{i}.ln2", f"sentence.{i}.ln2")
    nodes[-1].output[0] = "states"
    of = lambda name, kind, dims: h.make_tensor_value_info(name, kind, dims)
    inputs = [of(name, T.INT32, ["rows", "columns"]) for name in ("pieces", "mask")]
    made = h.make_graph(nodes, "sentence", inputs, [of("states", T.FLOAT, ["rows", "columns", HIDDEN])], constants)
    opsets = [h.make_opsetid("", 20), h.make_opsetid("com.microsoft", 1)]
    return h.make_model(made, opset_imports=opsets, ir_version=9)


def pieces(text, vocabulary):
    """Word pieces of a text, with the marks at its ends."""
    text = "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn").lower()
    mark = lambda c: c in "$+<=>^`|~" or unicodedata.category(c)[0] == "P"
    out = [101]
    for part in "".join(f" {c} " if mark(c) else c for c in text).split():
        start, found = 0, []
        while start < len(part):
            ends = range(len(part), start, -1)
            piece = next((p for e in ends if (p := "##" * (start > 0) + part[start:e]) in vocabulary), None)
            if piece is None:
                found = [100]
                break
            found.append(vocabulary[piece])
            start += len(piece) - 2 * (start > 0)
        out += found
    return out[: LONGEST - 1] + [102]


class Ort:
    """ONNX Runtime on one graph, with one thread."""

    def __init__(self, path, batches):
        import numpy as np, onnxruntime as ort

        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_ALL
        options.log_severity_level = 3
        self.np, self.batches = np, []
        self.session = ort.InferenceSession(str(path), options, ["CPUExecutionProvider"])
        for batch in batches:
            width = max(map(len, batch))
            ids = np.array([row + [0] * (width - len(row)) for row in batch], "i4")
            mask = np.array([[1] * len(row) + [0] * (width - len(row)) for row in batch], "i4")
            self.batches.append({"pieces": ids, "mask": mask})

    def run(self):
        begin = time.process_time()
        for batch in self.batches:
            (states,) = self.session.run(None, batch)
        spent = time.process_time() - begin
        mean = states[-1][self.batches[-1]["mask"][-1] > 0].mean(0)
        return spent, list(mean / self.np.linalg.norm(mean))


class Worker:
    """The engines of the Rust program."""

    def __init__(self, program, *files):
        environment = os.environ | {"RTEN_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1"}
        self.process = subprocess.Popen([program, *files], stdin=-1, stdout=-1, text=True, env=environment)
        self.engines = self.process.stdout.readline().rstrip("\n").split("\t")

    def run(self, engine):
        print(engine, file=self.process.stdin, flush=True)
        spent, *vector = map(float, self.process.stdout.readline().split())
        return spent, vector


def cosine(a, b):
    return sum(x * y for x, y in zip(a, b)) / (sum(x * x for x in a) * sum(y * y for y in b)) ** 0.5


def graphs(folder):
    """The quantised graphs, plain and fused."""
    import onnx
    from onnxruntime.quantization import quantize_dynamic

    weights, made = File(WEIGHTS), {}
    for name in ("plain", "fused"):
        onnx.save(graph(weights, name == "fused"), folder / f"{name}-f32.onnx")
        made[name] = folder / f"{name}-int8.onnx"
        operators = ["MatMul", "Attention"]
        kind = {"DefaultTensorType": onnx.TensorProto.FLOAT}
        source = folder / f"{name}-f32.onnx"
        quantize_dynamic(source, made[name], operators, per_channel=True, extra_options=kind)
    return made


def engines(folder, texts):
    """What can be run: engine → variants, each a function that gives processor seconds and the last vector."""
    try:
        import numpy, onnx, onnxruntime  # noqa: F401
    except ImportError as error:
        print(f"{error.name} is missing: ours alone; `pip install numpy onnx onnxruntime` for the others\n", file=sys.stderr)
        made, sizes = {}, ()
    else:
        print(f"onnxruntime {onnxruntime.__version__}, rten 0.27")
        made, sizes = graphs(folder), BATCHES
    vocabulary = File(WEIGHTS, plain=True).vocabulary()
    sequences = sorted((pieces(text, vocabulary), text) for text in texts)
    sequences.sort(key=lambda s: len(s[0]))
    (folder / "sentences").write_text("\n".join(text for _, text in sequences) + "\n")
    ids = [row for row, _ in sequences]
    batches = {size: [ids[i : i + size] for i in range(0, len(ids), size)] for size in sizes}
    files = []
    for size, rows in batches.items():
        files.append(folder / f"sequences-{size}")
        files[-1].write_text("\n\n".join("\n".join(" ".join(map(str, row)) for row in b) for b in rows) + "\n")
    cargo = ["cargo", "build", "--release", "--quiet", "--manifest-path", HERE / "Cargo.toml"]
    subprocess.run(cargo, check=True)
    target = Path(os.environ.get("CARGO_TARGET_DIR", HERE / "target"))
    models = [made["plain"]] if made else []
    worker = Worker(target / "release/bench-engines", folder / "sentences", *models, *files)
    found = {}
    for name in worker.engines:
        found.setdefault(name.split(" batch")[0], {})[name] = lambda name=name: worker.run(name)
    for kind, path in made.items():
        for size, rows in batches.items():
            found.setdefault("onnxruntime int8", {})[f"{kind} batch {size}"] = Ort(path, rows).run
    return found, sum(map(len, ids))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", type=Path, help="a file with a sentence a line, instead of the invented ones")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--keep", type=Path, help="a folder for the graphs")
    options = parser.parse_args()
    texts = options.text.read_text().splitlines() if options.text else invented()
    texts = [" ".join(text.split()) for text in texts if text.strip()]
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    with tempfile.TemporaryDirectory() as folder:
        folder = options.keep or Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        found, count = engines(folder, texts)
        measure(found, options.rounds, count, sum(len(text.split()) for text in texts), len(texts))


def measure(found, rounds, pieces, words, sentences):
    print(f"{sentences} sentences, {words} words, {pieces} word pieces; {rounds} rounds")
    fastest, ours = {}, None
    for engine, variants in found.items():
        tried = {name: run() for name, run in variants.items()}
        best = min(tried, key=lambda name: tried[name][0])
        fastest[engine], (first, vector) = variants[best], tried[best]
        if first > SLOW:
            fastest[engine] = lambda once=tried[best]: once
        ours = ours or vector
        print(f"{engine}: {best}; last vector like ours: {cosine(ours, vector):.4f}", file=sys.stderr)
        if cosine(ours, vector) < 0.97:
            sys.exit(f"{engine} reads something else: the graph is not the model of the weights file")
    spent = {engine: [] for engine in fastest}
    for _ in range(rounds):
        for engine, run in fastest.items():
            spent[engine].append(run()[0])
    others = [engine for engine in fastest if not engine.startswith("onrecord")]
    print("\n" + "  ".join(["engine".ljust(20), "words/s".rjust(8), *(f"/ {other}".rjust(19) for other in others)]))
    for engine, seconds in spent.items():
        cells = [engine.ljust(20), f"{words / statistics.median(seconds):8.0f}"]
        for other in others:
            ratio = statistics.median(b / a for a, b in zip(seconds, spent[other]))
            cells.append(f"{ratio:19.2f}")
        print("  ".join(cells))


if __name__ == "__main__":
    main()
