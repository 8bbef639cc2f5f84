import { countFields, type LogLine } from './log-line';
import { runQuery } from './run-query';
import { usedFields } from './used-fields';

const NOON = Date.UTC(2026, 10, 21, 12);

/** Lines a second apart, the first at noon. */
const linesOf = (...objects: readonly unknown[]): LogLine[] =>
  objects.map((object, index) => ({
    timestamp: NOON + index * 1_000,
    message: typeof object === 'string' ? object : JSON.stringify(object),
    log: '123456789012:gateway',
    logStream: 'stream',
  }));

const REQUESTS = linesOf(
  { event: 'started', model: 'large' },
  { event: 'ended', model: 'large', ms: 40, hit: false, cost: 0.5 },
  { event: 'ended', model: 'small', ms: 10, hit: true },
  { event: 'ended', model: 'small', ms: 30, hit: true, error: { name: 'Timeout', message: 'Gave up' } },
);

describe('the fields of a line', () => {
  it('are those of its JSON, nested ones with dots, and those of the platform', () => {
    const [answer] = runQuery(
      'fields @timestamp, @log, @logStream, error.name, list.1.deep | filter ispresent(list.1.deep)',
      linesOf({ error: { name: 'Timeout' }, list: [0, { deep: 7 }] }),
    );

    expect(answer).toEqual({
      '@timestamp': '2026-11-21 12:00:00.000',
      '@log': '123456789012:gateway',
      '@logStream': 'stream',
      'error.name': 'Timeout',
      'list.1.deep': 7,
    });
  });

  it('are 1 and 0 where the JSON is true and false', () => {
    expect(runQuery('fields hit | filter hit = 1', linesOf({ hit: true }, { hit: false }))).toEqual([{ hit: 1 }]);
  });

  it('are missing where the JSON has null, and where a line is no JSON', () => {
    expect(runQuery('filter ispresent(a) | stats count(*) as lines', linesOf({ a: null }, 'a: 1', { a: 0 }))).toEqual([
      { lines: 1 },
    ]);
  });

  it('are no more than 200', () => {
    const many = Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`f${index}`, index]));

    expect(countFields(JSON.stringify(many))).toBe(201);
    expect(runQuery('fields f199, f200', linesOf(many))).toEqual([{ f199: 199 }]);
  });

  it('may be written between back-ticks, and must be when they have other characters', () => {
    expect(runQuery('fields `foo-bar`', linesOf({ 'foo-bar': 1 }))).toEqual([{ 'foo-bar': 1 }]);
  });
});

describe('filter', () => {
  const modelsWhere = (condition: string) =>
    runQuery(`filter ${condition}\n| sort @timestamp asc`, REQUESTS).map(({ '@message': message }) =>
      REQUESTS.findIndex((line) => line.message === message),
    );

  it.each([
    ['ms > 10', [1, 3]],
    ['ms >= 10 and ms < 40', [2, 3]],
    ['ms = 10 or model = "large"', [0, 1, 2]],
    ['not (model = "large")', [2, 3]],
    ['model != "large"', [2, 3]],
    ["model = 'small'", [2, 3]],
    ['event in ["started", "other"]', [0]],
    ['event not in ["started", "other"]', [1, 2, 3]],
    ['event like "tart"', [0]],
    ['event like /^START/', []],
    ['event like /(?i)^START/', [0]],
    ['event =~ /e.d/', [1, 2, 3]],
    ['@message not like /Timeout/', [0, 1, 2]],
    ['@message like "."', [1]],
    ['ispresent(error.name)', [3]],
    ['not ispresent(ms)', [0]],
    ['ispresent(cost) and cost != 1', [1]],
    ['strcontains(event, "end")', [1, 2, 3]],
    ['ms / 10 + 1 > 4', [1]],
    ['ms > 5 # and nothing else', [1, 2, 3]],
  ])('%s', (condition, kept) => {
    expect(modelsWhere(condition)).toEqual(kept);
  });

  it('keeps no line that lacks the field', () => {
    expect(modelsWhere('ms < 1000000')).toEqual([1, 2, 3]);
  });
});

describe('stats', () => {
  it('aggregates the lines of each group, and leaves lines that lack the field out of a sum', () => {
    const answer = runQuery(
      `filter event = "ended"
       | stats count(*) as lines, count(cost) as priced, sum(cost) as cost, avg(ms) as mean, min(ms) as least,
               max(ms) as most, count_distinct(ms) as different by model
       | sort model asc`,
      REQUESTS,
    );

    expect(answer).toEqual([
      { model: 'large', lines: 1, priced: 1, cost: 0.5, mean: 40, least: 40, most: 40, different: 1 },
      { model: 'small', lines: 2, priced: 0, mean: 20, least: 10, most: 30, different: 2 },
    ]);
  });

  it('sums booleans and comparisons as 1 and 0, and calculates with sums', () => {
    const answer = runQuery(
      'filter event = "ended" | stats sum(hit) / count(*) as rate, sum(ms >= 30) as slow, rate * 3 as hits',
      REQUESTS,
    );

    expect(answer).toEqual([{ rate: 2 / 3, slow: 2, hits: 2 }]);
  });

  it('groups by time', () => {
    const lines = [0, 299_999, 300_000].map((after) => ({ ...linesOf({})[0], timestamp: NOON + after }));

    const answer = runQuery(
      'stats count(*) as lines by bin(5m) as time | sort time desc',
      lines.map((line) => ({ message: '{}', log: '', logStream: '', ...line })),
    );

    expect(answer).toEqual([
      { time: '2026-11-21 12:05:00.000', lines: 1 },
      { time: '2026-11-21 12:00:00.000', lines: 2 },
    ]);
  });

  it('gives the value below which so many percent are', () => {
    const lines = linesOf(...Array.from({ length: 100 }, (_, index) => ({ ms: index + 1 })));

    expect(runQuery('stats pct(ms, 50) as p50, pct(ms, 95) as p95, pct(ms, 99) as p99', lines)).toEqual([
      { p50: 50, p95: 95, p99: 99 },
    ]);
  });

  it('names columns after themselves without as', () => {
    expect(runQuery('stats count(*), pct(ms, 50) by bin(1h)', linesOf({ ms: 1 }))).toEqual([
      { 'bin(1h)': '2026-11-21 12:00:00.000', 'count(*)': 1, 'pct(ms, 50)': 1 },
    ]);
  });

  it('leaves nothing but its columns', () => {
    expect(() => runQuery('stats count(*) as lines by model | sort ms', REQUESTS)).toThrow('ms is no column of stats.');
  });
});

