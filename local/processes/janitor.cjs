'use strict';
// Outlives its parent by a moment: when the parent's end of stdin closes, however the parent died, every process still
// on the list is killed and every folder on it removed. A frozen or looping process could not notice that by itself.

const { rmSync } = require('node:fs');
const { createInterface } = require('node:readline');

const processes = new Set();
const folders = new Set();

const commands = {
  '+': (rest) => processes.add(Number(rest)),
  '-': (rest) => processes.delete(Number(rest)),
  folder: (rest) => folders.add(rest),
};

const read = (line) => {
  const [command, ...rest] = line.split(' ');
  commands[command]?.(rest.join(' '));
};

const clean = () => {
  for (const id of processes) {
    try {
      process.kill(id, 'SIGKILL');
    } catch (error) {
      if (error.code !== 'ESRCH') process.stderr.write(`Process ${id} could not be ended: ${error.message}\n`);
    }
  }
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  process.exit(0);
};

createInterface({ input: process.stdin }).on('line', read).on('close', clean);
