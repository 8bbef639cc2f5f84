/** An item in DynamoDB's wire format: `{ pk: { S: 'a' }, n: { N: '1' } }`. */
export type WireItem = Readonly<Record<string, unknown>>;

/**
 * The bytes of an item as DynamoDB sizes it for capacity: names and values, without the storage overhead.
 * Throws on a value that is none of DynamoDB's types.
 */
export const itemSize = (item: WireItem): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + textBytes(name) + valueSize(value), 0);

const valueSize = (value: unknown): number => {
  const [type, content] = isObject(value) ? (Object.entries(value)[0] ?? []) : [];
  const size = type === undefined ? undefined : SIZES.get(type)?.(content);
  if (size === undefined) throw new Error(`Not a DynamoDB value: ${JSON.stringify(value)}`);
  return size;
};

/** A list or map costs 3 bytes, and each of its elements 1 more. */
const CONTAINER_BYTES = 3;
const ELEMENT_BYTES = 1;

const sumOf = (contents: unknown, size: (content: unknown) => number): number =>
  Array.isArray(contents) ? contents.reduce<number>((sum, content) => sum + size(content), 0) : 0;

const SIZES = new Map<string, (content: unknown) => number>([
  ['S', (content) => textBytes(String(content))],
  ['N', (content) => numberBytes(String(content))],
  ['B', (content) => Buffer.byteLength(String(content), 'base64')],
  ['BOOL', () => 1],
  ['NULL', () => 1],
  ['SS', (content) => sumOf(content, (text) => textBytes(String(text)))],
  ['NS', (content) => sumOf(content, (number) => numberBytes(String(number)))],
  ['BS', (content) => sumOf(content, (binary) => Buffer.byteLength(String(binary), 'base64'))],
  ['L', (content) => CONTAINER_BYTES + sumOf(content, (element) => ELEMENT_BYTES + valueSize(element))],
  [
    'M',
    (content) => {
      const members = isObject(content) ? content : {};
      return CONTAINER_BYTES + ELEMENT_BYTES * Object.keys(members).length + itemSize(members);
    },
  ],
]);

const textBytes = (text: string): number => Buffer.byteLength(text, 'utf8');

/** One byte, one more per two significant digits on each side of the point, and one more for a minus sign. */
const numberBytes = (text: string): number => {
  const { negative, whole, fraction } = toPlainDigits(text);
  // Only the outer zeros are dropped: those of the whole part's end count when a fraction follows.
  const wholeDigits = fraction === '' ? whole.replace(/0+$/, '') : whole;
  const fractionDigits = whole === '' ? fraction.replace(/^0+/, '') : fraction;
  return 1 + Math.ceil(wholeDigits.length / 2) + Math.ceil(fractionDigits.length / 2) + (negative ? 1 : 0);
};

/** The digits left and right of the point, exponent applied, without leading zeros left and trailing zeros right. */
const toPlainDigits = (text: string): { negative: boolean; whole: string; fraction: string } => {
  const [, sign = '', left = '', right = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  const digits = left + right;
  const point = left.length + Number(exponent);
  const padded = digits.padStart(digits.length + Math.max(0, -point), '0').padEnd(Math.max(point, 0), '0');
  const cut = Math.max(point, 0);
  const whole = padded.slice(0, cut).replace(/^0+/, '');
  const fraction = padded.slice(cut).replace(/0+$/, '');
  return { negative: sign === '-' && whole + fraction !== '', whole, fraction };
};

const NUMBER = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/;

const isObject = (value: unknown): value is WireItem =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
