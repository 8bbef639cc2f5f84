import { spawnSync } from 'node:child_process';

/** Names that the linter would have otherwise, and why they are what they are. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  node_memory_MemAvailable_bytes: 'The node exporter calls it so, and dashboards of hosts ask for it.',
  node_memory_MemTotal_bytes: 'The node exporter calls it so, and dashboards of hosts ask for it.',
  gpu_utilization_percent: 'The platform that reports it calls it so; newer linters want a ratio.',
};

/** What `promtool check metrics` finds wrong with a text, known exceptions left out. Throws when it cannot be run. */
export const lintFaults = (text: string): string[] => {
  const { error, status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
    input: text,
    encoding: 'utf8',
  });
  if (error) {
    throw new Error(
      'promtool could not be run. Install the Debian package "prometheus", or put promtool on the path.',
      {
        cause: error,
      },
    );
  }
  const lines = `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
  const faults = lines.filter((line) => EXCEPTIONS[line.split(' ')[0] ?? ''] === undefined);
  // 3 says that it has found something, which may be nothing but exceptions; others that it could not read the text.
  return status === 0 || status === 3 ? faults : [`promtool ends with ${status}.`, ...lines];
};
