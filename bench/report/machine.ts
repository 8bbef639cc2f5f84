import { execFileSync } from 'node:child_process';
import { arch, cpus, loadavg, platform, totalmem } from 'node:os';
import { isPinned } from '../child';
import { ROOT } from '../places';

/** What the machine was busy with before the bench made it so. */
const [loadBefore = Number.NaN] = loadavg();

const commit = (): string => {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' }).trim();
  } catch {
    return 'no commit';
  }
};

/** One line that says where and of what the numbers are. */
export const describeMachine = (nodeVersion: string): string => {
  const [cpu] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const pinned = isPinned ? 'target alone on one CPU, load and upstream on another' : 'processes not bound to CPUs';
  const day = new Date().toISOString().slice(0, 10);
  return `Measured on ${day} at ${commit()}: ${cpus().length} x ${cpu?.model.trim() ?? 'unknown CPU'}, ${gigabytes} GB, ${platform()} ${arch()}, Node ${nodeVersion.slice(1)}; ${pinned}; load average ${loadBefore.toFixed(1)} before the start.`;
};
