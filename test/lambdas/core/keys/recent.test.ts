import { createRecent } from '../../../../lambdas/core/keys/recent';

const aRecent = ({ maxEntries = 2, keepMs = 100 } = {}) => {
  const clock = { now: 0 };
  return { clock, recent: createRecent<string>({ maxEntries, keepMs, now: () => clock.now }) };
};

describe('a bounded memory', () => {
  it('gives back what was set until its time is over', () => {
    const { clock, recent } = aRecent({ keepMs: 100 });
    recent.set('a', 'one');

    clock.now = 99;
    const before = recent.get('a');
    clock.now = 100;
    const after = recent.get('a');

    expect([before, after]).toEqual(['one', undefined]);
  });

  it('forgets what was unused for longest when it is full', () => {
    const { recent } = aRecent({ maxEntries: 2 });
    recent.set('a', 'one');
    recent.set('b', 'two');
    recent.get('a');

    recent.set('c', 'three');

    expect(['a', 'b', 'c'].map((key) => recent.get(key))).toEqual(['one', undefined, 'three']);
  });

  it('does not live longer by being used', () => {
    const { clock, recent } = aRecent({ keepMs: 100 });
    recent.set('a', 'one');
    clock.now = 60;
    recent.get('a');

    clock.now = 120;

    expect(recent.get('a')).toBeUndefined();
  });

  it('keeps nothing when it may keep it for no time', () => {
    const { recent } = aRecent({ keepMs: 0 });

    recent.set('a', 'one');

    expect(recent.get('a')).toBeUndefined();
  });
});
