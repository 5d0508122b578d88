"""The corpora as one kind of document: parallel lists over all words of a document.

`w` words, `glued` whether a word touches the next, `sent` its sentence's number; then the targets, each list only where
the corpus has it: `upos`, `xpos`, `lemma`, `head` (index in the document, -1 root), `rel`; `names` (a set of allowed
labels as bits, see NAMES), `att` (index in ATTRIBUTION); `source`, `cue` (for the first word of each content span: index of
the first word of its source and cue, -1 none; else SKIP), `ante` (for the head word of each mention: head word of the
mention of the same thing before it, -1 none; else SKIP). `draws`: several choices of the lists that the corpus lacks, by teach.py.

Licences and origins of the corpora stand in the ABOUT.md of each folder and, with the figures, in the model card.
"""
import csv, json, re, subprocess, tempfile
from pathlib import Path

TYPES = ("PER", "ORG", "LOC", "EVT", "PRD", "MISC")
NAMES = ["O"] + [p + t for t in TYPES for p in ("B-", "I-")]
ATTRIBUTION = ["O"] + [p + t for t in ("SRC", "CUE", "CON") for p in ("B-", "I-")]
SKIP = -2
ANY = (1 << len(NAMES)) - 1


def bits(*labels):
    return sum(1 << NAMES.index(l) for l in labels)


def allowed(tag, vague=()):
    """The labels that a corpus' tag may stand for: its own, or, for `vague` types, one of several."""
    if tag == "O":
        return bits("O", *[p + t for t in vague for p in ("B-", "I-")])
    prefix, kind = tag.split("-", 1)
    kinds = ("EVT", "PRD", "MISC") if kind == "MISC?" else (kind,)
    return bits(*[f"{prefix}-{k}" for k in kinds])


# ---------------------------------------------------------------------------------------------------------------- trees
def conllu(path):
    """Documents of a CoNLL-U file; MISC is kept under `misc`."""
    docs, doc, sent, base, glue_to = [], None, -1, 0, None
    for line in Path(path).read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newdoc id") or (doc is None and line.startswith("#")):
            doc = dict(id=line.split("=", 1)[-1].strip(), **{k: [] for k in
                       "w glued sent upos xpos lemma head rel misc sid".split()})
            docs.append(doc)
            sent = -1
        if line.startswith("# sent_id"):
            sid = line.split("=", 1)[1].strip()
        if not line or line[0] == "#":
            base = None
            continue
        c = line.split("\t")
        if "." in c[0]:
            continue
        if base is None:
            base, sent, glue_to = len(doc["w"]), sent + 1, None
        if "-" in c[0]:
            glue_to = (int(c[0].split("-")[1]), "SpaceAfter=No" in c[9])
            continue
        n, head = int(c[0]), int(c[6])
        glued = "SpaceAfter=No" in c[9]
        if glue_to:
            glued = True if n < glue_to[0] else glue_to[1]
            glue_to = glue_to if n < glue_to[0] else None
        for key, value in zip("w glued sent upos xpos lemma head rel misc sid".split(),
                              (c[1], glued, sent, c[3], c[4], c[2], base + head - 1 if head else -1, c[7], c[9], sid)):
            doc[key].append(value)
    return docs


def iob(path, word, tag):
    """Sentences (id, words, tags) of a column file."""
    sid, words, tags = None, [], []
    for line in Path(path).read_text(encoding="utf-8").split("\n") + [""]:
        if line.startswith("# sent_id"):
            sid = line.split("=", 1)[1].strip()
        c = line.split("\t") if "\t" in line else line.split(" ")
        if line.startswith("# ") and "\t" not in line:
            continue
        if not line.strip():
            if words:
                yield sid, words, tags
            words, tags = [], []
        else:
            words.append(c[word])
            tags.append(c[tag])


def ewt(data, split):
    """English Web Treebank with the names of Universal NER (2022-12 for train: other names as OTH)."""
    docs = conllu(data / f"ud-ewt/en_ewt-ud-{split}.conllu")
    name = "en_ewt-ud-train.2022-12.iob2" if split == "train" else f"en_ewt-ud-{split}.iob2"
    marks = {sid: (w, t) for sid, w, t in iob(data / "uner-ewt" / name, 1, 2)}
    vague = ("EVT", "PRD", "MISC")
    for doc in docs:
        doc["names"] = [ANY] * len(doc["w"])
        for sid, group in runs(doc["sid"]):
            words, tags = marks.get(sid, ([], []))
            if [doc["w"][i] for i in group] == words:
                for i, t in zip(group, tags):
                    doc["names"][i] = allowed(t.replace("OTH", "MISC?") if t[2:] in ("PER", "ORG", "LOC", "OTH") else "O", vague)
    return docs


