import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { readEmbedded } from './embedded-json';

/** The logs of all functions as CloudWatch would hold them, one line an event. */
export type LogFiles = {
  write(functionName: string, line: string): void;
  close(): Promise<void>;
};

export type LogFilesOptions = {
  /** Gets one `<function>.log` per function. */
  readonly logsDirectory: string;
  /** Gets every EMF document that CloudWatch would extract, one JSON object a line. */
  readonly emfFile: string;
};

/** Opens the files on demand and appends to them. */
export const createLogFiles = ({ logsDirectory, emfFile }: LogFilesOptions): LogFiles => {
  const streams = new Map<string, WriteStream>();
  const open = (path: string): WriteStream => {
    const known = streams.get(path);
    if (known !== undefined) return known;
    const stream = createWriteStream(path, { flags: 'a' });
    streams.set(path, stream);
    return stream;
  };

  return {
    write: (functionName, line) => {
      open(join(logsDirectory, `${functionName}.log`)).write(`${line}\n`);
      const document = line.includes('"_aws"') ? readEmbedded(line) : undefined;
      if (document !== undefined && '_aws' in document) open(emfFile).write(`${JSON.stringify(document)}\n`);
    },
    close: async () => {
      const closing = [...streams.values()].map(async (stream) => {
        stream.end();
        await once(stream, 'close');
      });
      await Promise.all(closing);
    },
  };
};
