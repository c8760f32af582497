// A frontend with documents in files of their own, types generated from them (codegen.ts), and a client of ten lines.
import { expect, expectTypeOf, test } from 'vitest';
import { InboxDocument } from '../../generated/graphql/graphql.ts';
import { useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { graphqlClient } from './client.ts';

const parley = useApp();

test('sends variables and receives answers that match the types of its documents', async () => {
  const tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({ body: 'First' }), phoneLine({ contactNumber: '+15550000003', body: 'Second' })]);
  const ask = graphqlClient('http://parley.test/graphql', tenant.key, (url, init) => parley.app.fetch(new Request(url, init)));

  const { conversations } = await ask(InboxDocument, { first: 1, filter: { contactNumber: '+15550000003' } });
  expectTypeOf(conversations?.nodes[0]).toEqualTypeOf<
    | {
        id: string;
        contactNumber: string | null;
        lastMessage: { body: string | null; direction: 'INBOUND' | 'OUTBOUND' } | null;
      }
    | undefined
  >();
  expect(conversations?.nodes.map(({ lastMessage }) => lastMessage)).toEqual([{ body: 'Second', direction: 'INBOUND' }]);

  // @ts-expect-error: what the document needs, its variables have.
  await expect(ask(InboxDocument, {})).rejects.toThrow('$first');
  // @ts-expect-error: and of the type that it says.
  await expect(ask(InboxDocument, { first: 1, filter: { types: ['FAX'] } })).rejects.toThrow('$filter');
});
