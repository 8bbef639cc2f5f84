import { exampleOfSchema } from '../../../local/bedrock/example-of-schema';

const ofProperty = (schema: object): unknown =>
  exampleOfSchema({ type: 'object', properties: { it: schema }, required: ['it'] }).it;

describe('an example of a JSON schema', () => {
  it.each([
    [{ const: 7 }, 7],
    [{ default: 'x', type: 'string' }, 'x'],
    [{ enum: ['b', 'c'] }, 'b'],
    [{ type: 'string' }, 'simulated it'],
    [{ type: 'string', minLength: 15 }, 'simulated it...'],
    [{ type: 'string', maxLength: 3 }, 'sim'],
    [{ type: 'string', format: 'date' }, '2026-01-31'],
    [{ type: 'integer', minimum: 2.5 }, 3],
    [{ type: 'number', maximum: -1 }, -1],
    [{ type: 'boolean' }, true],
    [{ type: ['null', 'boolean'] }, true],
    [{ type: 'array', items: { type: 'integer' }, minItems: 2 }, [1, 1]],
    [{ anyOf: [{ type: 'boolean' }, { type: 'string' }] }, true],
    [{ properties: { a: { type: 'string' }, b: {} }, required: ['a'] }, { a: 'simulated a' }],
  ])('of %j is %j', (schema, example) => {
    expect(ofProperty(schema)).toEqual(example);
  });

  it('follows references, also to itself', () => {
    const schema = {
      type: 'object',
      properties: { node: { $ref: '#/$defs/node' } },
      required: ['node'],
      $defs: { node: { type: 'object', properties: { next: { $ref: '#/$defs/node' } }, required: ['next'] } },
    };

    expect(exampleOfSchema(schema)).toMatchObject({ node: { next: { next: {} } } });
  });
});
