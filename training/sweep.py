"""Short runs of the recipe with one thing changed each, as a table: python3 training/sweep.py OUT [--only NAME] -- TRAIN_OPTIONS

TRAIN_OPTIONS are those of train.py without --out; --pieces 1000000 gives every run the same amount to read, also where a pass is
shorter. Each run has a folder under OUT and is not repeated if it is there; the table (Markdown, on standard output) gives
development figures, words per second of processor time of the float model in PyTorch on one thread, and the bytes of the packed
weights without the sentence encoder.
"""
import collections, json, pickle, subprocess, sys, time
from pathlib import Path

import numpy, torch

import evaluate, numpy_model, pack_weights, reference

VARIANTS = {
    "recipe": [], "recipe, seed 2": ["--seed", "2"], "recipe, seed 3": ["--seed", "3"],
    "three layers": ["--layers", "0,2,4"], "windows of 254": ["--limits", "254", "--evaluate", "254"], "windows of 160": ["--limits", "160"],
    "nothing augmented or hidden": ["--augmented", "0", "--hidden", "0"], "twice the batch": ["--budget", "5120"], "half the rate": ["--rate", "1.25e-4"],
    "permissive data": ["--permissive"],
}


def run(out, name, options):
    folder = out / name.replace(" ", "-").replace(",", "")
    if not (folder / "figures.json").exists():
        folder.mkdir(parents=True, exist_ok=True)
        for cache in out.glob("data*.pickle"):
            target = folder / cache.name
            target.exists() or target.hardlink_to(cache)
        here = Path(__file__).with_name("train.py")
        subprocess.run([sys.executable, here, "--out", folder, *options, *VARIANTS[name]], check=True, stdout=sys.stderr)
        for cache in folder.glob("data*.pickle"):
            (out / cache.name).exists() or (out / cache.name).hardlink_to(cache)
    return folder


def speed(start, folder, docs):
    """Words per second of processor time on one thread over a few articles, float, batches of eight windows; the better of two."""
    torch.set_num_threads(1)
    m, best = reference.reader(start, folder), 0
    for _ in range(2):
        words, begun = 0, time.process_time()
        for w, _ in evaluate.outputs(m, docs, 160, 1280):
            words += len(w["firsts"])
        best = max(best, words / (time.process_time() - begun))
    return best


def packed_size(folder):
    """Bytes of the reader in the weights file: its pieces, layers and heads, without the sentence encoder's layers."""
    stack, out = numpy_model.reader_stack(folder), pack_weights.Tensors()
    even = collections.defaultdict(lambda: numpy.float32(1))
    table, scale = pack_weights.quantised(stack["emb"])
    pack_weights.put_stack(out, "reader.", stack, even, pack_weights.READER_POSITIONS)
    pack_weights.put_heads(out, stack, even)
    return table.nbytes + scale.nbytes + sum(len(data) for _, _, _, data in out)


def main():
    split = sys.argv.index("--")
    mine, options = sys.argv[1:split], sys.argv[split + 1 :]
    out, only = Path(mine[0]), mine[2:] if mine[1:2] == ["--only"] else list(VARIANTS)
    start = Path(options[options.index("--model") + 1])
    print("| run | passes | pieces read | LAS EWT | tags | UNER | politics | source / cue / content, sentences | float words/s | int8 bytes |\n" + "|---" * 10 + "|")
    for name in only:
        folder = run(out, name, options)
        f = json.loads((folder / "figures.json").read_text())
        best = f["254"] if name == "windows of 254" else f["160"]
        _, dev = pickle.loads(next(folder.glob("data*.pickle")).read_bytes())
        words, b = speed(start, folder, dev["polnear"][:6]), best["bio"]
        print(f"| {name} | {f['passes']} | {f['pieces']} | {best['ewt']['las']} | {best['ewt']['xp']} | {best['uner']} | {best['politics']} | "
              f"{b['SRC']} / {b['CUE']} / {b['CON']} | {words:.0f} | {packed_size(folder)} |", flush=True)


if __name__ == "__main__":
    if "--" not in sys.argv:
        sys.exit(__doc__)
    main()