def runs(values):
    """Runs of equal values: (value, indices)."""
    start = 0
    for i in range(1, len(values) + 1):
        if i == len(values) or values[i] != values[start]:
            yield values[start], range(start, i)
            start = i


# ------------------------------------------------------------------------------------------------------------------ GUM
GUM_TYPES = {"person": "PER", "place": "LOC", "organization": "ORG", "event": "EVT", "object": "PRD", "abstract": "MISC"}
GUM_LICENSED = {"news", "interview", "academic", "court", "bio", "voyage"}
GUM_ALL = GUM_LICENSED | {"speech", "textbook", "vlog"}


def gum(data, split, genres=GUM_ALL):
    """Georgetown University Multilayer corpus: trees, names (head a proper noun), coreference."""
    part, of = None, {}
    for line in (data / "gum/splits.md").read_text().split("\n"):
        part = line[3:].strip() if line.startswith("## ") else part
        if line.strip().startswith("* "):
            of[line.strip()[2:]] = part
    docs = []
    for path in sorted((data / "gum/dep").glob("*.conllu")):
        if path.stem.split("_")[1] in genres and of.get(path.stem, "train") == split:
            docs += conllu(path)
    for doc in docs:
        spans = gum_mentions(doc)
        doc["names"] = gum_names(doc, spans)
        doc["ante"] = gum_antecedents(doc, spans)
    return docs


def gum_mentions(doc):
    """(first, last, type, group, singleton head) of every mention, in text order."""
    stack, spans = [], []
    for i, misc in enumerate(doc["misc"]):
        field = [x[7:] for x in misc.split("|") if x.startswith("Entity=")]
        for part in re.findall(r"\([^()]*\)?|[^()]+\)", field[0]) if field else []:
            if part.startswith("("):
                group, kind = part.strip("()").split("-")[:2]
                if part.endswith(")"):
                    spans.append((i, i, kind, group))
                else:
                    stack.append((group, i, kind))
            else:
                group = part.strip(")").split("-")[0]
                for k in range(len(stack) - 1, -1, -1):
                    if stack[k][0] == group:
                        _, start, kind = stack.pop(k)
                        spans.append((start, i, kind, group))
                        break
    out = []
    for a, b, kind, group in sorted(spans):
        heads = [i for i in range(a, b + 1) if not a <= doc["head"][i] <= b]
        if heads and doc["sent"][a] == doc["sent"][b]:
            out.append((a, b, kind, group, heads[0]))
    return out


def gum_names(doc, spans):
    """Names inside mentions: the run of proper nouns around a head that is one."""
    xpos, words = doc["xpos"], doc["w"]
    proper = lambda i: xpos[i] in ("NNP", "NNPS")
    tags = ["O"] * len(words)
    for a, b, kind, _, head in sorted(spans, key=lambda s: s[0] - s[1]):
        label = GUM_TYPES.get(kind)
        if label is None or not proper(head):
            continue
        inside = lambda i: a <= i <= b and (proper(i) or xpos[i] in ("HYPH", "AFX") or words[i] in ("&", "–", "-"))
        left = right = head
        while inside(left - 1):
            left -= 1
        while True:
            if inside(right + 1):
                right += 1
            elif right + 2 <= b and words[right + 1].lower() in ("of", "for") and proper(right + 2):
                right += 2
            elif right + 3 <= b and words[right + 1].lower() in ("of", "for") and words[right + 2].lower() == "the" and proper(right + 3):
                right += 3
            else:
                break
        if all(t == "O" for t in tags[left : right + 1]):
            tags[left : right + 1] = ["B-" + label] + ["I-" + label] * (right - left)
    return [allowed(t, ("MISC",)) for t in tags]


def gum_antecedents(doc, spans):
    out, last = [SKIP] * len(doc["w"]), {}
    for a, b, _, group, head in spans:
        if out[head] == SKIP:
            out[head] = last.get(group, -1)
            last[group] = head
    return out


