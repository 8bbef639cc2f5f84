import type { WriterState } from '../../../lambdas/remote-writer/writer-state';

/** The writer's memory, kept in this process. */
export class FakeWriterState implements WriterState {
  slot: number | undefined;
  known = new Set<string>();
  gauges: readonly string[] = [];
  private taker = '';

  async take(slot: number, taker: string) {
    const previous = this.slot;
    const isMine = previous === slot && this.taker === taker;
    if (previous !== undefined && previous >= slot && !isMine) return { taken: false, previous: undefined };
    this.slot = slot;
    this.taker = taker;
    return { taken: true, previous };
  }

  async readKnown() {
    return new Set(this.known);
  }

  async addKnown(hashes: readonly string[]) {
    for (const hash of hashes) this.known.add(hash);
  }

  async readGauges() {
    return this.gauges;
  }

  async saveGauges(gauges: readonly string[]) {
    this.gauges = gauges;
  }
}
