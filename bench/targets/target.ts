import type { ChildProcess } from 'node:child_process';
import type { LoadRequest } from '../load/request';

/** How a request is answered: whole at once, or event by event as a model speaks. */
export type Manner = 'whole' | 'streamed';

/** Something that answers chat requests, and the process that is measured while it does. */
export type Target = {
  name: string;
  process: ChildProcess;
  request(manner: Manner): LoadRequest;
};
