"""How often a surname alone is taken for its bearer in the same article.

    python3 training/surnames.py --onrecord target/debug/onrecord ../shared/data

Counts, on the coreference of GUM (news, interviews, biographies, speeches, courts), mentions of people by one word that is the last
word of a full name of the same person elsewhere in the text. Right: `extract` gives the word an entity that also has a full name
of that person. Prints what is missed with --errors. Says so and ends well where the data are absent. Only the standard library.
"""
import argparse
import json
import pathlib
import re
import subprocess
import tempfile

GENRES = ('news', 'interview', 'bio', 'speech', 'court')


def read(path):
    """The text, and mentions as (entity, type, start, end, words)."""
    text, mentions, open_, tokens, newpar = '', [], {}, [], False
    for line in path.read_text(encoding='utf-8').splitlines():
        if line.startswith('# newpar'):
            newpar = True
        if not line or line.startswith('#'):
            if not line and text and not text.endswith(' '):
                text += ' '
            continue
        fields = line.split('\t')
        if not fields[0].isdigit():
            if '-' in fields[0]:
                pass
            continue
        if newpar and text:
            text = text.rstrip() + '\n\n'
        newpar = False
        start = len(text)
        text += fields[1]
        end = len(text)
        if 'SpaceAfter=No' not in fields[9]:
            text += ' '
        tokens.append((start, end, fields[1], fields[3]))
        here = len(tokens) - 1
        entity = re.search(r'Entity=([^|]+)', fields[9])
        for part in re.findall(r'\([^()]+\)?|[^()]+\)', entity.group(1)) if entity else []:
            if part.startswith('('):
                info = part.strip('()').split('-')
                open_.setdefault(info[0], []).append((here, info[1]))
            if part.endswith(')'):
                group = part.strip('()').split('-')[0]
                if open_.get(group):
                    first, kind = open_[group].pop()
                    mentions.append((group, kind, first, here))
    found = []
    for group, kind, first, last in mentions:
        words = [t for t in tokens[first:last + 1]]
        found.append((group, kind, words))
    return text, found


def names(words):
    """The run of proper nouns a mention begins with, titles dropped; empty if the mention is something else."""
    titles = {'Mr', 'Mr.', 'Mrs', 'Mrs.', 'Ms', 'Ms.', 'Dr', 'Dr.', 'President', 'Senator', 'Sen.', 'Justice', 'Judge', 'Sir', 'Prof.',
              'Professor', 'Governor', 'Minister', 'Prime', 'Chief', 'General', 'Secretary', 'Lord', 'Miss', 'Rev.', 'Gov.', 'Lady'}
    run = []
    for word in words:
        if word[3] != 'PROPN':
            break
        run.append(word)
    while len(run) > 1 and run[0][2] in titles:
        run = run[1:]
    return run if len(run) == len([w for w in words if w[2] not in titles]) else []


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('data', nargs='?', default='../shared/data')
    parser.add_argument('--onrecord', default='target/debug/onrecord')
    parser.add_argument('--errors', action='store_true')
    options = parser.parse_args()
    folder = pathlib.Path(options.data) / 'gum' / 'dep'
    if not folder.is_dir():
        print(f'{folder}: not here; nothing is measured')
        return
    paths = sorted(p for g in GENRES for p in folder.glob(f'GUM_{g}_*.conllu'))
    documents = {p.stem: read(p) for p in paths}
    with tempfile.NamedTemporaryFile('w', suffix='.jsonl', encoding='utf-8') as file:
        for name, (text, _) in documents.items():
            file.write(json.dumps({'id': name, 'text': text}) + '\n')
        file.flush()
        run = subprocess.run([options.onrecord, 'extract', '-q', file.name], capture_output=True, text=True, check=True)
    articles, ours = {}, {}
    for line in run.stdout.splitlines():
        record = json.loads(line)
        if record['kind'] == 'article':
            articles[record['id']] = record['source_id']
        if record['kind'] == 'mention':
            ours.setdefault(articles[record['article']], []).append(record)
    right = total = none = joined = pairs = 0
    for name, (_, mentions) in documents.items():
        people = {}
        for group, kind, words in mentions:
            run = names(words)
            if kind == 'person' and run:
                people.setdefault(group, []).append(run)
        at = [(m['start'], m['end'], m['entity']) for m in ours.get(name, [])]

        def entity(run):
            hits = [e for s, t, e in at if s <= run[-1][0] and run[-1][1] <= t and e]
            return hits[0] if hits else None

        full_of = {}
        for group, runs in people.items():
            full = [r for r in runs if len(r) > 1]
            full_of[group] = {e for r in full for e in [entity(r)] if e}
            for run in runs:
                if len(run) == 1 and any(run[0][2] == f[-1][2] for f in full):
                    total += 1
                    found = entity(run)
                    none += found is None
                    right += found in full_of[group]
                    if options.errors and found not in full_of[group]:
                        print(f'{name}: {run[0][2]} at {run[0][0]}: {found}, full {sorted(full_of[group])}')
        groups = [g for g in full_of if full_of[g]]
        for i, a in enumerate(groups):
            for b in groups[i + 1:]:
                pairs += 1
                joined += bool(full_of[a] & full_of[b])
    print(f'surnames alone: {right} of {total} right, {right / max(total, 1):.3f}; without entity {none}; '
          f'people put together: {joined} of {pairs} pairs, {joined / max(pairs, 1):.4f}; texts {len(documents)}')


if __name__ == '__main__':
    main()
