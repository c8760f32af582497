import { beforeAll, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { ask } from './conversations.ts';

const parley = useApp();
let tenant: Tenant;
let stranger: Tenant;
let conversation: { id: string; number: number };

const byNumber = 'query ($number: SafeInt) { conversation(number: $number) { id number } }';

beforeAll(async () => {
  [tenant, stranger] = [await parley.tenant(), await parley.tenant()];
  await parley.importLines(tenant, [phoneLine({}), phoneLine({ contactNumber: '+15550000003' })]);
  await parley.importLines(stranger, [phoneLine({})]);
  conversation = (await ask(parley, tenant.key, '{ conversations { nodes { id number } } }')).conversations.nodes[0];
});

test('finds a conversation by number or by id', async () => {
  const { number, id } = conversation;
  expect(await ask(parley, tenant.key, byNumber, { number })).toEqual({ conversation });
  expect(await ask(parley, tenant.key, 'query ($id: ID) { conversation(id: $id, number: null) { id number } }', { id })).toEqual({
    conversation,
  });
});

test('answers null for the number of another organization, an unknown one, and an impossible one', async () => {
  expect(await ask(parley, stranger.key, byNumber, { number: conversation.number })).toEqual({ conversation: null });
  for (const number of [999_999_999, 2 ** 31, Number.MAX_SAFE_INTEGER, 0, -1, Number.MIN_SAFE_INTEGER]) {
    expect(await ask(parley, tenant.key, byNumber, { number })).toEqual({ conversation: null });
  }
});

test.each([
  ['neither', '', 'id'],
  ['nulls', '(id: null, number: null)', 'id'],
  ['both', '(id: "x", number: 1)', 'id'],
])('refuses %s', async (_name, args, field) => {
  const { errors } = await parley.graphql(tenant.key, `{ conversation${args} { id } }`);
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
});

test.each([1.5, 2 ** 53, '7', true])('%j is no number', async (number) => {
  const { errors } = await parley.graphql(tenant.key, byNumber, { number });
  expect(errors).toMatchObject([{ message: expect.stringContaining('number'), extensions: { code: 'BAD_USER_INPUT' } }]);
});

test('several look-ups by number are one statement', async () => {
  const { conversations } = await ask(parley, tenant.key, '{ conversations { nodes { number } } }');
  const numbers = conversations.nodes.map(({ number }: { number: number }) => number);
  const statements = await parley.statements(() =>
    ask(parley, tenant.key, `{ ${numbers.map((number: number) => `n${number}: conversation(number: ${number}) { id }`)} }`),
  );
  expect(statements).toEqual(['conversations']);
});
