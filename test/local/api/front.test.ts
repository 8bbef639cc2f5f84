import { openFront, PortTaken } from '../../../local/api/front';
import { read, send } from './running-api';

describe('the port of the machine', () => {
  it('asks for patience until there is something to serve', async () => {
    const front = await openFront(0);

    const before = await read(await send(front.port, {}));
    front.serve((_request, response) => response.end('ready'));
    const after = await read(await send(front.port, {}));
    await front.close();

    expect(before.status).toBe(503);
    expect(after.body).toBe('ready');
  });

  it('says in one sentence what to do when somebody has it already', async () => {
    const front = await openFront(0);

    const second = openFront(front.port);

    await expect(second).rejects.toBeInstanceOf(PortTaken);
    await expect(second).rejects.toThrow(
      `Port ${front.port} is taken: stop what listens there, or choose another with --port.`,
    );
    await front.close();
  });

  it('is free again once it is closed', async () => {
    const front = await openFront(0);

    await front.close();
    const again = await openFront(front.port);

    expect(again.port).toBe(front.port);
    await again.close();
  });
});
