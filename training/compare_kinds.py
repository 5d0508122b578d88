"""Where the comparing of reports loses contradictions: one table per kind of fact, and per half of the stories.

    python3 training/compare_kinds.py --score DIR --onrecord PATH --gold DIR [--half 0|1] [--list]

DIR of --score is the folder of the scorers (`run.py`, `tasks/compare.py`); what lands where is decided by them. A story's half
is the lowest bit of the first byte of the SHA-1 of its name, so that half of the stories can stay unread while rules are made.
Of each conflict or update of the gold: `found`; `one side`: a claim holds evidence on one of its values only; `agree`: its
values lie in one claim that sees no difference; `nothing`. Traps: not-comparable facts of which some claim says conflict or
update between two of their values. --causes counts, for each conflict or update not found, the program's own last word on two of its values
(`onrecord compare --explain`, the two reports alone): the pair that came furthest, without any text. --list prints the gold facts not found (with their text: mind where it goes)."""
import argparse
import collections
import hashlib
import itertools
import json
import os
import subprocess
import sys


def half(story):
    return hashlib.sha1(story.encode()).digest()[0] & 1


def claims_of(program, folder, names):
    out = subprocess.run([program, 'compare', *names], cwd=folder, capture_output=True, text=True, check=True).stdout
    objects = map(json.loads, filter(None, out.split('\n')))
    return [o for o in objects if o['kind'] == 'claim' and o.get('values') and o['relation'] != 'only']


def stories(args, scorer):
    top = os.path.join(args.gold, 'compare', args.split)
    for story in sorted(os.listdir(top)):
        folder = os.path.join(top, story)
        with open(os.path.join(folder, 'gold.json'), encoding='utf-8') as h:
            gold = json.load(h)
        for place in (p for f in gold['facts'] for v in f['values'] for p in v['documents']):
            with open(os.path.join(folder, place['document'] + '.txt'), encoding='utf-8', newline='') as h:
                place['sentence'] = scorer.sentence(h.read(), (place['start'], place['end']))
        yield story, gold['facts'], claims_of(args.onrecord, folder, [d + '.txt' for d in gold['documents']])


def fate(fact, claims, scorer, landing):
    """What became of a conflict or update of the gold."""
    clash = [c for c in claims if landing[c['id']][0] is fact and c['relation'] in scorer.CLASH | scorer.accepted(fact) - {'agree'}]
    if any(scorer.joined(landing[c['id']][1]) for c in clash):
        return 'found'
    hits = [scorer.hits(c, fact, True) for c in claims]
    if any(len({j for _, _, j in found}) > 1 for found in hits):
        return 'agree'
    return 'one side' if any(hits) else 'nothing'


# What `compare --explain` says, from what stops a pair first to what lets it stand.
STEPS = ('is no value that is compared', 'both stand in one report', 'two happenings', 'cannot be compared', 'too unlike',
         'not set against each other', 'the values are the same', 'set against each other:')


def cause(program, folder, fact):
    """How far two values of a gold fact came, in the program's words."""
    best = (-1, 'no pair of reports')
    places = [[(p['document'] + '.txt', p['quote']) for p in v['documents'][:2]] for v in fact['values']]
    pairs = ((a, b) for i, left in enumerate(places) for right in places[:i] for a in left for b in right if a[0] != b[0])
    for (x, left), (y, right) in itertools.islice(pairs, 6):
        done = subprocess.run([program, 'compare', '--explain', left, right, x, y], cwd=folder, capture_output=True, text=True)
        said = (done.stdout.strip() or done.stderr.strip()).split('\n')[-1]
        said = STEPS[0] if STEPS[0] in said else said
        best = max(best, (max((i for i, step in enumerate(STEPS) if step in said), default=-1), said))
    return best[1]


