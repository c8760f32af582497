import { parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { schema } from '../../src/graphql/built-schema.ts';
import { examples } from '../../src/web/examples.ts';
import { useDemo } from '../demo/use-demo.ts';

const demo = useDemo();
const key = 'am_live_demo000000000000000000000000000';

describe.each(examples)('example %#', ({ query, takesId }) => {
  test('is valid against the schema', () => {
    expect(validate(schema, parse(query))).toEqual([]);
  });

  test('returns data on the demo, with the variables of its tab', async () => {
    const variables = takesId ? { id: demo.conversationId } : {};
    const { data, errors } = await demo.graphql(key, query, variables);
    expect(errors).toBeUndefined();
    for (const [field, value] of Object.entries(data)) expect(value, field).toEqual(expect.objectContaining({}));
    expect(JSON.stringify(data)).not.toContain('"nodes":[]');
    expect(JSON.stringify(data)).not.toContain('"edges":[]');
  });
});
