import { readDeployment } from '../../lib/read-deployment';
import { readSettings } from '../../lib/read-settings';
import { STAGES } from '../../lib/stages';

describe('readSettings', () => {
  it.each(['dev', 'prod'] as const)('accepts the settings of stage %s as they are', (stage) => {
    expect(readSettings(stage)).toEqual(STAGES[stage]);
  });

  it('lets later overrides win over earlier ones, as objects or as JSON text', () => {
    const settings = readSettings(
      'dev',
      { logLevel: 'WARNING', keyCacheSeconds: 5 },
      '{"logLevel":"DEBUG"}',
      undefined,
    );

    expect(settings).toMatchObject({ logLevel: 'DEBUG', keyCacheSeconds: 5 });
  });

  it.each([
    [{ gatewayMemoryMb: 64 }, 'gatewayMemoryMb must be a whole number from 128 to 10240.'],
    [{ gatewayTimeoutMinutes: 2.5 }, 'gatewayTimeoutMinutes must be a whole number from 1 to 15.'],
    [{ keyCacheSeconds: '60' }, 'keyCacheSeconds must be a whole number from 0 to 3600.'],
    [{ logRetentionDays: 91 }, /logRetentionDays must be one of 1, 3, 5, .*, 90, .*, 3653\./],
    [{ tracing: 'zipkin' }, 'tracing must be one of xray, adot, off.'],
    [{ deletionProtection: 'yes' }, 'deletionProtection must be true or false.'],
    [{ bedrockRegion: 'virginia' }, 'bedrockRegion must be a Region such as us-east-1.'],
    [
      { throttling: { ratePerSecond: 0, burst: 1 } },
      'throttling.ratePerSecond must be a whole number from 1 to 100000.',
    ],
    [{ throttling: { ratePerSecond: 1 } }, 'throttling.burst is missing'],
    [{ memory: 1 }, /memory is not a setting\. There are gatewayMemoryMb, .*, telemetryNames\./],
    [
      { telemetryNames: { user: ['x'] } },
      /telemetryNames\.user is no label that can be named; there are server, operation/,
    ],
    [{ telemetryNames: { server: 'files' } }, 'telemetryNames.server must be a list of texts.'],
    [{ telemetryNames: { server: ['a|b'] } }, /telemetryNames\.server\.0 must be 1 to 64 letters/],
    [{ logLevel: 'LOUD', tracing: 'on' }, /logLevel must be .*tracing must be /],
    [{ minOutputTokens: 5_000 }, 'minOutputTokens must not exceed defaultMaxOutputTokens.'],
    [{ providerTimeoutSeconds: 900 }, 'providerTimeoutSeconds must be less than gatewayTimeoutMinutes'],
    [{ failureRetentionDays: 34 }, 'markerRetentionDays must exceed failureRetentionDays by more than a day'],
    ['{', 'Settings are a JSON object such as {"logLevel":"DEBUG"}, not "{".'],
    [['logLevel'], 'Settings are a JSON object'],
  ])('refuses %j by the name of the field and what it accepts', (override, message) => {
    expect(() => readSettings('dev', override)).toThrow(message);
  });
});

describe('the names of telemetry', () => {
  it.each([
    ['of one label', Array(101).fill('x'), 'telemetryNames.server must have at most 100 names'],
    ['in characters', Array(60).fill('x'.repeat(50)), 'telemetryNames must have at most 2400 characters'],
  ])('are bounded %s', (_, server, message) => {
    expect(() => readSettings('dev', { telemetryNames: { server } })).toThrow(message);
  });
});

describe('readDeployment', () => {
  it('takes the stage dev when none is named', () => {
    expect(readDeployment({}).stage).toBe('dev');
  });

  it('takes the settings of its own stage from the context, and those of the command line over them', () => {
    const context = {
      stage: 'prod',
      'fluxgate:dev': { logLevel: 'ERROR' },
      'fluxgate:prod': { logLevel: 'WARNING', keyCacheSeconds: 5 },
      settings: '{"keyCacheSeconds":7}',
    };

    expect(readDeployment(context).settings).toEqual({ ...STAGES.prod, logLevel: 'WARNING', keyCacheSeconds: 7 });
  });

  it.each([{ stage: 'staging' }, { 'fluxgate:staging': {} }])('refuses %j, naming the stages there are', (context) => {
    expect(() => readDeployment(context)).toThrow('There is no stage staging. There are dev, prod.');
  });
});
