import { readFileSync } from 'node:fs';

/** The most memory that a running process has held, in megabytes; undefined where the system keeps no such file or the process is gone. */
export const maxMemoryUsedMegabytes = (processId: number): number | undefined => {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${processId}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Math.ceil(Number(kilobytes) / 1024);
  } catch {
    return undefined;
  }
};
