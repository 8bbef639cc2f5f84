import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isRunning } from '../../../local/is-running';
import { createChildren } from '../../../local/processes/children';

const FOR_EVER = ['-e', 'setInterval(() => {}, 1000)'];

const untilGone = async (...processIds: number[]): Promise<void> => {
  while (processIds.some(isRunning)) await pause(20);
};

describe('child processes', () => {
  it('are gone when they are stopped, frozen ones too', async () => {
    const children = createChildren();
    const running = children.spawn(process.execPath, FOR_EVER, { stdio: 'ignore' });
    const frozen = children.spawn(process.execPath, FOR_EVER, { stdio: 'ignore' });
    frozen.kill('SIGSTOP');

    await children.stop();

    expect([running, frozen].map(({ signalCode }) => signalCode)).toEqual(['SIGKILL', 'SIGKILL']);
  });

  it('are not started any more after that', async () => {
    const children = createChildren();

    await children.stop();

    expect(() => children.spawn(process.execPath, FOR_EVER, {})).toThrow('is not started any more');
  });

  it('and their folders do not outlive a parent that is killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fluxgate-orphans-'));
    const adopted = join(folder, 'adopted');
    const script = join(folder, 'parent.ts');
    const source = join(__dirname, '..', '..', '..', 'local', 'processes', 'children');
    writeFileSync(
      script,
      `import { mkdirSync } from 'node:fs';
      import { createChildren } from '${source}';
      const children = createChildren();
      mkdirSync('${adopted}');
      children.adoptFolder('${adopted}');
      const [busy, frozen] = [1, 2].map(() => children.spawn(process.execPath, ['-e', 'for (;;) {}'], { stdio: 'ignore' }));
      frozen?.kill('SIGSTOP');
      process.send?.([busy?.pid, frozen?.pid]);
      setInterval(() => {}, 1000);`,
    );
    const parent = fork(script, { execArgv: ['--require', require.resolve('tsx/cjs')] });
    const [processIds] = await once(parent, 'message');

    parent.kill('SIGKILL');
    await untilGone(...processIds);
    while (existsSync(adopted)) await pause(20);

    expect(processIds).toHaveLength(2);
  });
});
