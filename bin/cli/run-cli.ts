import { findDeployedStack } from './deployed-stack';
import { commandHelp, overview } from './help';
import { invoke } from './invoke';
import { findLocalMachine } from './local-machine';
import { type Invocation, readArguments } from './read-arguments';
import { UsageError } from './usage-error';

export type CliDeps = {
  out(text: string): void;
  error(text: string): void;
  /** Where a running local machine describes itself. */
  localFile: string;
};

/** Runs one command line and answers with the exit code: 0, or 1 after one sentence about what is wrong. */
export const runCli = async (args: readonly string[], { out, error, localFile }: CliDeps): Promise<number> => {
  try {
    out(await run(readArguments(args), localFile));
    return 0;
  } catch (cause) {
    if (!(cause instanceof UsageError)) throw cause;
    error(cause.message);
    return 1;
  }
};

const run = async ({ command, name, help, fields, stack, region, json }: Invocation, localFile: string) => {
  if (!command) return overview();
  if (help) return commandHelp(name, command);
  const target = await (stack === undefined ? findLocalMachine(localFile) : findDeployedStack(stack, region));
  const answer = await invoke(target, { action: command.action, ...fields });
  return json ? JSON.stringify(answer, undefined, 2) : command.print(answer);
};
