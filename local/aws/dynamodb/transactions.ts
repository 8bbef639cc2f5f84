import { AwsError } from '../aws-error';

/**
 * The items of the transactions that are under way. DynamoDB refuses whatever else wants to write them meanwhile;
 * DynamoDB Local does not, so the proxy does.
 */
export type Transactions = {
  /** Takes the items of a transaction, and returns what releases them. Throws what DynamoDB throws on a conflict. */
  begin(ids: readonly string[], token: string | undefined): () => void;
  /** Throws TransactionConflictException when a transaction holds the item of a single write. */
  refuseWrite(id: string): void;
  /** Throws TransactionCanceledException when a transaction holds one of the items that are to be read together. */
  refuseReads(ids: readonly string[]): void;
};

export const createTransactions = (): Transactions => {
  const held = new Set<string>();
  const tokens = new Set<string>();

  const refuseReads = (ids: readonly string[]): void => {
    const conflicts = ids.map((id) => held.has(id));
    if (conflicts.includes(true)) throw transactionCanceled(conflicts);
  };

  return {
    begin: (ids, token) => {
      if (token !== undefined && tokens.has(token)) throw transactionInProgress();
      refuseReads(ids);
      for (const id of ids) held.add(id);
      if (token !== undefined) tokens.add(token);
      return () => {
        for (const id of ids) held.delete(id);
        if (token !== undefined) tokens.delete(token);
      };
    },
    refuseWrite: (id) => {
      if (held.has(id)) throw transactionConflict();
    },
    refuseReads,
  };
};

const ONGOING = 'Transaction is ongoing for the item';

/** What a single write gets that meets a transaction. */
export const transactionConflict = (): AwsError =>
  new AwsError({ code: 'TransactionConflictException', status: 400, message: ONGOING });

/** What a transaction gets that meets another one; `conflicts` says of each of its members whether it did. */
export const transactionCanceled = (conflicts: readonly boolean[]): AwsError => {
  const codes = conflicts.map((conflict) => (conflict ? 'TransactionConflict' : 'None'));
  return new AwsError({
    code: 'TransactionCanceledException',
    status: 400,
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes.join(', ')}]`,
    fields: {
      CancellationReasons: codes.map((Code) => (Code === 'None' ? { Code } : { Code, Message: ONGOING })),
    },
  });
};

const transactionInProgress = (): AwsError =>
  new AwsError({
    code: 'TransactionInProgressException',
    status: 400,
    message: 'The transaction with the given request token is already in progress.',
  });
