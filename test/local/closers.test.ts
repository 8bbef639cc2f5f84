import { createClosers } from '../../local/closers';

describe('what was begun', () => {
  it('is ended in the opposite order, once', async () => {
    const ended: string[] = [];
    const closers = createClosers();
    for (const name of ['first', 'second']) closers.add(() => void ended.push(name));

    await Promise.all([closers.closeAll(), closers.closeAll()]);

    expect(ended).toEqual(['second', 'first']);
  });

  it('is ended also when one part of it cannot be, which is then told', async () => {
    const ended: string[] = [];
    const closers = createClosers();
    closers.add(() => void ended.push('first'));
    closers.add(() => Promise.reject(new Error('stuck')));

    await expect(closers.closeAll()).rejects.toThrow('stuck');
    expect(ended).toEqual(['first']);
  });

  it('is ended at once when it was late', async () => {
    const ended: string[] = [];
    const closers = createClosers();
    const closing = closers.closeAll();

    closers.add(() => void ended.push('late'));
    await closing;
    await closers.closeAll();

    expect(ended).toEqual(['late']);
  });
});
