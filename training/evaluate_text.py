"""The program's trees on raw text, in the manner of the CoNLL 2018 shared task (Zeman et al. 2018):

    python3 training/evaluate_text.py --data DATA --reading PROGRAM

PROGRAM is the example `reading` of crate `annotate`. It gets the documents of EWT dev as plain text, a paragraph a line,
and finds tokens and sentences itself. A word is right where its characters (blanks aside) are those of a gold word; tag,
head and relation count on words that are. F1 in per cent.
"""
import argparse, collections, subprocess, tempfile
from pathlib import Path

import corpora


def paragraphs(path):
    """Texts of the documents, sentences joined as `# text` has them, a line for each paragraph."""
    texts, fresh = [], False
    for line in Path(path).read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newdoc id"):
            texts.append("")
        elif line.startswith("# newpar"):
            fresh = True
        elif line.startswith("# text = "):
            texts[-1] += ("\n" if fresh else " ") * bool(texts[-1]) + line[9:]
            fresh = False
    return texts


def words(docs):
    """Of every word: (first, last character without blanks, tag, head's place or -1, relation); and the sentences' places."""
    of_words, of_sentences = [], []
    at = 0
    for doc in docs:
        places, begin = [], {}
        for w, s in zip(doc["w"], doc["sent"]):
            size = len("".join(w.split()))
            places.append((at, at + size))
            begin.setdefault(s, at)
            at += size
        starts = list(begin.values())
        of_sentences += zip(starts, [*starts[1:], at])
        of_words += [(p, x, places[h] if h >= 0 else -1, r) for p, x, h, r in zip(places, doc["xpos"], doc["head"], doc["rel"])]
    return of_words, of_sentences


def figures(gold, found):
    (gw, gs), (fw, fs) = words(gold), words(found)
    by_place = {w[0]: w for w in gw}
    c = collections.Counter(words=0, tags=0, uas=0, las=0)
    for place, tag, head, relation in fw:
        if place in by_place:
            _, tag2, head2, relation2 = by_place[place]
            c["words"] += 1
            c["tags"] += tag == tag2
            c["uas"] += head == head2
            c["las"] += head == head2 and relation == relation2
    f1 = lambda n, a, b: round(200 * n / (a + b), 2)
    return {k: f1(n, len(gw), len(fw)) for k, n in c.items()} | {"sentences": f1(len(set(gs) & set(fs)), len(gs), len(fs))}


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--data", type=Path, required=True)
    p.add_argument("--reading", type=Path, required=True)
    a = p.parse_args()
    path = a.data / "ud-ewt/en_ewt-ud-dev.conllu"
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for n, text in enumerate(paragraphs(path)):
            paths.append(Path(folder) / f"{n:04}.txt")
            paths[-1].write_text(text, encoding="utf-8")
        out = subprocess.run([a.reading, *paths], capture_output=True, check=True, text=True).stdout
        (Path(folder) / "out").write_text(out)
        print(figures(corpora.conllu(path), corpora.conllu(Path(folder) / "out")))


if __name__ == "__main__":
    main()
