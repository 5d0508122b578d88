"""Fits the map from what is known of a statement to the chance that it is right, and reports how well it holds.

    python3 training/calibrate.py --onrecord PATH --data DIR --gold DIR [--write]

PATH is the program with its present weights and rules; DIR the folders of the scorers. The program is asked for its
features with `extract --features` (see crates/extract/src/statement/confidence.rs). A statement is right if it matches
a gold attribution (Jaccard of the content characters >= 0.5) whose source it shares (half of the shorter span's
characters; or neither has one; on the gold statements: the speaker's name). Documents are halved by a hash of their id:
a logistic map is fitted on one half by Newton's method with a ridge of 10 (chosen on three other halvings of the
documents), and its reliability and expected calibration error (ten bins of equal width) are reported on the other
half, and for each half by the map of the other. With --write the map, refitted on both halves, goes to
crates/lexicon/data/speech/confidence.txt. Standard library only.
"""
import argparse
import hashlib
import json
import math
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, '..', 'crates', 'lexicon', 'data', 'speech', 'confidence.txt')
HEAD = """# The chance that a statement is right, as a logistic map of its features: name of the feature: weight.
# Written by training/calibrate.py from half-public, half-read development data; do not edit by hand.
"""


def halves(name):
    """0 or 1; documents that stand in both sets fall in one half."""
    key = name.removeprefix('polnear_')[:30]
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % 2


def rows_of_statements(ctx, scorer, common):
    """(document, features, right) for the gold statements."""
    folder = ctx.need_gold('statements', 'dev')
    gold = {f[:-5]: json.loads(common.read(os.path.join(folder, f))) for f in common.files(folder, '.json')}
    texts = {d: common.read(os.path.join(folder, d + '.txt')) for d in gold}
    docs = extract(ctx, [dict({'id': d, 'text': texts[d]}, **({'published': g['date']} if g.get('date') else {}))
                         for d, g in gold.items()])
    for d, g in gold.items():
        text, pred = texts[d], docs.get(d, [])
        chars = [common.positions(common.trims(text, scorer.parts({'parts': s['content']}))) for s in g['statements']]
        pchars = [common.positions(common.trims(text, [common.span(c) for c in p['content']])) for p in pred]
        pairs = common.greedy([(common.jaccard(a, b), i, j) for i, a in enumerate(chars) for j, b in enumerate(pchars)
                               if common.jaccard(a, b) >= 0.5])
        found = {j: g['statements'][i] for i, j in pairs}
        own = {j for j, p in enumerate(pred) if g.get('issuer_voice') and scorer.own_voice(g.get('issuer'), p)}
        for j, p in enumerate(pred):
            s = found.get(j)
            if s is None and j in own or s and (s.get('optional') or s.get('nonstatement')):
                continue
            yield d, p['features'], bool(s) and scorer.same_speaker(s, p.get('speaker'))


def rows_of_attributions(ctx, scorer, common):
    """The same for the public attributions, which name no speakers: the source must be the right words."""
    data = list(scorer.articles(ctx))
    docs = extract(ctx, [{'id': i, 'text': t, 'published': d} for i, t, d, _ in data])
    for name, text, _, gold in data:
        gold = [(common.positions(common.trims(text, g['content'])), common.trims(text, g['source'])) for g in gold]
        pred = docs.get(name, [])
        chars = [common.positions(common.trims(text, [common.span(c) for c in p['content']])) for p in pred]
        pairs = common.greedy([(common.jaccard(a, b), i, j) for i, (a, _) in enumerate(gold) for j, b in enumerate(chars)
                               if a and b and common.jaccard(a, b) >= 0.5])
        found = {j: gold[i][1] for i, j in pairs}
        for j, p in enumerate(pred):
            if p['said_in']:
                continue  # statements inside statements are seldom marked there
            source = common.trims(text, [common.span(p.get('source'))])
            want = found.get(j)
            same = want is not None and (any(common.half(a, b) for a in want for b in source) or not want and not source)
            yield name, p['features'], same


def extract(ctx, records):
    """{id: statements with features}."""
    stdin = ''.join(json.dumps(r, ensure_ascii=False) + '\n' for r in records).encode()
    docs, ids = {}, {}
    for o in ctx.objects(['extract', '--features', '--input-format', 'jsonl', '-'], stdin):
        if o['kind'] == 'article':
            ids[o['id']] = o['source_id']
        elif o['kind'] == 'statement':
            docs.setdefault(ids[o['article']], []).append(o)
        elif o['kind'] == 'features':
            docs[ids[o['article']]][int(o['statement'][1:]) - 1]['features'] = o['features']
    return docs


