"""Documents to windows of word pieces with targets, and windows to batches."""
from collections import Counter

import torch
from tokenizers import BertWordPieceTokenizer

import augment
from corpora import ANY, ATTRIBUTION, NAMES, SKIP, runs
from numpy_model import shape

FIRST, LAST, UNKNOWN, MASK, MOST_PIECES = 101, 102, 100, 103, 8
IGNORE = -100


def lemma_rule(word, lemma):
    """`lower|cut|add`: whether to lower-case, how many letters to cut at the end, what to add; or the lemma itself."""
    low = not lemma[:1].isupper()
    form, same = word.lower() if low else word, 0
    while same < min(len(form), len(lemma)) and form[same] == lemma[same]:
        same += 1
    if same == 0 and lemma:
        return f"R|0|{lemma}"
    return f"{int(low)}|{len(form) - same}|{lemma[same:]}"


class Words:
    """Word → word-piece ids, cached."""

    def __init__(self, vocab):
        self.tokenizer = BertWordPieceTokenizer(str(vocab), lowercase=True)
        self.known = {}

    def __call__(self, word):
        ids = self.known.get(word)
        if ids is None:
            ids = self.tokenizer.encode(word, add_special_tokens=False).ids[:MOST_PIECES] or [UNKNOWN]
            self.known[word] = ids
        return ids


class Labels:
    """Label lists, most frequent first, and their indices."""

    def __init__(self, lists):
        self.lists = lists
        self.index = {k: {x: i for i, x in enumerate(v)} for k, v in lists.items()}

    @classmethod
    def of(cls, docs):
        seen = {k: Counter() for k in ("up", "xp", "rel", "lem")}
        for d in docs:
            seen["up"].update(d["upos"]); seen["xp"].update(d["xpos"]); seen["rel"].update(d["rel"])
            seen["lem"].update(map(lemma_rule, d["w"], d["lemma"]))
        least = dict(up=1, xp=1, rel=5, lem=4)
        order = lambda c, n: [x for x, k in sorted(c.items(), key=lambda e: (-e[1], e[0])) if k >= n]
        return cls({**{k: order(c, least[k]) for k, c in seen.items()}, "ner": NAMES, "att": ATTRIBUTION})


LINKS = ("source", "cue", "ante")


PARAGRAPH, PARAGRAPH_LIMIT, WITHOUT_PARAGRAPHS = 0, 160, 64


def cuts(doc, pieces, limit):
    """Runs of words that stand alone: by size, or, where the limit is `PARAGRAPH`, every paragraph of its own (by size where unknown)."""
    if limit != PARAGRAPH:
        return sized(doc, pieces, 0, len(pieces), limit - 2)
    if "paragraph" not in doc:
        return sized(doc, pieces, 0, len(pieces), WITHOUT_PARAGRAPHS - 2)
    return [cut for _, group in runs(doc["paragraph"]) for cut in sized(doc, pieces, group[0], group[-1] + 1, PARAGRAPH_LIMIT - 2)]


def sized(doc, pieces, start, n, limit):
    """Runs of words of at most `limit` pieces: whole sentences in a row; a longer sentence is cut where it is full."""
    out, size, i = [], 0, start
    while i < n:
        j, need = i, 0
        while j < n and doc["sent"][j] == doc["sent"][i]:
            need += pieces[j]
            j += 1
        if size + need > limit and start < i:
            out.append((start, i))
            start, size = i, 0
        for k in range(i, j):
            if size + pieces[k] > limit and k > start:
                out.append((start, k))
                start, size = k, 0
            size += pieces[k]
        i = j
    if start < n:
        out.append((start, n))
    return out


