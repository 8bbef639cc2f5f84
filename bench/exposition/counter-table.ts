import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import * as v from 'valibot';
import type { Item } from './synthetic-counters';
import { bytesOf } from './synthetic-counters';

const PAGE_BYTES = 1 << 20;

const query = v.object({
  ExpressionAttributeValues: v.record(v.string(), v.object({ S: v.optional(v.string(), '') })),
  ExclusiveStartKey: v.optional(v.object({ sk: v.object({ S: v.string() }) })),
});

/** As DynamoDB cuts what a query finds: a page ends with the item that brings it to a megabyte. */
const pagesOf = (items: readonly Item[]): Item[][] => {
  const pages: Item[][] = [[]];
  let bytes = 0;
  for (const item of items) {
    if (bytes >= PAGE_BYTES) {
      pages.push([]);
      bytes = 0;
    }
    pages.at(-1)?.push(item);
    bytes += bytesOf(item);
  }
  return pages;
};

const toAnswer = (pk: string, page: readonly Item[], next: number | undefined): string =>
  JSON.stringify({
    Items: page,
    Count: page.length,
    ...(next === undefined ? {} : { LastEvaluatedKey: { pk: { S: pk }, sk: { S: String(next) } } }),
  });

/** A DynamoDB that answers queries of these partitions at once, page by page, and finds nothing in others. */
export const serveCounterTable = async (partitions: ReadonlyMap<string, readonly Item[]>) => {
  const answers = new Map(
    [...partitions].map(([pk, items]) => {
      const pages = pagesOf(items);
      return [pk, pages.map((page, index) => toAnswer(pk, page, index + 1 < pages.length ? index + 1 : undefined))];
    }),
  );
  const server = createServer(async (request, response) => {
    const { ExpressionAttributeValues: values, ExclusiveStartKey: start } = v.parse(
      query,
      JSON.parse(await text(request)),
    );
    const pages = Object.values(values).flatMap(({ S }) => answers.get(S) ?? []);
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    response.end(pages[Number(start?.sk.S ?? 0)] ?? '{"Items":[],"Count":0}');
  });
  // Between two scrapes there is time that is not the table's to measure.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${portOf(server.address())}`, close: () => server.close() };
};

const portOf = (address: AddressInfo | string | null): number => {
  if (address === null || typeof address === 'string') throw new Error('The table has no port.');
  return address.port;
};
