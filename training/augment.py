"""What real input looks like, made from clean documents: other quotation marks, missing stops and articles, headlines.

Every change keeps the targets true: words are only respelt, or dropped where they are leaves of the tree and no target
points at them.
"""
from corpora import NAMES, SKIP

OPEN, CLOSE = set("“‘«„"), set("”’»")
STYLES = [("“", "”"), ('"', '"'), ("''", "''"), ("«", "»"), ("„", "“"), ("‘", "’"), ("'", "'"), ("”", "“"), ("``", "''")]
SMALL = set("a an the and but or nor for of in on at to by with from as is over after".split())
ARTICLES = {"a", "an", "the"}
TARGETS = ("upos", "xpos", "lemma", "head", "rel", "misc", "sid", "names", "att", "source", "cue", "ante", "span", "paragraph")


def some(doc, rng):
    """One or two changes drawn by chance."""
    for change in rng.sample(CHANGES, 1 + (rng.random() < 0.3)):
        doc = change(doc, rng)
    return doc


def name_spans(doc):
    """(start, end, type) of the names whose label is certain."""
    out, label = [], lambda bits: NAMES[bits.bit_length() - 1] if bits.bit_count() == 1 else "O"
    for i, bits in enumerate(doc.get("names", ())):
        mark = label(bits)
        if mark[0] == "B":
            out.append([i, i + 1, mark[2:]])
        elif mark[0] == "I" and out and out[-1][1] == i:
            out[-1][1] = i + 1
    return out


def pattern(kind, words):
    """What a name must share with another to stand in its place: type and, word by word, capitals or the very word."""
    return kind, *("X" if w[:1].isupper() and w[1:].islower() and w.isalpha() else w for w in words)


def names_of(docs):
    """All names of the corpora by their pattern, in a fixed order."""
    pool = {}
    for doc in docs:
        for a, b, kind in name_spans(doc):
            words = tuple(doc["w"][a:b])
            pool.setdefault(pattern(kind, words), set()).add(words)
    return {key: sorted(names) for key, names in pool.items()}


def renamed(doc, pool, rng):
    """Half of the names become others of their type and pattern, each the same everywhere in the document."""
    new, chosen = list(doc["w"]), {}
    lemma = list(doc["lemma"]) if "lemma" in doc else None
    for a, b, kind in name_spans(doc):
        old = tuple(doc["w"][a:b])
        if old not in chosen:
            chosen[old] = rng.choice(pool.get(pattern(kind, old), [old])) if rng.random() < 0.5 else old
        for i, w in zip(range(a, b), chosen[old]):
            if lemma and lemma[i] == new[i]:
                lemma[i] = w
            new[i] = w
    return doc | {"w": new} | ({"lemma": lemma} if lemma else {})


def quotes(doc, rng):
    """All quotation marks in another style, at times mirrored; straight ones open and close in turn."""
    left, right = rng.choice(STYLES)
    words, inside = [], False
    for i, w in enumerate(doc["w"]):
        if w in ("``", "„", "“", "«") or (w in ('"', "''") and not inside):
            inside = True
            w = left
        elif w in ("”", "»") or (w in ('"', "''") and inside):
            inside = False
            w = right
        words.append(w)
    return doc | {"w": words}


def lost_mark(doc, rng):
    """One quotation mark in six is missing."""
    return without(doc, [w in '“”"«»' and rng.random() < 1 / 6 for w in doc["w"]])


def stops(doc, rng):
    """Half of the sentences have lost their full stop."""
    last = [i + 1 == len(doc["w"]) or doc["sent"][i] != doc["sent"][i + 1] for i in range(len(doc["w"]))]
    return without(doc, [w == "." and end and rng.random() < 0.5 for w, end in zip(doc["w"], last)])


def articles(doc, rng):
    """Half of the articles are missing, as in telegraphic and translated text."""
    return without(doc, [w.lower() in ARTICLES and rng.random() < 0.5 for w in doc["w"]])


def headlines(doc, rng):
    """Some sentences in headline case or without any capitals."""
    style = {}
    for s in set(doc["sent"]):
        style[s] = rng.choice(("as it is", "as it is", "headline", "lower"))
    words = []
    for i, (w, s) in enumerate(zip(doc["w"], doc["sent"])):
        begins = i == 0 or doc["sent"][i - 1] != s
        if style[s] == "headline" and w.islower() and (begins or w not in SMALL):
            w = w[0].upper() + w[1:]
        elif style[s] == "lower":
            w = w.lower()
        words.append(w)
    return doc | {"w": words}


SPELLINGS = [("kh", "h"), ("iy", "y"), ("ei", "ey"), ("ov", "ow"), ("yu", "iu"), ("zh", "j"), ("sh", "ch"), ("ck", "k"), ("ou", "u"),
             ("ee", "i"), ("ai", "aj"), ("v", "w"), ("y", "i"), ("k", "c"), ("ph", "f"), ("tz", "ts"), ("e", "é"), ("o", "ö"), ("c", "č")]


def spellings(doc, rng):
    """Some capitalised words are spelt as another transliteration would have them; the same word everywhere the same way."""
    new = {}
    for w in sorted(set(doc["w"])):
        if w[:1].isupper() and w[1:].islower() and len(w) > 4 and rng.random() < 0.15:
            fits = [(a, b) for a, b in SPELLINGS if a in w[1:]]
            if fits:
                a, b = rng.choice(fits)
                new[w] = w[0] + w[1:].replace(a, b, 1)
    return doc | {"w": [new.get(w, w) for w in doc["w"]]}


CHANGES = [quotes, quotes, lost_mark, stops, articles, headlines, spellings]


def without(doc, drop):
    """The document without the words marked, but for those that something hangs on or that alone carry a span."""
    n = len(drop)
    needed = set()
    for key in ("head", "source", "cue", "ante"):
        needed.update(t for t in doc.get(key, ()) if t >= 0)
    for key in ("source", "cue", "ante"):
        needed.update(i for i, t in enumerate(doc.get(key, ())) if t != SKIP)
    att, names = doc.get("att"), doc.get("names")
    for i in range(n):
        begins = (att and att[i] % 2) or (names and names[i].bit_count() == 1 and names[i] != 1 and (names[i].bit_length() - 1) % 2)
        if i in needed or begins:
            drop[i] = False
    keep = [i for i in range(n) if not drop[i]]
    if len(keep) == n or not keep:
        return doc
    place = {old: new for new, old in enumerate(keep)}
    out = dict(id=doc["id"], glued=[doc["glued"][i] for i in keep], w=[doc["w"][i] for i in keep])
    number, last = -1, None
    out["sent"] = []
    for i in keep:
        number, last = number + (doc["sent"][i] != last), doc["sent"][i]
        out["sent"].append(number)
    for key in TARGETS:
        if key in doc:
            out[key] = [doc[key][i] for i in keep]
    for key in ("head", "source", "cue", "ante"):
        if key in out:
            out[key] = [t if t < 0 else place[t] for t in out[key]]
    return out
