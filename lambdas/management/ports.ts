import type { KeyRegister } from '../core/keys/key-register';
import type { KeysTable } from '../core/keys/keys-table';
import type { Peppers } from '../core/keys/peppers';

/** What the actions work with. */
export type ManagementDeps = {
  register: KeyRegister;
  keys: Pick<KeysTable, 'findAccount'>;
  peppers: Pick<Peppers, 'read'>;
  /** The catalogue's model ids: what a key can be restricted to. */
  modelIds: readonly string[];
  now: () => Date;
};
