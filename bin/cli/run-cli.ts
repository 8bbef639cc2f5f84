import type { ManagementCommand } from './command';
import { findDeployedStack } from './deployed-stack';
import { commandHelp, overview } from './help';
import { invoke } from './invoke';
import { findLocalMachine } from './local-machine';
import { type Invocation, readArguments } from './read-arguments';
import type { Asked, Surroundings } from './run';
import { UsageError } from './usage-error';

export type CliDeps = Surroundings & { error(text: string): void };

/** Runs one command line and answers with the exit code: 0, or 1 after one sentence about what is wrong. */
export const runCli = async (args: readonly string[], { error, ...surroundings }: CliDeps): Promise<number> => {
  try {
    await run(readArguments(args), surroundings);
    return 0;
  } catch (cause) {
    if (!(cause instanceof UsageError)) throw cause;
    error(cause.message);
    return 1;
  }
};

const run = async ({ command, name, help, ...asked }: Invocation, surroundings: Surroundings): Promise<void> => {
  const { out } = surroundings;
  if (!command) return out(overview());
  if (help) return out(commandHelp(name, command));
  if ('run' in command) return command.run(asked, surroundings);
  out(await runManagement(command, asked, surroundings));
};

const runManagement = async (
  command: ManagementCommand,
  { fields, stack, region, json }: Asked,
  { localFile }: Surroundings,
): Promise<string> => {
  const target = await (stack === undefined ? findLocalMachine(localFile) : findDeployedStack(stack, region));
  const answer = await invoke(target, { action: command.action, ...fields });
  return json ? JSON.stringify(answer, undefined, 2) : command.print(answer);
};
