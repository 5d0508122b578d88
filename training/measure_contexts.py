"""Contexts of events against PLOVER's gold standard records: what coders wrote, found and not.

    python3 training/measure_contexts.py --onrecord target/debug/onrecord DATA

DATA holds `plover/gold_standard_records/PLOVER_GSR.no_plv_test.json`: sentences with the context a coder gave them (PLOVER
0.5b1; CC BY-SA 4.0), without those of PLV's test part. Names of version 0.5 are mapped to those of 0.8; a name that became several counts as
found with any of them, and two that no longer exist (`assets`, `discrimination`) are left out. A record's contexts are those of its
events together. Coders gave one context, seldom two, where ours names all that its words tell, so found (recall) says more than right
(precision).
"""
import argparse
import collections
import json
import os
import subprocess

NOW = {
    'resource': ['natural_resource'], 'refugee': ['migration', 'asylum'],
    'government': ['executive', 'legislative', 'political_institutions'],
    'political': ['political_institutions', 'executive', 'legislative', 'election'],
    'politics': ['political_institutions', 'executive', 'legislative', 'election'],
}
GONE = {'assets', 'discrimination', ''}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--onrecord', required=True)
    parser.add_argument('data')
    args = parser.parse_args()
    path = os.path.join(args.data, 'plover', 'gold_standard_records', 'PLOVER_GSR.no_plv_test.json')
    records = [r for r in json.load(open(path, encoding='utf-8')) if r.get('text')]
    lines = ''.join(json.dumps({'id': r['id'], 'text': r['text']}) + '\n' for r in records)
    command = [args.onrecord, 'extract', '-q', '--input-format', 'jsonl', '-']
    out = subprocess.run(command, input=lines, capture_output=True, text=True, check=True).stdout
    ids, found = {}, collections.defaultdict(set)
    for line in map(json.loads, out.splitlines()):
        if line['kind'] == 'article':
            ids[line['id']] = line['source_id']
        if line['kind'] == 'event':
            found[ids[line['article']]].update(line['contexts'])
    hits, total, right, named, by = 0, 0, 0, 0, collections.defaultdict(lambda: [0, 0])
    for record in records:
        gold = [c.strip() for c in record['context'].split(',') if c.strip() not in GONE]
        if not gold:
            continue
        ours = found[record['id']]
        allowed = {n for c in gold for n in NOW.get(c, [c])}
        right += len(ours & allowed)
        named += len(ours)
        for context in gold:
            hit = bool(ours & set(NOW.get(context, [context])))
            hits, total = hits + hit, total + 1
            by[context][0] += hit
            by[context][1] += 1
    print('contexts found         %3d of %3d  %.3f' % (hits, total, hits / max(total, 1)))
    print('contexts that are gold %3d of %3d  %.3f' % (right, named, right / max(named, 1)))
    for context, (hit, all_) in sorted(by.items(), key=lambda kv: (-kv[1][1], kv[0])):
        print('  %-14s %2d of %2d' % (context, hit, all_))


if __name__ == '__main__':
    main()
