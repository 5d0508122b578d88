"""The reader's data as spaCy's, and both programs side by side on the development data. Called by `run`."""
import json, os, pickle, re, resource, subprocess, sys
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin, Span

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from corpora import ANY, ATTRIBUTION, NAMES, runs  # noqa: E402

NLP = spacy.blank("en")
KINDS = ("PER", "ORG", "LOC")


def tag_of(bits):
    """The one label a set allows, or the first: names outside the three kinds do not count here."""
    tag = NAMES[(bits & -bits).bit_length() - 1]
    return tag if tag == "O" or tag[2:] in KINDS else "O"


def spans(doc, tags):
    out, start = [], None
    for i, t in enumerate([*tags, "O"]):
        if start is not None and not (t[0] == "I" and t[2:] == tags[start][2:]):
            out.append(Span(doc, start, i, label=tags[start][2:]))
            start = None
        if t != "O" and t[0] == "B":
            start = i
    return out


def syntax(d):
    for _, group in runs(d["sent"]):
        a = group[0]
        heads = [d["head"][i] - a if d["head"][i] >= 0 else i - a for i in group]
        yield Doc(NLP.vocab, words=d["w"][a : group[-1] + 1], tags=[d["xpos"][i] for i in group], heads=heads,
                  deps=[d["rel"][i] if d["head"][i] >= 0 else "ROOT" for i in group])


def names(d):
    for _, group in runs(d["sent"]):
        if all(d["names"][i] != ANY for i in group):
            doc = Doc(NLP.vocab, words=[d["w"][i] for i in group])
            doc.ents = spans(doc, [tag_of(d["names"][i]) for i in group])
            yield doc


def attribution(d):
    """Paragraph-sized pieces: eight sentences in a row."""
    sentences = [list(g) for _, g in runs(d["sent"])]
    for i in range(0, len(sentences), 8):
        group = [w for s in sentences[i : i + 8] for w in s]
        doc = Doc(NLP.vocab, words=[d["w"][k] for k in group])
        doc.ents = spans(doc, [ATTRIBUTION[d["att"][k]] for k in group])
        yield doc


def convert(out, work):
    sets, dev = pickle.loads((out / "data.pickle").read_bytes())
    (ewt, _), (gum, _), (more, _), (polnear, _) = sets
    parts = {"syntax": (syntax, ewt + gum, dev["ewt"]), "names": (names, ewt + gum + more, dev["ewt"]),
             "attribution": (attribution, polnear, dev["polnear"])}
    for name, (shape, train, held) in parts.items():
        for split, docs in (("train", train), ("dev", held)):
            DocBin(docs=[x for d in docs for x in shape(d)]).to_disk(work / f"{name}-{split}.spacy")


def f1(found, gold):
    return 2 * len(found & gold) / max(1, len(found) + len(gold))


def entities(nlp, docs, kinds):
    found, gold = set(), set()
    for n, g in enumerate(docs):
        p = nlp(Doc(nlp.vocab, words=[t.text for t in g]))
        found |= {(n, e.start, e.end, e.label_) for e in p.ents}
        gold |= {(n, e.start, e.end, e.label_) for e in g.ents}
    return {k: round(f1({s for s in found if s[3] == k}, {s for s in gold if s[3] == k}), 4) for k in kinds} | {
        "all": round(f1(found, gold), 4)}


def trees(nlp, docs):
    n = tags = uas = las = 0
    for g in docs:
        p = nlp(Doc(nlp.vocab, words=[t.text for t in g]))
        for a, b in zip(p, g):
            arc = a.head.i == b.head.i
            n, tags, uas, las = n + 1, tags + (a.tag_ == b.tag_), uas + arc, las + (arc and a.dep_ == b.dep_)
    return {k: round(x / n, 4) for k, x in dict(xpos=tags, uas=uas, las=las).items()}


def steps(work, name):
    """Steps of training, by the last row of its log."""
    rows = re.findall(r"^ *\d+ +(\d+) .*\d$", (work / f"{name}.log").read_text(encoding="utf-8"), re.M)
    return int(rows[-1]) if rows else "?"


def quality(out, work, models):
    """Rows of the table: measure, spaCy's pipelines, our float reader; gold tokens, the same development documents."""
    held = {name: list(DocBin().from_disk(work / f"{name}-dev.spacy").get_docs(NLP.vocab)) for name in models}
    syntax = trees(models["syntax"], held["syntax"])
    names = entities(models["names"], held["names"], KINDS)
    roles = entities(models["attribution"], held["attribution"], ("SRC", "CUE", "CON"))
    ours = json.loads((out / "figures.json").read_text())["160"]
    percent = lambda *shares: " / ".join(f"{100 * x:.1f}" for x in shares)
    show = lambda *figures: " / ".join(f"{x:.1f}" for x in figures)
    yield "EWT, Penn tags / UAS / LAS", percent(*syntax.values()), show(*(ours["ewt"][k] for k in ("xp", "uas", "las")))
    yield "UNER EWT, names of three kinds, F1", percent(names["all"]), show(ours["uner"])
    yield ("PolNeAR, source / cue / content, exact F1", percent(*(roles[k] for k in ("SRC", "CUE", "CON"))),
           show(*(ours["articles"][k] for k in ("SRC", "CUE", "CON"))))


def seconds(who):
    return sum(resource.getrusage(who)[:2])


def reading(models, texts):
    """Seconds that all pipelines take over the texts; cutting a text into words counts once, since the three could share it."""
    total = 0
    for n, nlp in enumerate(models.values()):
        start = seconds(resource.RUSAGE_SELF)
        docs = [nlp.make_doc(text) for text in texts]
        start = seconds(resource.RUSAGE_SELF) if n else start
        for _ in nlp.pipe(docs):
            pass
        total += seconds(resource.RUSAGE_SELF) - start
    return total


def speeds(models, paths, program):
    """Words per second of processor time, spaCy's and ours, in turns; the programs have one processor."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    texts = [p.read_text(encoding="utf-8") for p in paths]
    words = sum(len(t.split()) for t in texts)
    for _ in range(3):
        theirs, start = words / reading(models, texts), seconds(resource.RUSAGE_CHILDREN)
        subprocess.run([program, "extract", "--quiet", *paths], check=True, stdout=subprocess.DEVNULL)
        yield theirs, words / (seconds(resource.RUSAGE_CHILDREN) - start)


def measure(out, work, data, program):
    """Both programs side by side, as a table: quality on gold tokens, then speed over the same articles."""
    models = {name: spacy.load(work / name / "model-last") for name in ("syntax", "names", "attribution")}
    print(f"| | spaCy {spacy.__version__} | onrecord |\n|---|---|---|")
    print("| steps of training, " + " / ".join(models) + " | " + " / ".join(str(steps(work, name)) for name in models) + " | see the card |", flush=True)
    for row in quality(out, work, models):
        print(f"| {' | '.join(row)} |", flush=True)
    for theirs, ours in speeds(models, sorted((data / "polnear/data/dev/text").glob("*.txt")), program):
        print(f"| words/s of processor time, three pipelines against all of `extract` | {theirs:.0f} | {ours:.0f} ({ours / theirs:.2f} times) |", flush=True)


if __name__ == "__main__":
    command, *folders = sys.argv[1:]
    {"convert": convert, "measure": measure}[command](*map(Path, folders))
