import { beforeAll, expect, test } from 'vitest';
import { encodeId } from '../../src/ids.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';

const parley = useApp();
const uuid = '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e';
let tenant: Tenant;

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({})]);
});

test('what belongs to another organization is answered as what does not exist', async () => {
  const other = await parley.tenant();
  await parley.importLines(other, [phoneLine({ contactNumber: '+15559990000' })]);
  const fields = 'id lastMessage { id author { id } } phoneNumber { id }';
  const { data } = await parley.graphql(other.key, `{ organization { id } conversations { nodes { ${fields} } } }`);
  const [{ id, lastMessage, phoneNumber }] = data.conversations.nodes;
  const types = {
    Conversation: id,
    Message: lastMessage.id,
    Participant: lastMessage.author.id,
    PhoneNumber: phoneNumber.id,
    Organization: data.organization.id,
  } as const;
  for (const [type, foreign] of Object.entries(types)) {
    const unknown = encodeId(type as keyof typeof types, uuid);
    const ask = (each: string) =>
      parley.graphql(tenant.key, 'query ($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }', { id: each });
    expect(await ask(foreign)).toEqual({ data: { node: null, nodes: [null] } });
    expect(await ask(unknown)).toEqual({ data: { node: null, nodes: [null] } });
  }
  expect(await parley.graphql(tenant.key, 'query ($id: ID!) { conversation(id: $id) { id } }', { id })).toEqual({
    data: { conversation: null },
  });
  const filtered = await parley.graphql(
    tenant.key,
    'query ($id: ID!) { conversations(filter: {phoneNumberId: $id}) { totalCount nodes { id } } }',
    { id: phoneNumber.id },
  );
  expect(filtered).toEqual({ data: { conversations: { totalCount: 0, nodes: [] } } });
  const own = await parley.graphql(tenant.key, '{ conversations { nodes { contactNumber } } }');
  expect(own.data.conversations.nodes).toEqual([{ contactNumber: '+15550000002' }]);
});
