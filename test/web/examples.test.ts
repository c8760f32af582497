import { parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { schema } from '../../src/graphql/built-schema.ts';
import { examples } from '../../src/web/examples.ts';
import { useDemo } from '../demo/use-demo.ts';

const demo = useDemo();
const key = 'am_live_demo000000000000000000000000000';

// test/browser/graphiql.test.ts runs the subscription, and each example in GraphiQL itself.
describe.each(examples)('example %#', ({ query, variables }) => {
  test('is valid against the schema', () => {
    expect(validate(schema, parse(query))).toEqual([]);
  });

  test.skipIf(query.includes('subscription '))('returns data on the demo, with the variables of its tab', async () => {
    const filled = JSON.stringify(variables)
      .replace('CONVERSATION_ID', demo.conversationId ?? '')
      .replaceAll('NOW', new Date().toISOString());
    const { data, errors } = await demo.graphql(key, query, JSON.parse(filled) ?? {});
    expect(errors).toBeUndefined();
    for (const [field, value] of Object.entries(data)) expect(value, field).toEqual(expect.objectContaining({}));
    expect(JSON.stringify(data)).not.toContain('"nodes":[]');
    expect(JSON.stringify(data)).not.toContain('"edges":[]');
  });
});