def gum_attribution(data, doc):
    """Source, cue and content from the discourse relation of that name; other ends of units than PolNeAR's, so for use without it.

    Content is the unit spoken of with what depends on it in its sentence; source and cue are the signals inside the other unit.
    """
    units, at = [], 0
    for line in (data / f"gum/rst/dependencies/{doc['id']}.rsd").read_text(encoding="utf-8").splitlines():
        c = line.split("\t")
        end = at + len(c[1].split(" "))
        units.append((at, end, int(c[6]) - 1, c[7], c[9]))
        at = end
    if at != len(doc["w"]):
        return
    doc["att"], doc["source"], doc["cue"] = [0] * at, [SKIP] * at, [SKIP] * at
    for n, (a, b, head, relation, signals) in enumerate(units):
        if not relation.startswith("attribution") or head < 0:
            continue
        under = {head}
        for m, unit in enumerate(units):
            chain, top = [m], unit[2]
            while top >= 0 and top not in under and top != n and len(chain) < 50:
                chain.append(top)
                top = units[top][2]
            if top in under and n not in chain and doc["sent"][unit[0]] == doc["sent"][units[head][0]]:
                under.update(chain)
        words = [i for m in sorted(under) for i in range(*units[m][:2]) if not a <= i < b]
        while words and not doc["w"][words[-1]].isalnum() and doc["w"][words[-1]] not in "”\"'":
            words.pop()
        first = tag(doc, words, "CON")
        if first is not None:
            doc["source"][first] = tag_signals(doc, signals, "semantic-attribution_source", a, b, "SRC")
            doc["cue"][first] = tag_signals(doc, signals, "lexical-indicative", a, b, "CUE")


def tag_signals(doc, signals, kind, a, b, label):
    """Marks the first signal of a kind inside the words a..b; gives its first word, or -1."""
    for signal in signals.split(";"):
        if signal.startswith(kind):
            for part in signal.removesuffix("-_").removesuffix("-gold").split("-", 2)[2].split(","):
                x, y = (part.split("-") * 2)[:2]
                first = tag(doc, [i for i in range(int(x) - 1, int(y)) if a <= i < b], label)
                if first is not None:
                    return first
    return -1


# ---------------------------------------------------------------------------------------------------------- names alone
CROSS = {k: t for t, ks in {
    "PER": "person politician researcher writer musicalartist scientist", "ORG": "organisation politicalparty university band",
    "LOC": "location country", "EVT": "event election conference", "PRD": "product book song album poem"}.items() for k in ks.split()}


def sentence_docs(sentences):
    return [dict(id=str(n), w=w, glued=[False] * len(w), sent=[0] * len(w), names=t) for n, (w, t) in enumerate(sentences)]


def crossner(data, domain, split):
    """CrossNER: a sentence of Wikipedia a document."""
    kind = lambda t: "O" if t == "O" else t[:2] + CROSS.get(t[2:], "MISC")
    path = data / f"crossner/ner_data/{domain}/{split}.txt"
    return sentence_docs((w, [allowed(kind(t)) for t in tags]) for _, w, tags in iob(path, 0, 1))


def wikigold(data):
    """Wikigold: IOB1 tags made BIO; its MISC may be an event or a product."""
    out = []
    for _, words, tags in iob(next((data / "ner-misc/data/wikigold/CONLL-format/data").iterdir()), 0, 1):
        bio = [t if t == "O" else ("I" if i and tags[i - 1][2:] == t[2:] else "B") + "-" + t[2:].replace("MISC", "MISC?")
               for i, t in enumerate(tags)]
        out.append((words, [allowed(t) for t in bio]))
    return sentence_docs(out)


# ---------------------------------------------------------------------------------------------------------- attribution
ROLES = {"Source": "SRC", "Cue": "CUE", "Content": "CON"}


def polnear(data, split, reading):
    """PolNeAR articles, cut into tokens and sentences by the program itself (`reading`: path of the example of that name)."""
    base = data / "polnear/data" / split
    first = {}
    rows = (data / "polnear/data/metadata.tsv").read_text(encoding="utf-8").split("\n")
    at = rows[0].split("\t").index("annotators"), rows[0].split("\t").index("filename")
    for row in rows[1:]:
        c = row.split("\t")
        if len(c) > max(at):
            first[c[at[1]].removesuffix(".txt")] = c[at[0]].split("|")[0]
    paths = [p for p in sorted((base / "text").glob("*.txt"))]
    docs = read_by_program(paths, reading)
    for path, doc in zip(paths, docs):
        ann = base / "attributions" / f"{path.stem}_{first[path.stem]}.ann"
        mark_attribution(doc, ann)
        doc["paragraph"] = paragraphs(doc, path)
    return docs


