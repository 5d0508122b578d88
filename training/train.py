"""Trains the reader: python3 training/train.py --data DATA --model START --reading PROGRAM --out FOLDER

DATA is the folder of the corpora, START that of the starting model (vocab.txt, the word-piece table, the sentence model's
layers), PROGRAM the example `reading` of crate `annotate`, which cuts raw text into the tokens that the program will see.
Writes reader.safetensors, reader.labels.json and figures.json to FOLDER.
"""
import argparse, collections, json, pickle, random, time
from pathlib import Path

import torch
from safetensors.torch import save_file

import corpora, evaluate, model, reference, windows

CROSS = ("ai", "literature", "music", "science")


def arguments():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0], allow_abbrev=False)
    for name in ("data", "model", "reading", "out"):
        p.add_argument(f"--{name}", type=Path, required=True)
    p.add_argument("--passes", type=float, default=8, help="length of the run; the learning rate falls to nothing at its end")
    p.add_argument("--pieces", type=float, default=1e18, help="the run is shortened to end when so many word pieces were read")
    p.add_argument("--minutes", type=float, default=1e9, help="the run is shortened to end by then")
    p.add_argument("--layers", default="0,1,2,3,4,5", help="which layers of the starting model; with --start, those of its reader")
    p.add_argument("--limits", default="160,160,0,0", help="window sizes in pieces, drawn by chance for each document; 0: single paragraphs")
    p.add_argument("--budget", type=int, default=2560, help="pieces in a batch")
    p.add_argument("--rate", type=float, default=2.5e-4)
    p.add_argument("--head-rate", type=float, default=1e-3)
    p.add_argument("--drop", type=float, default=0.1)
    p.add_argument("--augmented", type=float, default=0.25, help="share of documents that are augmented")
    p.add_argument("--hidden", type=float, default=0.08, help="share of words hidden in half of the windows")
    p.add_argument("--grow", type=int, default=0, help="layers to add on top of the reader that --start names")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--permissive", action="store_true", help="only data with a licence that lets weights be passed on")
    p.add_argument("--prepare", action="store_true", help="only read the corpora and keep them in FOLDER")
    p.add_argument("--taught", type=Path, help="the documents with labels by teachers, as teach.py wrote them, instead of the corpora's alone")
    p.add_argument("--start", type=Path, help="folder of a trained reader to go on from, with its layers and labels")
    p.add_argument("--evaluate", default="160,254", help="window sizes of the development figures")
    return p.parse_args()


def load(a):
    """Training sets with how often each is read in a pass, and development sets. Cached: reading PolNeAR takes minutes."""
    cache = a.out / ("data-permissive.pickle" if a.permissive else "data.pickle")
    if not cache.exists():
        genres = corpora.GUM_LICENSED if a.permissive else corpora.GUM_ALL
        ewt, gum = corpora.ewt(a.data, "train"), corpora.gum(a.data, "train", genres)
        cross = corpora.crossner(a.data, "politics", "train")
        for domain in CROSS:
            cross += corpora.crossner(a.data, domain, "train") + corpora.crossner(a.data, domain, "dev")
        if a.permissive:
            for doc in gum:
                corpora.gum_attribution(a.data, doc)
        sets = [(ewt, 2), (gum, 2), (cross + corpora.wikigold(a.data), 2)]
        dev = dict(ewt=corpora.ewt(a.data, "dev"), gum=corpora.gum(a.data, "dev"), politics=corpora.crossner(a.data, "politics", "dev"))
        if not a.permissive:
            sets.append((corpora.polnear(a.data, "train", a.reading), 1))
        dev["polnear"] = corpora.polnear(a.data, "dev", a.reading)
        dev["bio"] = corpora.bio_sentences(a.data / "polnear/cofenet-bio/valid.txt")
        keep(cache, (sets, dev))
    sets, dev = pickle.loads(cache.read_bytes())
    return pickle.loads(a.taught.read_bytes()) if a.taught else sets, dev


def keep(path, data):
    """Writes a pickle that is whole or not there."""
    part = path.with_suffix(".part")
    part.write_bytes(pickle.dumps(data))
    part.rename(path)


