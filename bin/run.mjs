// `npm start` and `npm test` as the very first command of a fresh clone: checks what cannot be installed, installs the
// rest, and goes on. It must be understood by old versions of Node, which it has to turn down, and needs no packages.
import { checkPrograms } from './run/check-programs.mjs';
import { installDependencies } from './run/install-dependencies.mjs';
import { printLeftOut } from './run/left-out.mjs';
import { runProgram } from './run/run-program.mjs';

const MODES = {
  local: { program: ['--require', 'tsx/cjs', 'bin/local.ts'], after: () => undefined },
  test: { program: ['node_modules/jest/bin/jest.js'], after: printLeftOut },
};

const stop = (sentence) => {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
};

const main = () => {
  const mode = MODES[process.argv[2]];
  if (mode === undefined) return stop('Run npm start or npm test.');
  const missing = checkPrograms();
  if (missing !== undefined) return stop(missing);
  return installDependencies().then((failure) => {
    if (failure !== undefined) return stop(failure);
    return runProgram(mode.program.concat(process.argv.slice(3))).then((exitCode) => {
      mode.after();
      process.exit(exitCode);
    });
  });
};

main();