def fnc1(data, reading):
    """The news articles of the Fake News Challenge's training part, without labels."""
    with tempfile.TemporaryDirectory() as folder, (data / "fnc1/train_bodies.csv").open(encoding="utf-8", newline="") as f:
        paths = []
        for row in csv.DictReader(f):
            paths.append(Path(folder) / row["Body ID"])
            paths[-1].write_text(row["articleBody"], encoding="utf-8", newline="")
        docs = [doc for doc in read_by_program(paths, reading) if doc["w"]]
        for doc in docs:
            doc["paragraph"] = paragraphs(doc, Path(doc["id"]))
    return docs


def paragraphs(doc, path):
    """The paragraph's number of every word: a line of the file."""
    text, out, at, number = path.read_bytes().decode(), [], 0, 0
    for start, end in doc["span"]:
        number += "\n" in text[at:start]
        out.append(number)
        at = end
    return out


def read_by_program(paths, reading):
    """Tokens with offsets (code points) and sentences of text files, as the program cuts them."""
    docs = []
    for i in range(0, len(paths), 40):
        out = subprocess.run([reading, *map(str, paths[i : i + 40])], capture_output=True, check=True, text=True).stdout
        for block in out.split("# newdoc id = ")[1:]:
            doc, sent = dict(id=block.split("\n", 1)[0], w=[], glued=[], sent=[], span=[]), -1
            for line in block.split("\n")[1:]:
                if line.startswith("# sent_id"):
                    sent += 1
                if line and line[0] != "#":
                    c = line.split("\t")
                    misc = dict(x.split("=", 1) for x in c[9].split("|"))
                    for key, value in zip(("w", "glued", "sent", "span"),
                                          (c[1], "SpaceAfter" in misc, sent, (int(misc["Start"]), int(misc["End"])))):
                        doc[key].append(value)
            docs.append(doc)
    return docs


def mark_attribution(doc, ann):
    spans, events = {}, []
    for line in ann.read_text(encoding="utf-8").split("\n"):
        f = line.split("\t")
        if re.fullmatch(r"T\d+", f[0]) and len(f) > 1:
            label, where = f[1].split(" ", 1)
            spans[f[0]] = label, [tuple(map(int, x.split())) for x in where.split(";")]
        elif re.fullmatch(r"E\d+", f[0]) and len(f) > 1:
            events.append([x.split(":") for x in f[1].split()])
    doc["att"] = att = [0] * len(doc["w"])
    doc["source"], doc["cue"] = [SKIP] * len(att), [SKIP] * len(att)
    runs_of, linked = {}, {t for e in events for _, t in e}
    for name, (label, pieces) in sorted(spans.items(), key=lambda x: x[1][1]):
        if label in ROLES and name in linked:
            inside = lambda a, b: [i for i, (x, y) in enumerate(doc["span"]) if x < b and y > a]
            firsts = [tag(doc, inside(a, b), ROLES[label]) for a, b in pieces]
            runs_of[name] = [first for first in firsts if first is not None]
    for event in events:
        part = lambda role: [r for kind, t in event if kind.rstrip("0123456789") == role for r in runs_of.get(t, [])]
        for first in part("Content"):
            for role in ("Source", "Cue"):
                found = sorted(part(role), key=lambda i: abs(i - first))
                doc[role.lower()][first] = found[0] if found else -1


def tag(doc, words, label):
    """Marks those of the words that are free as a span, or as several with gaps; gives the first word."""
    inside = [i for i in words if doc["att"][i] == 0]
    for k, i in enumerate(inside):
        begins = k == 0 or inside[k - 1] != i - 1
        doc["att"][i] = ATTRIBUTION.index(("B-" if begins else "I-") + label)
    return inside[0] if inside else None


def bio_sentences(path):
    """The published sentence form of PolNeAR (CofeNet), as the scorer joins it: words by blanks."""
    penn = {"``": "“", "''": "”", "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}
    out = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        out.append(([penn.get(w, w) for w in item["tokens"]], item["labels"]))
    return out
