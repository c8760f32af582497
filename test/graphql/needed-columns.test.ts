// Statements read only the columns that an operation needs. A field must be the same beside others and alone.
import { type GraphQLNamedOutputType, type GraphQLObjectType, getNamedType, isLeafType, isNonNullType, isObjectType } from 'graphql';
import { beforeAll, expect, test } from 'vitest';
import { schema } from '../../src/graphql/built-schema.ts';
import { updateRetention } from '../../src/modules/organization/commands/update-retention.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { chatLine, phoneLine } from '../support/lines.ts';

const parley = useApp();
let tenant: Tenant;

beforeAll(async () => {
  tenant = await parley.tenant();
  const now = new Date(Date.now() - 60_000).toISOString();
  const files = [{ name: 'a.png', mime: 'image/png', size: 3, url: 'https://files.test/a.png', width: 4, height: 5 }];
  await parley.importLines(tenant, [
    phoneLine({ externalId: 'in', contactNumber: '+15550001111', createdAt: now }),
    phoneLine({ externalId: 'out', contactNumber: '+15550001111', direction: 'outbound', replyTo: 'in', createdAt: now }),
    phoneLine({ externalId: 'deleted', contactNumber: '+15550001111', deletedAt: now, createdAt: now }),
    phoneLine({
      externalId: 'edited',
      contactNumber: '+15550002222',
      editedAt: now,
      createdAt: now,
      mediaUrls: ['https://files.test/b.png'],
    }),
    phoneLine({ externalId: 'old', contactNumber: '+15550002222', createdAt: '2020-01-01T00:00:00Z' }),
    chatLine({ externalId: 'chat', createdAt: now, attachments: files }),
  ]);
  await updateRetention(parley.app.database, tenant.id, 365);
  const ask = async (query: string) => {
    const { data, errors } = await parley.graphql(tenant.key, query);
    expect(errors).toBeUndefined();
    return data;
  };
  const { conversations } = await ask('{ conversations { nodes { id } } }');
  const { phoneNumbers } = await ask('{ phoneNumbers { nodes { id } } }');
  await ask(
    `mutation { recordConsent(input: { phoneNumberId: "${phoneNumbers.nodes[0].id}", contactNumber: "+15550001111", optedIn: true, at: "${now}" }) { consent { optedIn } } }`,
  );
  const { createAgent } = await ask('mutation { createAgent(input: { externalId: "a", name: "A" }) { agent { id } } }');
  const ids: string[] = conversations.nodes.map(({ id }: { id: string }) => `"${id}"`);
  for (const id of ids)
    await ask(`mutation {
      updateConversation(input: { id: ${id}, archived: true, metadata: { a: 1 } }) { conversation { id } }
      setChatBackground(input: { conversationId: ${id}, imageUrl: "https://files.test/p.png" }) { conversation { id } }
      markConversationRead(input: { id: ${id} }) { conversation { id } }
      assignAgent(input: { conversationId: ${id}, agentId: "${createAgent.agent.id}" }) { conversation { id } } }`);
});

/** The fields of a type without required arguments. Below them only an id is selected, or the name of the type: other fields need columns of their own. */
function selections(name: string): string[] {
  return Object.values((schema.getType(name) as GraphQLObjectType).getFields())
    .filter(({ args }) => !args.some(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined))
    .map((field) => `${field.name}${field.name === 'highlights' ? '(query: "the")' : ''} ${below(getNamedType(field.type))}`);
}

function below(type: GraphQLNamedOutputType): string {
  if (isLeafType(type)) return '';
  const hasId = isObjectType(type) && 'id' in type.getFields();
  return type.name.endsWith('Connection') ? '{ nodes { id } edges { cursor } }' : `{ ${hasId ? 'id' : '__typename'} }`;
}

const rowsOf = {
  Message: (fields: string) => `{ conversations(first: 5) { nodes { messages(first: 5) { nodes { ${fields} } } } } }`,
  Conversation: (fields: string) => `{ conversations(first: 5) { nodes { ${fields} } } }`,
};

/** Returns the rows of a query with these fields. */
async function read(type: keyof typeof rowsOf, fields: string): Promise<Record<string, unknown>[]> {
  const { data, errors } = await parley.graphql(tenant.key, rowsOf[type](fields));
  expect(errors).toBeUndefined();
  const { nodes } = data.conversations;
  return type === 'Conversation' ? nodes : nodes.flatMap(({ messages }: { messages: { nodes: object[] } }) => messages.nodes);
}

test.each(['Message', 'Conversation'] as const)('each field of %s is the same alone and beside all others', async (type) => {
  const all = selections(type);
  const together = await read(type, all.join(' '));
  expect(together.length).toBeGreaterThan(2);
  for (const selection of all) {
    const name = /^\w+/.exec(selection)?.[0] ?? '';
    // Otherwise the field could as well be empty because its column was not read.
    expect(
      together.some((row) => row[name] !== null),
      `${name} has a value`,
    ).toBe(true);
    expect(await read(type, selection)).toEqual(together.map((row) => ({ [name]: row[name] })));
  }
});