def main():
    ap = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    for name in ('--score', '--onrecord', '--gold'):
        ap.add_argument(name, required=True)
    ap.add_argument('--split', default='dev')
    ap.add_argument('--half', type=int)
    ap.add_argument('--list', action='store_true')
    ap.add_argument('--causes', action='store_true')
    args = ap.parse_args()
    args.onrecord = os.path.abspath(args.onrecord)
    sys.path.insert(0, args.score)
    sys.path.insert(0, os.path.join(args.score, 'tasks'))
    import compare as scorer
    kinds, halves, traps = collections.defaultdict(collections.Counter), collections.defaultdict(collections.Counter), [0, 0]
    said, over, causes = collections.defaultdict(collections.Counter), collections.Counter(), collections.Counter()
    for story, facts, claims in stories(args, scorer):
        side = half(story)
        if args.half is not None and side != args.half:
            continue
        landing = {c['id']: scorer.place(c, facts) for c in claims}
        for fact in facts:
            if fact['relation'] in scorer.CLASH:
                what = fate(fact, claims, scorer, landing)
                kinds[fact['kind']][what] += 1
                halves[side][what] += 1
                if args.causes and what != 'found':
                    folder = os.path.join(args.gold, 'compare', args.split, story)
                    causes[fact['kind'], side, cause(args.onrecord, folder, fact)] += 1
                if args.list and what != 'found':
                    print(f"\n{story} {fact['id']} [{fact['kind']}, {fact['relation']}] {what}: {fact['question']}\n   {fact['note']}")
                    for v in fact['values']:
                        print('   =', v['value'], '|', '; '.join(f"{p['document']} “{p['quote']}”" for p in v['documents'][:4]))
            elif fact['relation'] == 'not-comparable':
                bad = [c for c in claims if c['relation'] in scorer.CLASH and landing[c['id']][0] is fact]
                traps[0] += bool(bad)
                traps[1] += 1
        counted = set()
        for c in claims:
            fact, found = landing[c['id']]
            if c['relation'] == 'agree' and fact:
                wrong = fact['relation'] in scorer.CLASH and 'agree' not in scorer.accepted(fact) and len({j for _, _, j in found}) > 1
                over[side, 'over' if wrong else 'fine'] += 1
                if wrong and args.list:
                    print(f"\nOVER {story} {fact['id']}: {fact['question']} <- {c['slot']} “{c['topic']}”",
                          [e.get('quote') for v in c['values'] for e in v['evidence']])
            if c['relation'] in scorer.CLASH:
                good = bool(fact and scorer.joined(found) and scorer.accepted(fact) & scorer.CLASH)
                if good and fact['id'] in counted:
                    continue
                counted |= {fact['id']} if good else set()
                said[c['made_by'], c['slot']]['right' if good else 'wrong' if fact else 'nowhere'] += 1
                said[f'half {side}', '']['right' if good else 'wrong' if fact else 'nowhere'] += 1
                if args.list and not good:
                    print(f"\n{'WRONG' if fact else 'NOWHERE'} {story} {c['id']} {c['slot']} {c['relation']} “{c['topic']}” on "
                          f"{fact and (fact['id'], fact['relation'])} by {c['made_by']}")
                    for v in c['values']:
                        print('   =', v['value'], '|', '; '.join(f"{e['source']} “{e.get('quote')}”" for e in v['evidence'][:3]))
    columns = ('found', 'agree', 'one side', 'nothing')
    print('\n%-14s %4s %6s ' % ('kind', 'n', 'R'), *('%9s' % c for c in columns))
    rows = sorted(kinds.items(), key=lambda x: -sum(x[1].values())) + [(f'half {h}', c) for h, c in sorted(halves.items())]
    for kind, n in rows + [('all', sum(halves.values(), collections.Counter()))]:
        total = sum(n.values())
        print('%-14s %4d %6.3f ' % (kind, total, n['found'] / max(total, 1)), *('%9d' % n[c] for c in columns))
    print('\n%-34s %-12s %6s %6s %8s' % ('said conflict or update by', 'slot', 'right', 'wrong', 'nowhere'))
    for (made, slot), n in sorted(said.items()):
        print('%-34s %-12s %6d %6d %8d' % (made, slot, n['right'], n['wrong'], n['nowhere']))
    for (kind, side, why), n in sorted(causes.items()):
        print('%-14s half %d %3d  %s' % (kind, side, n, why))
    print('\ntraps reported as conflict or update: %d of %d' % tuple(traps))
    print('agreements over a gold conflict:', {f'half {h}': (over[h, 'over'], over[h, 'over'] + over[h, 'fine']) for h in (0, 1)})


if __name__ == '__main__':
    main()
