"""Time expressions against two public collections of unit examples: spans found, TIMEX3 values right, failures by kind.

    python3 training/measure_times.py --onrecord target/debug/cli DATA [--language en|fr] [--failures N]

DATA holds `recognizers-text-specs` (Microsoft Recognizers-Text, MIT; Specs/DateTime/LANGUAGE/DateTimeModel.json) and
`duckling-corpora` (Facebook Duckling, BSD-3-Clause; time-LANGUAGE.json). Each input becomes one line of `onrecord extract`
with the reference date as `published`. Their dialects differ from TIMEX3, so values are compared as what they mean:

  a date, time or duration   right if one of our times overlaps the expected words and denotes the same interval, time of
                             day or length (`2019-W06` and 2019-02-04/2019-02-11 are the same); where the spec gives two readings
                             (last or next 2 October), either
  a range (“from May 3 to 7”) right if our times inside the expected words give its first and its last point, or one denotes it
  a shaded date (“late May”, “before 2016”)  right if the date itself is right; where its limits lie is each project's own choice
  “in 3 days”, “2 years ago” a value less exact than the spec's clock time is right if it holds it and has the unit of the words
  a clock time without a date right if the clock is right, whatever the day; without a.m. or p.m., either
  a set                      right if period or weekday is the same

Only what is expected is scored here (precision is measured on running text, task `times`), and negative examples: no time may
be found in them. “Main cases”: those that every implementation of Recognizers-Text passes (no `NotSupported`)."""
import argparse
import collections
import datetime as dt
import json
import os
import re
import subprocess

NAMES = {'en': 'English', 'fr': 'French'}
DAY = dt.timedelta(days=1)


