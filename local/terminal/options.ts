import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export type LocalOptions = {
  readonly port: number;
  readonly bedrock: 'simulated' | 'aws';
  readonly dataDirectory: string | undefined;
  /** Start a Prometheus beside the machine. */
  readonly prometheus: boolean;
};

/** An option that cannot be understood; the message says what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const HELP = `Runs the whole of Fluxgate on this computer: npm start -- [options]

  --port NUMBER             where it listens (8585); 0 takes a free port
  --bedrock simulated|aws   who answers: a simulator (default), or Amazon Bedrock with your own AWS credentials
  --data DIR                keep all state in DIR (default: in memory)
  --prometheus              start a Prometheus that scrapes /metrics; needs the program "prometheus" on the PATH
  --help                    this text

  FLUXGATE_LOCAL_KEY=fg_<id>_<secret> sets the API key; it is generated otherwise.
  AWS_REGION sets the Region (us-east-1).
`;

/** Reads the arguments of `npm start`; undefined when they ask for help. Throws `UsageError`. */
export const readOptions = (args: readonly string[]): LocalOptions | undefined => {
  const { help, port, bedrock, data, prometheus } = parse(args);
  if (help) return undefined;
  if (!/^\d+$/.test(port) || Number(port) > 65_535)
    throw new UsageError(`--port must be a number up to 65535, not ${port}.`);
  if (bedrock !== 'simulated' && bedrock !== 'aws') {
    throw new UsageError(`--bedrock must be simulated or aws, not ${bedrock}.`);
  }
  return { port: Number(port), bedrock, dataDirectory: data === undefined ? undefined : resolve(data), prometheus };
};

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        port: { type: 'string', default: '8585' },
        bedrock: { type: 'string', default: 'simulated' },
        data: { type: 'string' },
        prometheus: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('.')[0] : String(error);
    throw new UsageError(`${reason}. See npm start -- --help.`, { cause: error });
  }
};