def solve(a, b):
    """Gauss elimination with pivots."""
    n = len(b)
    m = [row[:] + [x] for row, x in zip(a, b)]
    for i in range(n):
        p = max(range(i, n), key=lambda r: abs(m[r][i]))
        m[i], m[p] = m[p], m[i]
        for r in range(i + 1, n):
            f = m[r][i] / m[i][i]
            for c in range(i, n + 1):
                m[r][c] -= f * m[i][c]
    x = [0.0] * n
    for i in reversed(range(n)):
        x[i] = (m[i][n] - sum(m[i][c] * x[c] for c in range(i + 1, n))) / m[i][i]
    return x


def chance(w, x):
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(a * b for a, b in zip(w, x))))))


def fit(rows, ridge=10.0, steps=30):
    n = len(rows[0][1])
    w = [0.0] * n
    for _ in range(steps):
        grad, hess = [ridge * a for a in w], [[ridge * (i == j) for j in range(n)] for i in range(n)]
        for _, x, y in rows:
            p = chance(w, x)
            for i in range(n):
                grad[i] += (p - y) * x[i]
                for j in range(n):
                    hess[i][j] += p * (1 - p) * x[i] * x[j]
        step = solve(hess, grad)
        w = [a - b for a, b in zip(w, step)]
        if max(map(abs, step)) < 1e-6:
            break
    return w


def report(title, rows, score):
    bins = [[0, 0.0, 0] for _ in range(10)]
    for _, x, y in rows:
        p = score(x)
        b = bins[min(9, int(p * 10))]
        b[0], b[1], b[2] = b[0] + 1, b[1] + p, b[2] + y
    error = sum(abs(b[1] - b[2]) for b in bins) / max(1, len(rows))
    print('%s: %d statements, %.1f %% right, expected calibration error %.3f'
          % (title, len(rows), 100 * sum(y for _, _, y in rows) / max(1, len(rows)), error))
    for i, (n, p, y) in enumerate(bins):
        if n:
            print('  %.1f-%.1f  n %5d  mean %.2f  right %.2f' % (i / 10, (i + 1) / 10, n, p / n, y / n))
    return error


def main():
    ap = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    ap.add_argument('--onrecord', required=True)
    ap.add_argument('--data', required=True)
    ap.add_argument('--gold', required=True)
    ap.add_argument('--score', help='folder of the scorers [default: score beside DATA]')
    ap.add_argument('--write', action='store_true')
    args = ap.parse_args()
    score = args.score or os.path.join(os.path.dirname(os.path.abspath(args.data)), 'score')
    sys.path[:0] = [score, os.path.join(score, 'tasks')]
    import attribution
    import common
    import statements
    ctx = common.Context(args.onrecord, args.data, args.gold)
    read = list(rows_of_statements(ctx, statements, common))
    public = list(rows_of_attributions(ctx, attribution, common))
    names = list(read[0][1])
    # The hand-read statements are judged as the record is used (the speaker by name), so they decide the level:
    # a feature of their own says which measure a row was judged by, and is dropped when the map is used.
    rows = [(d, list(x.values()) + [0.0], y) for d, x, y in read] + [(d, list(x.values()) + [1.0], y) for d, x, y in public]
    maps = [fit([r for r in rows if halves(r[0]) == half]) for half in (0, 1)]
    for title, kind in (('hand-read', 0.0), ('public', 1.0)):
        kept = [r for r in rows if r[1][-1] == kind]
        second = [r for r in kept if halves(r[0]) == 1]
        report(title + ', second half by the map of the first', second, lambda x: chance(maps[0], x))
        crossed = [(d, [chance(maps[1 - halves(d)], x)], y) for d, x, y in kept]
        report(title + ', each half by the map of the other', crossed, lambda x: x[0])
    both = fit(rows)
    for name, weight in zip(names + ['(judged by source words)'], both):
        print('  %-28s %8.3f' % (name, weight))
    if args.write:
        with open(OUT, 'w', encoding='utf-8') as h:
            h.write(HEAD + ''.join('%s: %.4f\n' % pair for pair in zip(names, both)))
        print('wrote', os.path.relpath(OUT))


if __name__ == '__main__':
    main()
