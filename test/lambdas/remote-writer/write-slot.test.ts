import { aWriter } from './writing';

describe('a slot', () => {
  it('holds every series at the time of the slot', async () => {
    const writer = aWriter();
    Object.assign(writer.counters, { a_total: 3, b_total: 0 });
    writer.gauges.active = 2;

    const written = await writer.write(60);

    expect(written).toMatchObject({ samples: 4, newSeries: 2, failed: [] });
    expect(writer.samplesOf('b_total')).toEqual([[60, 0]]);
    expect(writer.samplesOf('active')).toEqual([[60, 2]]);
  });

  it('begins a series that has counted already with a 0 one step before', async () => {
    const writer = aWriter();
    writer.counters.a_total = 3;
    await writer.write(60);
    Object.assign(writer.counters, { a_total: 4, b_total: 1 });

    await writer.write(120);

    expect(writer.samplesOf('a_total')).toEqual([
      [0, 0],
      [60, 3],
      [120, 4],
    ]);
    expect(writer.samplesOf('b_total')).toEqual([
      [60, 0],
      [120, 1],
    ]);
  });

  it('does not begin a gauge with a 0', async () => {
    const writer = aWriter();
    writer.gauges.active = 2;

    await writer.write(60);

    expect(writer.samplesOf('active')).toEqual([[60, 2]]);
  });

  it('knows after a restart which series it has begun', async () => {
    const writer = aWriter();
    writer.counters.a_total = 3;
    await writer.write(60);

    writer.restart();
    await writer.write(120);

    expect(writer.samplesOf('a_total')).toEqual([
      [0, 0],
      [60, 3],
      [120, 3],
    ]);
  });

  it('learns what another environment has begun', async () => {
    const writer = aWriter();
    await writer.write(60, 0);
    writer.counters.a_total = 3;
    await writer.write(120, 1);

    const { newSeries, failed } = await writer.write(180, 0);

    expect({ newSeries, failed }).toEqual({ newSeries: 0, failed: [] });
    expect(writer.samplesOf('a_total')).toEqual([
      [60, 0],
      [120, 3],
      [180, 3],
    ]);
  });

  it('ends a gauge that is gone, also after a restart, and begins it again when it is back', async () => {
    const writer = aWriter();
    Object.assign(writer.gauges, { active: 2, idle: 1 });
    await writer.write(60);
    delete writer.gauges.active;
    writer.restart();
    await writer.write(120);
    await writer.write(180);
    writer.gauges.active = 5;
    await writer.write(240);

    expect(writer.samplesOf('active')).toEqual([
      [60, 2],
      [120, Number.NaN],
      [240, 5],
    ]);
    expect(writer.samplesOf('idle')).toHaveLength(4);
  });

  it('says what metrics mean at first, and again every hour', async () => {
    const writer = aWriter();
    writer.counters.a_total = 0;
    for (const slot of [60, 120, 3_600, 3_660, 3_720]) await writer.write(slot);

    expect(writer.requests.map(({ metadata }) => metadata.length)).toEqual([1, 0, 0, 1, 0]);
  });
});

describe('a slot that fails', () => {
  it('says what was not written, and why', async () => {
    const writer = aWriter();
    Object.assign(writer.counters, { a_total: 0, b_total: 0 });
    writer.fail('throttled');

    const { samples, failed } = await writer.write(60);

    expect(samples).toBe(0);
    expect(failed).toMatchObject([{ reason: 'throttled', samples: 2 }]);
  });

  it('counts its values as not taken when the zeros before them are not', async () => {
    const writer = aWriter();
    Object.assign(writer.counters, { a_total: 0, b_total: 0, c_total: 7 });
    writer.fail('unavailable');

    const { failed } = await writer.write(60);

    expect(failed.map(({ reason, samples }) => [reason, samples])).toEqual([
      ['unavailable', 1],
      ['unavailable', 3],
    ]);
  });

  it.each(['denied', 'unavailable'] as const)('as %s leaves a series at 0 to begin in the next one', async (reason) => {
    const writer = aWriter();
    writer.counters.a_total = 0;
    writer.fail(reason);
    await writer.write(60);
    writer.recover();
    writer.counters.a_total = 5;

    await writer.write(120);

    expect(writer.samplesOf('a_total')).toEqual([
      [60, 0],
      [120, 5],
    ]);
  });

  it('leaves a series to begin in the next one', async () => {
    const writer = aWriter();
    writer.counters.a_total = 3;
    writer.fail('unavailable');
    await writer.write(60);
    writer.recover();

    await writer.write(120);

    expect(writer.samplesOf('a_total')).toEqual([
      [60, 0],
      [120, 3],
    ]);
  });

  it('after the beginning of a series goes on from there', async () => {
    const writer = aWriter();
    writer.counters.a_total = 3;
    writer.fail('unavailable', { fromRequest: 2 });
    await writer.write(60);
    writer.recover();
    writer.counters.a_total = 5;
    await writer.write(120);

    expect(writer.samplesOf('a_total')).toEqual([
      [0, 0],
      [120, 5],
    ]);
  });

  it.each([1, 2])('by a lost answer to its request %d is followed by one that is taken whole', async (fromRequest) => {
    const writer = aWriter();
    writer.counters.a_total = 3;
    writer.fail('unreachable', { fromRequest, losing: true });
    await writer.write(60);
    writer.recover();
    writer.counters.a_total = 5;

    const { failed } = await writer.write(120);

    expect(failed).toEqual([]);
    expect(writer.samplesOf('a_total').at(0)).toEqual([0, 0]);
    expect(writer.samplesOf('a_total').at(-1)).toEqual([120, 5]);
  });

  it('goes on with what the counters have become after an outage', async () => {
    const writer = aWriter();
    writer.counters.a_total = 10;
    await writer.write(60);
    writer.fail('unreachable');
    for (const slot of [120, 180, 240]) {
      writer.counters.a_total += 5;
      await writer.write(slot);
    }
    writer.recover();
    writer.counters.a_total += 5;
    await writer.write(300);

    expect(writer.samplesOf('a_total')).toEqual([
      [0, 0],
      [60, 10],
      [300, 30],
    ]);
  });

  it('writes values although the receiver had the series before this writer knew of any', async () => {
    const writer = aWriter();
    writer.counters.a_total = 3;
    await writer.write(60);
    writer.state.known.clear();
    writer.restart();

    const { failed } = await writer.write(120);
    const later = await writer.write(180);

    expect(failed).toMatchObject([{ reason: 'rejected', samples: 1 }]);
    expect(later.failed).toEqual([]);
    expect(writer.samplesOf('a_total').slice(1)).toEqual([
      [60, 3],
      [120, 3],
      [180, 3],
    ]);
  });

  it('keeps in mind which gauges are to be ended', async () => {
    const writer = aWriter();
    writer.gauges.active = 2;
    await writer.write(60);
    delete writer.gauges.active;
    writer.fail('unavailable');
    await writer.write(120);
    writer.recover();

    await writer.write(180);

    expect(writer.samplesOf('active')).toEqual([
      [60, 2],
      [180, Number.NaN],
    ]);
  });
});
