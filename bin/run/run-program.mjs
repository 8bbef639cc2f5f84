// biome-ignore lint/style/useNodejsImportProtocol: old versions of Node do not know the protocol
import { spawn } from 'child_process';
import { ROOT } from './install-dependencies.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs Node with these arguments, passes signals on and resolves with the exit code. The channel between the two closes
 * when this process is killed: the other notices and ends as well.
 */
export const runProgram = (args) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
    for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
    child.once('error', (error) => {
      process.stderr.write(`Node could not be started: ${error.message}\n`);
      resolve(1);
    });
    child.once('exit', (code) => resolve(code === null ? 1 : code));
  });
