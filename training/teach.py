"""What several trained readers think of all texts, as labels to learn from: teach.py START DATA READING OUT TEACHER...

START is the folder of the starting model, DATA that of the corpora, READING the example `reading` of crate `annotate`, OUT a folder
with train.py's data.pickle, the TEACHERs what train.py wrote. Writes OUT/taught.pickle, for train.py --taught: the same documents,
with trees, names and attributions where their corpus marks none, and news articles that no corpus marks.

Labels are drawn from the teachers' joint opinion (their mean scores), several times: label sequences from the random field
(forward filtering, backward sampling), heads and relations word by word, again until a sentence has one root, lemmas once, the
likeliest. The loss of such draws is on average the cross-entropy between teachers and student, over whole sequences where there is
a random field, so the student learns the teachers' doubts, too (distillation, Hinton et al. 2015; of sequences, Kim & Rush 2016,
who take the likeliest one).
"""
import argparse, collections, itertools, multiprocessing, pickle, time
from pathlib import Path

import torch

import corpora, ensemble, reference, train, windows
from corpora import SKIP

DRAWS, TRIES, LIMIT, BATCH, DOCUMENTS = 4, 8, 160, 48, 60
UNDECIDED = -1


def sampled(logits):
    """An index for each row, drawn by its chance (Gumbel's trick)."""
    return (logits - torch.empty_like(logits).exponential_().log()).argmax(-1)


def sequences(chain, x, words):
    """Label sequences drawn from the random field, read as if after a word outside; `x`: batch × words × labels."""
    steps = chain.scores()
    forward = [x[:, 0] + chain.illegal[0]]
    for i in range(1, x.shape[1]):
        new = (forward[-1][:, :, None] + steps).logsumexp(1) + x[:, i]
        forward.append(torch.where(words[:, i, None], new, forward[-1]))
    drawn = [sampled(forward[-1])]
    for i in range(x.shape[1] - 1, 0, -1):
        back = sampled(forward[i - 1] + steps.T[drawn[-1]])
        drawn.append(torch.where(words[:, i], back, drawn[-1]))
    return torch.stack(drawn[::-1], 1)


def heads_of(arc, sent):
    """Heads drawn word by word, for each sentence until one word is the root; `UNDECIDED` where that never happens.

    A quotation of several sentences has one cue, the head of them all; seen alone, a sentence in the middle often has no root.
    """
    heads = torch.full(sent.shape, UNDECIDED)
    for _ in range(TRIES):
        new = sampled(arc)
        roots = torch.zeros(len(sent), sent.shape[1] + 1).scatter_add_(1, sent + 1, (new == 0).float())
        heads = torch.where((heads == UNDECIDED) & (roots.gather(1, sent + 1) == 1), new, heads)
    return heads


def lemma(rule, word):
    """The lemma that a rule makes of a word; see windows.lemma_rule."""
    low, cut, add = rule.split("|", 2)
    if low == "R":
        return add
    form = word.lower() if low == "1" else word
    return form[: max(0, len(form) - int(cut))] + add


def draws(teachers, batch):
    """For each window of a batch DRAWS dicts of labels, with heads and links as indices in the document."""
    b, v = windows.collate(batch), teachers.labels.lists
    parts, o = teachers.scores(b, parse=True, link=True)
    lemmas = o["lem"].argmax(-1)
    out = [[] for _ in batch]
    for _ in range(DRAWS):
        heads = heads_of(o["arc"], b["sent"])
        rel, up, xp = sampled(teachers.relations(parts, heads)), sampled(o["up"]), sampled(o["xp"])
        names, att = (sequences(teachers.chain[key], o[key], b["words"]) for key in ("ner", "att"))
        links = {key: sampled(o[key]) for key in ("source", "cue")}
        for k, w in enumerate(batch):
            (start, end), doc = w["at"], w["doc"]
            n = end - start
            text = lambda key, index: [v[key][i] for i in index[k, :n].tolist()]
            place = lambda index: [SKIP if i == UNDECIDED else i - 1 + start if i else -1 for i in index[k, :n].tolist()]
            marks = att[k, :n].tolist()
            begins = [corpora.ATTRIBUTION[t] == "B-CON" for t in marks]
            one = dict(upos=text("up", up), xpos=text("xp", xp), rel=text("rel", rel), head=place(heads),
                       lemma=[lemma(r, x) for r, x in zip(text("lem", lemmas), doc["w"][start:end])],
                       names=[1 << t for t in names[k, :n].tolist()], att=marks)
            one |= {key: [t if first else SKIP for t, first in zip(place(links[key]), begins)] for key in links}
            out[k].append(one)
    return out