def windows(doc, labels, words, limit):
    """The windows of a document as dicts of lists."""
    ids = [words(w) for w in doc["w"]]
    out = []
    for a, b in cuts(doc, [len(p) for p in ids], limit):
        flat, shapes, firsts = [FIRST], [0], []
        for i in range(a, b):
            firsts.append(len(flat))
            flat += ids[i]
            shapes += [shape(doc["w"][i])] * len(ids[i])
        sents = [s - doc["sent"][a] for s in doc["sent"][a:b]]
        w = dict(ids=flat + [LAST], shapes=shapes + [0], firsts=firsts, sent=sents, doc=doc, at=(a, b))
        inside = lambda h: h - a + 1 if a <= h < b else (0 if h == -1 else IGNORE)
        if "upos" in doc:
            w["up"] = [labels.index["up"].get(x, IGNORE) for x in doc["upos"][a:b]]
            w["xp"] = [labels.index["xp"].get(x, IGNORE) for x in doc["xpos"][a:b]]
            w["rel"] = [labels.index["rel"].get(x, IGNORE) for x in doc["rel"][a:b]]
            w["lem"] = [labels.index["lem"].get(lemma_rule(x, l), IGNORE) for x, l in zip(doc["w"][a:b], doc["lemma"][a:b])]
            w["head"] = [inside(h) for h in doc["head"][a:b]]
        if "sid" in doc:  # where sentences start is learned from treebanks alone
            w["ss"] = [int(i == 0 or doc["sent"][i] != doc["sent"][i - 1]) for i in range(a, b)]
        if "names" in doc:
            w["ner"] = doc["names"][a:b]
        if "att" in doc:
            w["att"] = doc["att"][a:b]
        for link in LINKS:
            if link in doc:
                w[link] = [IGNORE if t == SKIP else inside(t) for t in doc[link][a:b]]
        out.append(w)
    return out


def batches(ws, budget, rng):
    """Batches of windows of like length, at most `budget` pieces with padding."""
    rng.shuffle(ws)
    out = []
    for i in range(0, len(ws), 400):
        part, batch, longest = sorted(ws[i : i + 400], key=lambda w: len(w["ids"])), [], 0
        for w in part:
            if batch and max(longest, len(w["ids"])) * (len(batch) + 1) > budget:
                out.append(batch)
                batch, longest = [], 0
            batch.append(w)
            longest = max(longest, len(w["ids"]))
        out.append(batch)
    return out


TARGETS = dict(up=IGNORE, xp=IGNORE, lem=IGNORE, rel=IGNORE, head=IGNORE, ss=IGNORE, ner=ANY, att=-1,
               source=IGNORE, cue=IGNORE, ante=IGNORE)


def collate(ws):
    size, length, most = len(ws), max(len(w["ids"]) for w in ws), max(len(w["firsts"]) for w in ws)
    b = {k: torch.zeros(size, length, dtype=torch.long) for k in ("ids", "shapes")}
    b |= dict(mask=torch.zeros(size, length, dtype=torch.bool), firsts=torch.zeros(size, most, dtype=torch.long),
              words=torch.zeros(size, most, dtype=torch.bool), sent=torch.full((size, most), -1))
    for key, empty in TARGETS.items():
        if any(key in w for w in ws):
            b[key] = torch.full((size, most), empty)
    for i, w in enumerate(ws):
        n, m = len(w["ids"]), len(w["firsts"])
        b["ids"][i, :n], b["shapes"][i, :n] = torch.tensor(w["ids"]), torch.tensor(w["shapes"])
        b["mask"][i, :n] = b["words"][i, :m] = True
        b["firsts"][i, :m], b["sent"][i, :m] = torch.tensor(w["firsts"]), torch.tensor(w["sent"])
        for key in TARGETS:
            if key in w:
                b[key][i, :m] = torch.tensor(w[key])
    return b


def hide(w, share, rng):
    """Some words become [MASK], so that their role must be read from the words around them; their lemma is not asked for."""
    ends = w["firsts"][1:] + [len(w["ids"]) - 1]
    for i, (a, b) in enumerate(zip(w["firsts"], ends)):
        if rng.random() < share:
            w["ids"][a:b] = [MASK] * (b - a)
            if "lem" in w:
                w["lem"][i] = IGNORE


def epoch(sets, labels, words, budget, limits, rng, share, hidden):
    """One pass: every set as often as it says, each document cut at a limit drawn anew, a share of them augmented, and in
    half of the windows a share of the words `hidden`."""
    pool = augment.names_of(doc for docs, _ in sets for doc in docs)
    out = []
    for docs, times in sets:
        ws = []
        for _ in range(times):
            for doc in docs:
                doc = doc | rng.choice(doc["draws"]) if "draws" in doc else doc
                doc = augment.renamed(doc, pool, rng) if rng.random() < share else doc
                doc = augment.some(doc, rng) if rng.random() < share else doc
                ws += windows(doc, labels, words, rng.choice(limits))
        for w in ws:
            if hidden and rng.random() < 0.5:
                hide(w, hidden, rng)
        out += batches(ws, budget, rng)
    rng.shuffle(out)
    return out
