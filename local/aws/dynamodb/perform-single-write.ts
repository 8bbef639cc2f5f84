import type { WireItem } from '../meter/item-size';
import type { Answer } from '../service';
import { chargeRefusedWrite, chargeWrite } from './charge';
import type { Images, Place } from './images';
import {
  errorCode,
  type ItemCall,
  type Outcome,
  type Performer,
  readItem,
  readObject,
  toAnswer,
  toChangedAnswer,
} from './item-call';
import type { Reply } from './local-database';
import type { Part } from './read-parts';

/**
 * Performs PutItem, UpdateItem or DeleteItem. The database is asked for the item's versions, which costs nothing
 * on AWS and changes no behaviour; what the caller did not ask for is taken out of the answer again.
 */
export const performSingleWrite: Performer = async (call, { database, images }) => {
  const [part] = call.parts;
  const [place] = call.places;
  if (part === undefined || place === undefined) throw new Error(`${call.operation} has no item.`);
  const asked = call.request.ReturnValues ?? 'NONE';
  const versions = asked === 'NONE' ? VERSIONS[part.does] : asked;
  const [recalled] = part.does === 'update' && versions !== 'ALL_OLD' ? await images.recall([place]) : [];

  const reply = await database.send(call.target, withVersions(call, versions));

  const document = readObject(reply.body);
  if (reply.status !== 200) return refused({ call, part, place, reply, document, images });
  const { before, after } = await changeOf({
    part,
    place,
    versions,
    recalled,
    returned: readItem(document.Attributes),
    images,
  });
  images.learn(place, after);
  const charges = chargeWrite({ table: part.table, schema: place.schema, before, after }, 'plain');
  return { answer: asked === 'NONE' ? without('Attributes', reply, document) : toAnswer(reply), charges };
};

/** Which version of the item to ask for when the caller wants none. */
const VERSIONS: Readonly<Partial<Record<Part['does'], string>>> = {
  put: 'ALL_OLD',
  delete: 'ALL_OLD',
  update: 'ALL_NEW',
};

const withVersions = ({ request }: ItemCall, versions: unknown): Buffer =>
  Buffer.from(JSON.stringify({ ...request, ReturnValues: versions, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }));

type Written = {
  part: Part;
  place: Place;
  versions: unknown;
  recalled: WireItem | undefined;
  returned: WireItem | undefined;
  images: Images;
};

const changeOf = async ({ part, place, versions, recalled, returned, images }: Written) => {
  if (part.does === 'put') return { before: returned, after: part.item };
  if (part.does === 'delete') return { before: returned, after: undefined };
  const before = versions === 'ALL_OLD' ? returned : recalled;
  const [after] = versions === 'ALL_NEW' ? [returned] : await images.fetch([place]);
  return { before, after };
};

type Refused = {
  call: ItemCall;
  part: Part;
  place: Place;
  reply: Reply;
  document: Record<string, unknown>;
  images: Images;
};

const refused = ({ call, part, place, reply, document, images }: Refused): Outcome => {
  if (errorCode(reply) !== 'ConditionalCheckFailedException') return { answer: toAnswer(reply), charges: [] };
  const existing = readItem(document.Item);
  images.learn(place, existing);
  const asked = call.request.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
  return {
    answer: asked ? toAnswer(reply) : without('Item', reply, document),
    charges: [chargeRefusedWrite(part.table, existing, 'plain')],
  };
};

const without = (member: string, reply: Reply, document: Record<string, unknown>): Answer => {
  if (document[member] === undefined) return toAnswer(reply);
  const { [member]: _, ...rest } = document;
  return toChangedAnswer(reply, rest);
};
