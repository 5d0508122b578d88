"""What leaving out rare word pieces costs, without training: a table of pieces, bytes, words cut otherwise and development figures.

    python3 training/prune_vocabulary.py START READER CACHE --counted TEXT... [--held TEXT] [--least 1 3 10]

START is the folder of the starting model, READER the one that training/train.py wrote, CACHE the data that it kept (data.pickle).
A piece stays if the training documents and the texts `--counted` use it at least N times, or if it is a single character, so that
every word can still be cut; words are then cut anew, longest piece first. `--held` is text that was not counted, best of other
sources than the training corpora: how many of its words are cut otherwise says what development figures cannot, since development
texts come from where the counts come from.
"""
import argparse, collections, pickle, re
from pathlib import Path

from tokenizers import BertWordPieceTokenizer

import evaluate, reference
from windows import MOST_PIECES, Words

A_PIECE = 384 + 4 + 4  # its int8 row, the row's scale, the end of its text


class Pruned(Words):
    """Word → the ids it had before, of the pieces left."""

    def __init__(self, table):
        self.tokenizer, self.known = BertWordPieceTokenizer(dict(table), lowercase=True), {}


def arguments():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("start", "reader", "cache"):
        p.add_argument(name, type=Path)
    p.add_argument("--counted", type=Path, nargs="*", default=[])
    p.add_argument("--held", type=Path)
    p.add_argument("--least", type=int, nargs="+", default=[1, 3, 10])
    return p.parse_args()


def words_of(path):
    return collections.Counter(re.findall(r"\w+|[^\w\s]", path.read_text(encoding="utf-8")))


def used(words, counts):
    """How often each piece is used in words with their counts."""
    out = collections.Counter()
    for word, n in counts.items():
        for piece in words(word):
            out[piece] += n
    return out


def left(table, counts, least):
    """The table without the pieces that are used less often and are more than one character."""
    stays = lambda w, i: counts[i] >= least or len(w.removeprefix("##")) == 1 or re.fullmatch(r"\[(PAD|UNK|CLS|SEP|MASK)\]", w)
    return {w: i for w, i in table.items() if stays(w, i)}


def recut(full, pruned, counts):
    """Share of words that are cut otherwise, and by how much the number of pieces grows, in percent."""
    total = otherwise = before = after = 0
    for word, n in counts.items():
        a, b = full(word), pruned(word)
        total, otherwise, before, after = total + n, otherwise + n * (a != b), before + n * len(a), after + n * len(b)
    return f"{100 * otherwise / total:.2f} % / {100 * after / before - 100:.2f} %"


def row(name, table, saved, cuts, f):
    b, c, g = f["articles"], f["bio"], f["coreference"]
    print(f"| {name} | {len(table)} | {saved} | {cuts[0]} | {cuts[1]} | {f['ewt']['las']} | {f['ewt']['xp']} | {f['ewt']['lem']} | {f['gum']['las']} | {f['uner']} | "
          f"{f['politics']} | {b['SRC']} / {b['CUE']} / {b['CON']} | {c['SRC']} / {c['CUE']} / {c['CON']} | {g['ante']} |", flush=True)


def main():
    a = arguments()
    reader = reference.reader(a.start, a.reader)
    sets, dev = pickle.loads(a.cache.read_bytes())
    counts = collections.Counter(w for docs, _ in sets for d in docs for w in d["w"])
    for path in a.counted:
        counts += words_of(path)
    texts = [collections.Counter(w for part in ("ewt", "gum", "politics", "polnear") for d in dev[part] for w in d["w"])]
    texts.append(words_of(a.held) if a.held else collections.Counter())
    full, table = reader.words, {w: i for i, w in enumerate((a.start / "vocab.txt").read_text(encoding="utf-8").splitlines())}
    pieces = used(full, counts)
    print(f"{sum(counts.values())} words counted, {sum(texts[1].values())} held\n")
    print("| pieces used at least | left | bytes saved | development: words cut otherwise / more pieces | held: the same | LAS EWT | tags | lemmas | LAS GUM | UNER | politics "
          "| articles, source / cue / content | sentences | antecedents |\n" + "|---" * 14 + "|")
    for least in [0, *a.least]:
        some = left(table, pieces, least) if least else table
        saved = sum(A_PIECE + len(w.encode()) for w in table.keys() - some.keys())
        reader.words = Pruned(some) if least else full
        cuts = [recut(full, reader.words, t) if t else "–" for t in texts]
        row(f"{least} times" if least else "all", some, saved, cuts, evaluate.all_figures(reader, dev, 160))


if __name__ == "__main__":
    main()
