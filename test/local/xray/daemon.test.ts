import { createSocket } from 'node:dgram';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startXrayDaemon } from '../../../local/xray/daemon';

const HEADER = '{"format":"json","version":1}\n';

describe('the X-Ray daemon', () => {
  it('keeps every document that it receives, what it cannot read as it came', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fluxgate-xray-'));
    const daemon = await startXrayDaemon(join(folder, 'traces.jsonl'));
    const [host, port] = daemon.address.split(':');
    const socket = createSocket('udp4');
    const send = (text: string) =>
      new Promise<void>((resolve) => socket.send(text, Number(port), host, () => resolve()));

    daemon.record({ id: 'of the platform' });
    for (const text of [`${HEADER}{"id":"1"}`, `${HEADER}not json`, 'no header']) await send(text);
    await daemon.close();
    socket.close();
    const lines = readFileSync(join(folder, 'traces.jsonl'), 'utf8').trim().split('\n');
    rmSync(folder, { recursive: true });

    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { id: 'of the platform' },
      { id: '1' },
      { unreadable: `${HEADER}not json` },
      { unreadable: 'no header' },
    ]);
  });
});