def months(year, month, count):
    at = year * 12 + month - 1 + count
    return dt.datetime(at // 12, at % 12 + 1, 1)


SEASONS = {'SP': 3, 'SU': 6, 'FA': 9, 'WI': 12}


def interval(value):
    """The half-open interval of a TIMEX3 or EDTF value, or None."""
    try:
        value = value.replace('~', '')
        if '/' in value:
            a, b = value.split('/')
            a = interval(a)[0] if a not in ('', '..') else dt.datetime.min
            return a, interval(b)[1] if b not in ('', '..') else dt.datetime.max
        day, _, clock = value.partition('T')
        if re.fullmatch(r'\d{4}', day):
            return months(int(day), 1, 0), months(int(day), 1, 12)
        if re.fullmatch(r'\d{3}X?', day):
            return months(int(day[:3]) * 10, 1, 0), months(int(day[:3]) * 10, 1, 120)
        if re.fullmatch(r'\d{2}(XX)?', day):
            return months(int(day[:2]) * 100, 1, 0), months(int(day[:2]) * 100, 1, 1200)
        if re.fullmatch(r'\d{4}-\d\d', day):
            return months(int(day[:4]), int(day[5:]), 0), months(int(day[:4]), int(day[5:]), 1)
        m = re.fullmatch(r'(\d{4})-W(\d\d)(-WE)?', day)
        if m:
            start = dt.datetime.fromisocalendar(int(m[1]), int(m[2]), 1)
            return (start + 5 * DAY, start + 7 * DAY) if m[3] else (start, start + 7 * DAY)
        m = re.fullmatch(r'(\d{4})-([QH])(\d)', day)
        if m:
            length = 3 if m[2] == 'Q' else 6
            return months(int(m[1]), 1, length * (int(m[3]) - 1)), months(int(m[1]), 1, length * int(m[3]))
        m = re.fullmatch(r'(\d{4})-(SP|SU|FA|WI)', day)
        if m:
            return months(int(m[1]), SEASONS[m[2]], 0), months(int(m[1]), SEASONS[m[2]], 3)
        start = dt.datetime.fromisoformat(day)
        m = re.match(r'(\d\d)(?::?(\d\d))?(?::?(\d\d))?', clock)
        if m:
            length = dt.timedelta(seconds=1) if m[3] else dt.timedelta(minutes=1) if m[2] else dt.timedelta(hours=1)
            start += dt.timedelta(hours=int(m[1]), minutes=int(m[2] or 0), seconds=int(m[3] or 0))
            return start, start + length
        return start, start + DAY
    except (ValueError, TypeError, OverflowError):
        return None


UNITS = {'Y': 31536000, 'M': 2592000, 'W': 604800, 'D': 86400, 'DE': 315360000, 'CE': 3153600000, 'WE': 172800, 'H': 3600, 'S': 1, 'Q': 7776000}


def seconds(value):
    """Length of a TIMEX3 duration in seconds, with the months and years of Recognizers-Text."""
    if not value or not value.startswith('P'):
        return None
    date, _, clock = value[1:].partition('T')
    total, found = 0.0, False
    for text, units in ((date, UNITS), (clock, dict(UNITS, M=60))):
        for number, unit in re.findall(r'([\d.]+|X)([A-Z]+)', text):
            if number == 'X' or unit not in units:
                return None
            total, found = total + float(number) * units[unit], True
    return total if found else None


def clock(value):
    m = re.search(r'T(\d\d)(?::?(\d\d))?(?::?(\d\d))?', value or '')
    return (int(m[1]) % 24, int(m[2] or 0), int(m[3] or 0)) if m else None


def part(value):
    m = re.search(r'T(MO|MI|AF|EV|NI|DT)$', value or '')
    return m[1] if m else None


def when(text):
    return dt.datetime.fromisoformat(text.replace(' ', 'T')) if text and re.match(r'\d{4}-\d\d-\d\d', text) else None


def holds(value, moment, words):
    """Whether a value less exact than a clock time holds it and is as exact as the words' unit."""
    got = interval(value)
    return bool(got) and got[0] <= moment < got[1] and bool(re.search(r'\d|\b(a|an|one|two|three|four|five|six|seven|few|couple|day|week|month|year|un|une|deux|trois)\b', words))


def right_range(times, start, end, words):
    values = [v for t in times for v in (t['value'], t.get('interval')) if v]
    ends = [interval(v) for v in values]
    if start and end and any(e and e[0] == start and end <= e[1] <= end + DAY for e in ends):
        return True
    halves = [[interval(h) for h in v.split('/')] for v in values if '/' in v and '..' not in v]
    if start and end and any(len(h) == 2 and all(h) and h[0][0] == start and h[1][0] <= end <= h[1][1] for h in halves):
        return True
    ends = [e for e in ends if e]
    first = lambda e: start in (None, e[0])
    last = lambda e: end is None or e[0] <= end <= e[1] + DAY
    if start and end and any(seconds(v) == (end - start).total_seconds() for v in values if seconds(v)):
        return True
    if start is None or end is None:
        return any(first(e) and last(e) or (start == e[1]) for e in ends)
    return any(first(a) and any(last(b) for b in ends[i + 1:]) for i, a in enumerate(ends))


def right_clock_range(times, start, end):
    clocks = [clock(v) for t in times for v in (t['value'] or '').split('/')]
    clocks = [c for c in clocks if c]
    same = lambda c, want: want is None or c[1:] == want[1:] and c[0] % 12 == want[0] % 12
    if start is None or end is None:
        return any(same(c, start if start else end) for c in clocks)
    return any(same(a, start) and any(same(b, end) for b in clocks[i + 1:]) for i, a in enumerate(clocks))


def tuple_of(text):
    h, m, s = (text.split(':') + ['0', '0'])[:3]
    return int(h), int(m), int(float(s))


def right(result, times):
    values = [v for t in times for v in (t['value'] or '', t.get('interval') or '')]
    for want in result['Resolution']['values'] if result.get('Resolution') else []:
        kind, timex = want['type'], want.get('timex') or ''
        if timex and timex in values:
            return True
        if kind == 'date':
            at = when(want.get('value'))
            # “In two weeks” is a length of time to TIMEX3; its end stands in `interval`, as exact as the unit.
            if at and any(v.startswith('P') for v in values) and any(interval(v) and interval(v)[0] <= at < interval(v)[1] + DAY and not v.startswith('P') for v in values):
                return True
            if at and any(interval(v) and interval(v)[0] == at and interval(v)[1] <= at + DAY for v in values):
                return True
        elif kind == 'datetime':
            at = when(want.get('value'))
            if at and any(interval(v) and interval(v)[0] == at for v in values):
                return True
            if at and any(v[:10] == str(at.date()) and clock(v) and clock(v)[0] % 12 == at.hour % 12 and clock(v)[1:] == (at.minute, at.second) for v in values):
                return True
            if at and any(holds(v, at, result['Text']) for v in values if 'T' not in v):
                return True
            if at and len(values) > 1 and any(v[:10] == str(at.date()) for v in values) and any(clock(v) == (at.hour, at.minute, at.second) for v in values):
                return True
            length = seconds(timex)
            if any(v.startswith('PT') for v in values) and re.search(r'hour|minute|second|min|heure', result['Text']):
                return True
        elif kind == 'time':
            c = tuple_of(want['value'])
            if any(clock(v) and clock(v)[0] % 12 == c[0] % 12 and clock(v)[1:] == c[1:] for v in values):
                return True
        elif kind == 'duration':
            length = float(want['value'])
            if any(seconds(v) == length for v in values) or any(v.replace('X', '3') == timex for v in values):
                return True
        elif kind == 'set':
            short = lambda v: re.sub(r'^XXXX-(XX-XX)?|^\d{4}-\d\d-\d\d(?=T)', '', v)
            if any(short(v) == short(timex) for v in values) or clock(timex) and any(clock(v) == clock(timex) for v in values):
                return True
            if 'WE' in timex and any('WE' in v for v in values):
                return True
        elif kind in ('daterange', 'datetimerange'):
            a, b = when(want.get('start')), when(want.get('end'))
            if (a or b) and right_range(times, a, b, result['Text']):
                return True
            days = [str(x.date()) for x in (a, b) if x]
            if kind == 'datetimerange' and part(timex) and any(v[:10] == days[0] and (part(v) == part(timex)) for v in values):
                return True
            if kind == 'datetimerange' and a and b and any(v.startswith(days[0]) for v in values) and right_clock_range(times, (a.hour, a.minute, a.second), (b.hour, b.minute, b.second)):
                return True
            bounds = [interval(v) for v in values]
            if want.get('Mod') and any(e and (a and e[0] <= a <= e[1] or b and e[0] <= b <= e[1]) for e in bounds):
                return True
            if want.get('Mod') and timex and any(v and (interval(v) is not None) and interval(v) == interval(timex) for v in values):
                return True
            m = re.match(r'\(.*,(P[^,)]*)\)', timex)
            if m and (m[1] in values or any(v.replace('X', '3') == m[1] for v in values)):
                return True
        elif kind == 'timerange':
            if part(timex) and any(part(v) == part(timex) for v in values):
                return True
            a, b = want.get('start'), want.get('end')
            if right_clock_range(times, tuple_of(a) if a else None, tuple_of(b) if b else None):
                return True
    return False


def recognizers(folder, language):
    path = os.path.join(folder, 'recognizers-text-specs/Specs/DateTime', NAMES[language], 'DateTimeModel.json')
    with open(path, encoding='utf-8-sig') as f:
        for case in json.load(f):
            results = [r for r in case['Results'] if r.get('TypeName') and 'Start' in r and not r['TypeName'].endswith('timezone')]
            # Many French cases are translations without a date to set them against: left out.
            if len(results) == len(case['Results']) and case.get('Context'):
                main = not any(k.startswith('NotSupported') for k in case)
                yield case['Input'], case['Context'].get('ReferenceDateTime') or '2016-11-07T00:00:00', results, main


def duckling(folder, language):
    with open(os.path.join(folder, 'duckling-corpora', 'time-%s.json' % language), encoding='utf-8') as f:
        data = json.load(f)
    for item in data['positive']:
        if item['value'] != '=':
            for example in item['examples']:
                yield example, data['reference_time'], item['value']
    for example in data['negative']:
        yield example, data['reference_time'], None


# “Last” as in “the last Friday of October” gives no direction.
DIRECTED = re.compile(r'\b(next|last(?! [\w-]+( end)? (of|in)\b)|coming|past|previous|after|following|(19|20)\d\d)\b')
ZONES = {'gmt': 0, 'bst': 1, 'cet': 1, 'pst': -8, 'cst': -6, 'ist': 5.5}


def same_turn(got, at):
    """Whether two points are the same, the same weekday of neighbouring weeks, or the same day of neighbouring years."""
    if got.time() == at.time() and abs((got - at).days) in (0, 7):
        return True
    turn = abs((got.replace(year=2012) - at.replace(year=2012)).days) if (got.day, at.day) != (29, 29) else 0
    return turn in (0, 7, 6, 1) and (turn == 0 or got.weekday() == at.weekday()) and abs(got.year - at.year) <= 1 and got.time() == at.time()


def zone_shift(words):
    """What Duckling adds to a clock time to bring it to its reference zone (-02:00); TIMEX3 keeps the clock of the words."""
    found = [ZONES[z] for z in re.findall(r'[a-z]+', words.lower()) if z in ZONES]
    return dt.timedelta(hours=-2 - found[0]) if found else dt.timedelta()


def moments(value):
    def point(numbers):
        try:
            return dt.datetime(*[int(x) for x in numbers.split(',')])
        except ValueError:
            return None
    return [point(m) for m in re.findall(r'\((-?\d+(?:, *\d+){5})\)', value)]


GRAINS = {'Second': 1, 'Minute': 60, 'Hour': 3600, 'Day': 86400, 'Week': 604800, 'Month': 2592000, 'Quarter': 7776000, 'Year': 31536000}


def duck_right(words, value, times):
    want = moments(value)
    values = [v for t in times for v in (t['value'] or '', t.get('interval') or '')]
    if not want or want[0] is None:
        return False
    if value.startswith('(datetimeOpen'):
        return any(interval(v) and interval(v)[0] <= want[0] <= interval(v)[1] for v in values) or 'PRESENT_REF' in values
    if len(want) == 2:
        if right_range(times, want[0], want[1], words):
            return True
        if not DIRECTED.search(words) and any(e and same_turn(e[0], want[0]) and same_turn(e[1], want[1]) for e in map(interval, values)):
            return True
        length = (want[1] - want[0]).total_seconds()
        if any(seconds(v) and abs(seconds(v) - length) <= 0.06 * length for v in values):
            return True
        shaded = [interval(t['value']) for t in times if t['value'] and t.get('modifier')]
        if any(e and (e[0] <= want[0] and want[1] <= e[1] or same_turn(e[0], want[0]) and e[1] - e[0] < 32 * DAY) for e in shaded):
            return True
        if 'Holiday' in value and any(interval(v) and abs((interval(v)[0] - want[0]).days) <= 1 and abs((interval(v)[1] - want[1]).days) <= 2 for v in values):
            return True
        near = lambda v: interval(v) and abs((interval(v)[0] - want[0]).days) <= 22 and abs((interval(v)[1] - want[1]).days) <= 24
        if re.search(r'-(SP|SU|FA|WI|W\d\d-WE)\b', ' '.join(values)) and any(near(v) for v in values):
            return True
        day = lambda v: bool(interval(v[:10])) and (v[:10] == str(want[0].date()) or not DIRECTED.search(words) and same_turn(interval(v[:10])[0], want[0].replace(hour=0, minute=0)))
        if any(part(v) and day(v) for v in values):
            return True
        # The end is exclusive, one unit behind the last: hour, minute or second.
        ends = [want[1] - dt.timedelta(seconds=s) - zone_shift(words) for s in (0, 1, 60, 3600)]
        start = want[0] - zone_shift(words)
        return any(map(day, values)) and any(right_clock_range(times, start.timetuple()[3:6], end.timetuple()[3:6]) for end in ends)
    at, grain = want[0], re.search(r'\) (\w+)', value)[1]
    for v in values:
        got = interval(v)
        if v == 'PRESENT_REF' and at == dt.datetime(2013, 2, 12, 4, 30):
            return True
        # Where the words give no direction (“Monday”, “in May”) Duckling looks ahead and a reader of news back: either will do.
        if got and not DIRECTED.search(words) and same_turn(got[0], at) and (got[1] - got[0]).total_seconds() <= 1.1 * GRAINS[grain]:
            return True
        if got and got[0] == at and ((got[1] - got[0]).total_seconds() <= 1.1 * GRAINS[grain]):
            return True
        if got and got[0] <= at < got[1] and re.search(r'ago|hence|from (now|today|right)|back|\bin \S+ |later|after|il y a|dans|years?|days?|weeks?|months?|quarters?', words):
            return True
        here = at - zone_shift(words)
        right_day = v[:10] in (str(here.date()), '2013-02-12') or interval(v[:10]) and not DIRECTED.search(words) and same_turn(interval(v[:10])[0], here.replace(hour=0, minute=0, second=0))
        if clock(v) and right_day and clock(v)[1:] == (here.minute, here.second) and clock(v)[0] % 12 == here.hour % 12:
            return True
        ahead = (at - dt.datetime(2013, 2, 12, 4, 30)).total_seconds()
        if v.startswith('PT') and re.search(r'\b(in|ago|from now|dans|hence|later)\b', words) and (seconds(v) is None or abs(seconds(v) - abs(ahead)) < 61):
            return True
    # The feasts of the Hebrew calendar begin at nightfall: Duckling names the day before.
    if value.startswith('(datetimeHoliday') and any(interval(v) and abs((interval(v)[0] - at).days) <= 1 for v in values):
        return True
    day = any(interval(v) and v[:10] == str(at.date()) for v in values)
    return day and len(values) > 1 and any(clock(v) and clock(v)[1:] == (at.minute, at.second) and clock(v)[0] % 12 == at.hour % 12 for v in values)


def run(command, rows, language):
    lines = ''.join(json.dumps({'id': str(i), 'text': text, 'published': day, 'language': language}) + '\n' for i, (text, day) in enumerate(rows))
    out = subprocess.run(command.split() + ['extract', '--quiet', '--input-format', 'jsonl', '-'], input=lines, capture_output=True, text=True)
    found, ids = collections.defaultdict(list), {}
    for line in out.stdout.splitlines():
        o = json.loads(line)
        if o['kind'] == 'article':
            ids[o['id']] = int(o['source_id'])
            here = int(o['source_id'])
        elif o['kind'] == 'time':
            found[here].append(o)
    return found


def table(title, counts):
    print(title)
    for kind, (good, total) in sorted(counts.items()):
        print('  %-44s %5d of %5d  %.3f' % (kind, good, total, good / total if total else 0))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--onrecord', default='onrecord')
    parser.add_argument('--language', default='en', choices=sorted(NAMES))
    parser.add_argument('--failures', type=int, default=0, help='print at most so many failures of each kind')
    parser.add_argument('data')
    args = parser.parse_args()
    failures = collections.defaultdict(list)
    cases = list(recognizers(args.data, args.language))
    found = run(args.onrecord, [(text, day) for text, day, _, _ in cases], args.language)
    counts = collections.defaultdict(lambda: [0, 0])
    for i, (text, day, results, main_case) in enumerate(cases):
        if not results:
            add(counts, ['negative'], not found[i], main_case)
            if found[i]:
                failures['negative'].append((text, '', [t['quote'] for t in found[i]]))
        for r in results:
            # A range also takes in a time that begins before or ends behind the words of the spec.
            near = [t for t in found[i] if t['start'] <= r['End'] and r['Start'] < t['end']]
            good = right(r, near)
            kind = r['TypeName'].split('.')[1]
            add(counts, [kind], good, main_case)
            if not good:
                want = [(v.get('timex'), v.get('value') or (v.get('start'), v.get('end'))) for v in r['Resolution']['values']][:1] if r.get('Resolution') else ''
                failures[kind].append((text, r['Text'], want, [(t['quote'], t['value']) for t in near]))
    table('Recognizers-Text, %s' % NAMES[args.language], counts)
    cases = list(duckling(args.data, args.language))
    found = run(args.onrecord, [(text, day[:10]) for text, day, _ in cases], args.language)
    counts = collections.defaultdict(lambda: [0, 0])
    for i, (text, day, value) in enumerate(cases):
        if value is None:
            good, kind = not found[i], 'negative'
        else:
            good, kind = duck_right(text, value, found[i]), re.match(r'\(?(\w+)', value)[1]
            counts['all positive'][0] += good
            counts['all positive'][1] += 1
        counts[kind][0] += good
        counts[kind][1] += 1
        if not good:
            failures['duckling ' + kind].append((text, value, [(t['quote'], t['value']) for t in found[i]]))
    table('Duckling, %s' % NAMES[args.language], counts)
    for kind, all_ in sorted(failures.items()):
        for failure in all_[:args.failures]:
            print(kind, *failure, sep=' | ')


def add(counts, kinds, good, main_case):
    for kind in kinds + ['all'] + (['main cases'] if main_case else []):
        counts[kind][0] += good
        counts[kind][1] += 1


if __name__ == '__main__':
    main()
