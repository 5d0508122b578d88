"""Figures of a trained reader on development data, on gold tokens: what to compare while training.

The figures that count are those of the program itself on raw text (score/run.py).
"""
import collections

import torch

import windows as win
from corpora import ATTRIBUTION, NAMES, runs

SOURCES = ("PER", "ORG", "LOC")


def spans(tags):
    out, start, label = set(), None, None
    for i, t in enumerate([*tags, "O"]):
        if start is not None and not (t[0] == "I" and t[2:] == label):
            out.add((start, i, label))
            start = None
        if t != "O" and start is None:
            start, label = i, t[2:]
    return out


def f1(right, found, gold):
    return round(100 * 2 * right / max(1, found + gold), 2)


def best_path(model, key, x):
    """Viterbi over one window, read as if after a word outside: `x` words × labels."""
    chain = model.chain[key]
    steps, score, back = chain.scores(), x[0] + chain.scores()[0], []
    for row in x[1:]:
        best = (score[:, None] + steps).max(0)
        back.append(best.indices)
        score = best.values + row
    path = [int(score.argmax())]
    for b in reversed(back):
        path.append(int(b[path[-1]]))
    return path[::-1]


def outputs(model, docs, limit, budget=8192):
    """(window, its outputs) over documents."""
    ws = [w for d in docs for w in win.windows(d, model.labels, model.words, limit)]
    for i in range(0, len(ws), 400):
        part = sorted(ws[i : i + 400], key=lambda w: len(w["ids"]))
        step = max(1, budget // limit)
        for j in range(0, len(part), step):
            batch = part[j : j + step]
            yield from zip(batch, model.read(batch))


def trees(model, docs, limit):
    c, v = collections.Counter(), model.labels.lists
    for w, o in outputs(model, docs, limit):
        heads, rel = o["arc"].argmax(-1), o["rel"].argmax(-1)
        (a, b), doc = w["at"], w["doc"]
        c["n"] += b - a
        for key, name in (("up", "upos"), ("xp", "xpos")):
            c[key] += sum(v[key][x] == g for x, g in zip(o[key].argmax(-1), doc[name][a:b]))
        rules = [win.lemma_rule(x, l) for x, l in zip(doc["w"][a:b], doc["lemma"][a:b])]
        c["lem"] += sum(v["lem"][x] == g for x, g in zip(o["lem"].argmax(-1), rules))
        for i in range(b - a):
            arc = int(heads[i]) == w["head"][i]
            c["uas"] += arc
            c["las"] += arc and v["rel"][rel[i]] == doc["rel"][a + i]
        starts = o["ss"].argmax(-1)[1:]
        gold = torch.tensor(w["ss"])[1:]
        c["s_right"] += int((starts & gold).sum()); c["s_found"] += int(starts.sum()); c["s_gold"] += int(gold.sum())
    out = {k: round(100 * c[k] / c["n"], 2) for k in ("up", "xp", "lem", "uas", "las")}
    return out | {"starts": f1(c["s_right"], c["s_found"], c["s_gold"])}


def rootless(model, docs, limit):
    """Share of sentences that begin inside a content to whose words the parser gives heads without a root among them."""
    unmarked = dict(upos=["X"], xpos=["X"], rel=["root"], lemma=["x"], head=[-1])
    c = collections.Counter()
    for w, o in outputs(model, [d | {k: v * len(d["w"]) for k, v in unmarked.items()} for d in docs], limit):
        heads = o["arc"].argmax(-1)
        for _, group in runs(w["sent"]):
            if ATTRIBUTION[w["att"][group[0]]] == "I-CON":
                c["all"] += 1
                c["rootless"] += bool((heads[group[0] : group[-1] + 1] != 0).all())
    return round(100 * c["rootless"] / max(1, c["all"]), 2)


def names(model, docs, limit):
    """Micro F1 of persons, organisations and places, decoded sentence by sentence."""
    c = collections.Counter()
    for w, o in outputs(model, docs, limit):
        for _, group in runs(w["sent"]):
            a, b = group[0], group[-1] + 1
            gold = [NAMES[(g & -g).bit_length() - 1] for g in w["ner"][a:b]]
            g = {s for s in spans(gold) if s[2] in SOURCES}
            p = {s for s in spans([NAMES[t] for t in best_path(model, "ner", o["ner"][a:b])]) if s[2] in SOURCES}
            c["right"] += len(p & g); c["found"] += len(p); c["gold"] += len(g)
    return f1(c["right"], c["found"], c["gold"])


def attribution(model, docs, limit):
    """Exact F1 of source, cue, content; and the share of contents linked to the right source and cue."""
    c = collections.Counter()
    for w, o in outputs(model, docs, limit):
        gold = spans([ATTRIBUTION[t] for t in w["att"]])
        found = spans([ATTRIBUTION[t] for t in best_path(model, "att", o["att"])])
        for role in ("SRC", "CUE", "CON"):
            p, g = ({s for s in x if s[2] == role} for x in (found, gold))
            c[role, "right"] += len(p & g); c[role, "found"] += len(p); c[role, "gold"] += len(g)
        count_links(c, w, o)
    out = {r: f1(c[r, "right"], c[r, "found"], c[r, "gold"]) for r in ("SRC", "CUE", "CON")}
    return out | shares(c)


def count_links(c, w, o):
    for key in win.LINKS:
        if key in w and key in o:
            for i, t in enumerate(w[key]):
                if t != win.IGNORE:
                    c[key, "n"] += 1
                    c[key, "right"] += int(o[key][i].argmax()) == t


def shares(c):
    return {k: round(100 * c[k, "right"] / c[k, "n"], 2) for k in win.LINKS if c[k, "n"]}


def coreference(model, docs, limit):
    c = collections.Counter()
    for w, o in outputs(model, docs, limit):
        count_links(c, w, o)
    return shares(c)


def bio(model, sentences, limit):
    """Exact F1 in the published sentence form."""
    docs = [dict(id="", w=w, glued=[False] * len(w), sent=[0] * len(w), att=[ATTRIBUTION.index(relabel(t)) for t in l])
            for w, l in sentences]
    return attribution(model, docs, limit)


def relabel(tag):
    kinds = {"source": "SRC", "cue": "CUE", "content": "CON"}
    return tag if tag == "O" else tag[:2] + kinds[tag[2:].lower()]


def all_figures(model, dev, limit):
    return dict(ewt=trees(model, dev["ewt"], limit), gum=trees(model, dev["gum"], limit), uner=names(model, dev["ewt"], limit),
                politics=names(model, dev["politics"], limit), articles=attribution(model, dev["polnear"], limit),
                rootless=rootless(model, dev["polnear"], limit),
                bio=bio(model, dev["bio"], limit), coreference=coreference(model, dev["gum"], limit))