TREE, ATTRIBUTION = ("upos", "xpos", "lemma", "head", "rel"), ("att", "source", "cue")


def lacking(doc):
    """The kinds of label that a document does not have."""
    return [key for group in (TREE, ATTRIBUTION, ("names",)) if group[0] not in doc for key in group]


def whole_paragraphs(doc, teachers):
    """Windows of whole paragraphs, as far as they fit, so that no quotation is cut."""
    paragraph, size, first = doc.get("paragraph", doc["sent"]), collections.Counter(), {}
    for number, sentence, word in zip(paragraph, doc["sent"], doc["w"]):
        size[number] += len(teachers.words(word))
        first.setdefault(number, sentence)
    units = [s if size[p] > LIMIT - 2 else first[p] for p, s in zip(paragraph, doc["sent"])]
    for w in windows.windows(doc | {"sent": units}, teachers.labels, teachers.words, LIMIT):
        a, b = w["at"]
        yield w | {"sent": [s - doc["sent"][a] for s in doc["sent"][a:b]], "doc": doc}


def taught(docs, teachers):
    """The documents, each with `draws`: labels of the kinds that it lacks."""
    waiting = [(number, w) for number, doc in enumerate(docs) for w in whole_paragraphs(doc, teachers)]
    waiting.sort(key=lambda e: len(e[1]["ids"]))
    found = [[] for _ in docs]
    for i in range(0, len(waiting), BATCH):
        part = waiting[i : i + BATCH]
        for (number, w), labels in zip(part, draws(teachers, [w for _, w in part])):
            found[number].append((w["at"][0], labels))
    for doc, runs in zip(docs, found):
        runs = [labels for _, labels in sorted(runs, key=lambda e: e[0])]
        join = lambda n, key: [x for labels in runs for x in labels[n][key]]
        yield doc | {"draws": [{key: join(n, key) for key in lacking(doc)} for n in range(DRAWS)]}


def begin(start, folders):
    """Loads the teachers in a process of its own."""
    global TEACHERS
    torch.set_num_threads(1)
    TEACHERS = ensemble.Ensemble([reference.reader(start, folder) for folder in folders])


def label(job):
    seed, docs = job
    torch.manual_seed(seed)
    return list(taught(docs, TEACHERS))


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("start", "data", "reading", "out"):
        p.add_argument(name, type=Path)
    p.add_argument("teachers", type=Path, nargs="+")
    p.add_argument("--processes", type=int, default=2)
    a = p.parse_args()
    sets, _ = pickle.loads((a.out / "data.pickle").read_bytes())
    sets.append((corpora.fnc1(a.data, a.reading), 1))
    jobs = list(enumerate(docs[at : at + DOCUMENTS] for docs, _ in sets for at in range(0, len(docs), DOCUMENTS)))
    with multiprocessing.get_context("spawn").Pool(a.processes, begin, (a.start, a.teachers)) as pool:
        out = []
        for docs in pool.imap(label, jobs):
            out += docs
            print(f"{time.strftime('%H:%M:%S')} {len(out)} of {sum(len(docs) for docs, _ in sets)} documents", flush=True)
    out = iter(out)
    sets = [(list(itertools.islice(out, len(docs))), times) for docs, times in sets]
    train.keep(a.out / "taught.pickle", sets)


if __name__ == "__main__":
    main()