def begin(a, sets):
    """The reader to train: one on layers of the sentence model, or the one to go on from, perhaps with layers grown on top."""
    if a.start:
        m = reference.reader(a.model, a.start, a.drop)
        m.enc.grow(a.grow)
        return m
    pick = [int(x) for x in a.layers.split(",")]
    m = model.Reader(windows.Labels.of([d for docs, _ in sets for d in docs if "upos" in d]), len(pick), a.drop)
    m.enc.start_from(a.model, pick)
    m.words = windows.Words(a.model / "vocab.txt")
    return m


def optimizer(m, a):
    """AdamW with a rate for the encoder and one for the heads; no decay of biases and norms."""
    groups = collections.defaultdict(list)
    for name, p in m.named_parameters():
        if p.requires_grad:
            groups[name.startswith("enc."), p.dim() > 1].append(p)
    parts = [dict(params=ps, peak=a.rate if enc else a.head_rate, lr=0.0, weight_decay=0.01 if wide else 0.0)
             for (enc, wide), ps in sorted(groups.items())]
    return torch.optim.AdamW(parts, betas=(0.9, 0.98), fused=True)


def schedule(t, warm=0.04):
    """Share of the peak rate at a share of the run: up, then down linearly."""
    return min(t / warm, (1 - t) / (1 - warm))


def train(a, m, sets, rng):
    opt, start, step, agg, seen, passes = optimizer(m, a), time.time(), 0, collections.defaultdict(list), 0, 0
    limits = [int(x) for x in a.limits.split(",")]
    params = [p for p in m.parameters() if p.requires_grad]
    while True:
        epoch = windows.epoch(sets, m.labels, m.words, a.budget, limits, rng, a.augmented, a.hidden)
        for i, ws in enumerate(epoch):
            t = max((passes + i / len(epoch)) / a.passes, seen / a.pieces, (time.time() - start) / 60 / a.minutes)
            if t >= 1:
                return dict(passes=round(passes + i / len(epoch), 2), steps=step, pieces=seen)
            for g in opt.param_groups:
                g["lr"] = g["peak"] * max(0.0, schedule(max(t, 1e-4)))
            m.train()
            b = windows.collate(ws)
            with torch.autocast("cpu", torch.bfloat16):
                o = m(b, parse="head" in b, link="source" in b or "ante" in b)
                parts = model.losses(m, o, b)
                loss = model.total(parts)
            opt.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(params, 1.0)
            opt.step()
            step, seen = step + 1, seen + sum(len(w["ids"]) for w in ws)
            for k, x in parts.items():
                agg[k].append(x.item())
            if step % 100 == 0:
                means = {k: round(sum(x) / len(x), 3) for k, x in agg.items()}
                print(f"{time.strftime('%H:%M:%S')} {100 * t:.0f}% pass {passes} step {step} {seen / (time.time() - start):.0f} pieces/s {means}", flush=True)
                agg.clear()
            if step % 1000 == 0:
                save(m, a.out)
        passes += 1


def save(m, folder):
    tensors = {k: (t.half() if t.numel() > 100_000 else t).contiguous() for k, t in m.state_dict().items()}
    save_file(tensors, folder / "reader.safetensors")
    (folder / "reader.labels.json").write_text(json.dumps(m.labels.lists, ensure_ascii=False))


def main():
    a = arguments()
    a.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    sets, dev = load(a)
    if a.prepare:
        return
    m = begin(a, sets)
    print({k: len(v) for k, v in m.labels.lists.items()}, [(len(d), sum(len(x["w"]) for x in d), n) for d, n in sets], flush=True)
    begun = time.time()
    figures = train(a, m, sets, rng)
    save(m, a.out)
    figures |= dict(seconds=round(time.time() - begun), arguments={k: str(v) for k, v in vars(a).items()})
    for limit in map(int, a.evaluate.split(",")):
        figures[str(limit)] = evaluate.all_figures(m, dev, limit)
        print(limit, figures[str(limit)], flush=True)
    (a.out / "figures.json").write_text(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