describe('the order', () => {
  it('is that of the documentation', () => {
    const ordered = [
      '!:',
      '#',
      '*%04',
      '0#',
      '5A',
      '111A',
      '2345_',
      '@',
      '@_',
      'A',
      'A9876fghj',
      'a12345hfh',
      0,
      1,
      2,
      3,
    ];
    const lines = linesOf(...[...ordered].reverse().map((value) => ({ value })));

    const ascending = runQuery('fields value | sort value asc', lines).map(({ value }) => value);
    const descending = runQuery('fields value | sort value desc', lines).map(({ value }) => value);

    expect([ascending, descending]).toEqual([ordered, [...ordered].reverse()]);
  });

  it('is that of the second field where the first is the same', () => {
    const lines = linesOf({ a: 1, b: 1 }, { a: 1, b: 2 }, { a: 0, b: 3 });

    expect(runQuery('fields b | sort a asc, b desc', lines)).toEqual([{ b: 3 }, { b: 2 }, { b: 1 }]);
  });

  it('is newest first when none is asked for', () => {
    expect(runQuery('fields n', linesOf({ n: 1 }, { n: 2 }))).toEqual([{ n: 2 }, { n: 1 }]);
  });
});

describe('what is shown', () => {
  it('are the time and the line when nothing is asked for', () => {
    expect(Object.keys(runQuery('limit 1', REQUESTS)[0] ?? {})).toEqual(['@timestamp', '@message']);
  });

  it('is what fields name, under their new names', () => {
    expect(runQuery('fields ms as latency, ms * 2 as double | filter latency > 30', REQUESTS)).toEqual([
      { latency: 40, double: 80 },
    ]);
  });

  it('is what the last display names', () => {
    expect(runQuery('fields ms, model | display ms | display model | limit 1', REQUESTS)).toEqual([{ model: 'small' }]);
  });

  it('is no more than the limit', () => {
    expect(runQuery('fields ms | limit 2', REQUESTS)).toHaveLength(2);
  });
});

describe('what is refused', () => {
  it.each([
    ['a command of another language', 'where ms > 1', 'The command where is not among'],
    ['Lucene', 'cost_usd:>1', 'Nothing in the language begins with ":>1"'],
    ['a function that is not understood', 'filter isIpv4InSubnet(ip, "10.0.0.0/8")', 'The function isIpv4InSubnet'],
    ['a unit without a period', 'stats count(*) by bin(5)', 'bin takes a period such as 5m'],
    ['more rows than are answered', 'limit 20000', 'limit takes a whole number up to 10000'],
    ['!= of a missing field', 'filter nothing != 1', '!= of a missing field is not documented'],
    ['not of a missing field', 'filter not (nothing = 1)', 'not of a missing field is not documented'],
    ['not in of a missing field', 'filter nothing not in [1]', 'not in of a missing field is not documented'],
    ['not like of a missing field', 'filter nothing not like /a/', 'not like of a missing field is not documented'],
    ['groups without a name', 'stats count(*) as lines by cost', 'leave them out first'],
    ['an order of missing fields', 'fields cost | sort cost desc', 'leave them out first'],
    ['a text compared with a number', 'filter model > 5', 'compares a text with a number'],
    ['a sum of texts', 'stats sum(model) as models', 'sum takes numbers'],
    ['a text as a condition', 'filter model', 'is neither true nor false'],
    ['a calculation without a name', 'fields ms / 1000', 'Give this expression a name'],
    ['dividing by 0', 'filter ms > 0 | fields ms / 0 as seconds', 'dividing by 0'],
    ['a second stats', 'stats count(*) as a by model | stats max(a) as b', 'More than one stats'],
    ['an unfilled placeholder', 'filter request_id = {{request_id}}', 'Nothing in the language begins with "{{'],
    ['an end that is none', 'fields ms |', 'The query ends too early'],
    ['too much', 'limit 1 2', '2 is not expected here'],
  ])('%s', (_, query, why) => {
    expect(() => runQuery(query, REQUESTS)).toThrow(why);
  });
});

describe('the fields that a query uses', () => {
  it('are those that it does not define itself', () => {
    const used = usedFields(
      'fields a, b as c, abs(d) as e | filter c > 1 and (f like /x/ or g in [h]) | stats sum(e) as l, l / count(*) as i by j, bin(5m) as k | sort i desc, k asc',
    );

    expect(used.sort()).toEqual(['@timestamp', 'a', 'b', 'd', 'f', 'g', 'h', 'j']);
  });
});
