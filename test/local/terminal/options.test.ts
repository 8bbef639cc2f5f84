import { readOptions, UsageError } from '../../../local/terminal/options';

describe('the options of npm start', () => {
  it('have defaults', () => {
    expect(readOptions([])).toEqual({
      port: 8585,
      bedrock: 'simulated',
      dataDirectory: undefined,
      prometheus: false,
    });
  });

  it('are read, a folder from where the user is', () => {
    expect(readOptions(['--port', '9000', '--bedrock=aws', '--data', 'state', '--prometheus'])).toEqual({
      port: 9000,
      bedrock: 'aws',
      dataDirectory: `${process.cwd()}/state`,
      prometheus: true,
    });
  });

  it('may ask for help instead', () => {
    expect(readOptions(['--help', '--port', '1'])).toBeUndefined();
  });

  it.each([
    [['--port', 'eighty'], '--port must be a number up to 65535, not eighty.'],
    [['--port', '70000'], '--port must be a number up to 65535, not 70000.'],
    [['--bedrock', 'fake'], '--bedrock must be simulated or aws, not fake.'],
    [['--verbose'], "Unknown option '--verbose'. See npm start -- --help."],
    [['extra'], 'See npm start -- --help.'],
    [['--data'], 'See npm start -- --help.'],
  ])('that cannot be understood, such as %j, are refused in one sentence', (args, sentence) => {
    expect(() => readOptions(args)).toThrow(UsageError);
    expect(() => readOptions(args)).toThrow(sentence);
  });
});
