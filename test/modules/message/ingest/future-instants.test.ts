import { beforeAll, describe, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../../support/harness.ts';
import { phoneLine } from '../../../support/lines.ts';
import { ask } from '../../conversation/conversations.ts';
import { recordDocument } from '../recording.ts';

const parley = useApp();
const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString();
const allowed = hours(23);
const refused = hours(25);
const reason = 'must be at most one day after now';
let tenant: Tenant;
let messageId: string;
let phoneNumberId: string;

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({})]);
  const { conversations } = await ask(parley, tenant.key, '{ conversations { nodes { lastMessage { id } phoneNumber { id } } } }');
  messageId = conversations.nodes[0].lastMessage.id;
  phoneNumberId = conversations.nodes[0].phoneNumber.id;
});

describe('recordMessages', () => {
  const message = (given: object) => ({ ...phoneLine({ direction: 'INBOUND' }), ...given });
  const reactions = (createdAt: string) => ({ reactions: [{ type: 'ok', direction: 'INBOUND', createdAt }] });

  test.each<[string, (at: string) => object]>([
    ['createdAt', (createdAt) => ({ createdAt })],
    ['editedAt', (editedAt) => ({ editedAt })],
    ['deletedAt', (deletedAt) => ({ deletedAt })],
    ['redactedAt', (redactedAt) => ({ redactedAt, body: null })],
    ['reactions[0].createdAt', reactions],
    ['consent.at', (at) => ({ consent: { optedIn: true, at } })],
  ])('refuses the message with %s more than a day ahead, and records the other', async (field, given) => {
    const messages = [message(given(refused)), message(given(allowed))];
    const { recordMessages } = await ask(parley, tenant.key, recordDocument, { messages });
    expect(recordMessages.results).toMatchObject([
      { outcome: 'REFUSED', field: `input.messages[0].${field}`, reason },
      { outcome: 'CREATED', field: null },
    ]);
  });
});

describe('updateMessages', () => {
  const document =
    'mutation ($updates: [UpdateMessageInput!]!) { updateMessages(input: { updates: $updates }) { results { outcome field reason } } }';

  test.each([['editedAt'], ['deletedAt'], ['redactedAt']])('refuses the update with %s more than a day ahead', async (field) => {
    const update = { id: messageId, ...(field === 'editedAt' && { body: 'edited' }), [field]: refused };
    const { updateMessages } = await ask(parley, tenant.key, document, { updates: [update] });
    expect(updateMessages.results).toEqual([{ outcome: 'REFUSED', field: `input.updates[0].${field}`, reason }]);
  });

  test('accepts an edit of tomorrow', async () => {
    const updates = [{ id: messageId, body: 'edited', editedAt: allowed }];
    expect((await ask(parley, tenant.key, document, { updates })).updateMessages.results).toMatchObject([{ outcome: 'UPDATED' }]);
  });
});

test.each([
  ['addReaction', 'createdAt', () => ({ messageId, type: 'ok', direction: 'INBOUND' }), 'AddReactionInput', 'added'],
  ['recordConsent', 'at', () => ({ phoneNumberId, contactNumber: '+15550000002', optedIn: false }), 'RecordConsentInput', 'changed'],
])('%s refuses an instant more than a day ahead', async (name, field, input, type, changed) => {
  const document = `mutation ($input: ${type}!) { ${name}(input: $input) { ${changed} } }`;
  const { data, errors } = await parley.graphql(tenant.key, document, { input: { ...input(), [field]: refused } });
  expect(data).toBeNull();
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: `input.${field}`, reason } }]);
  expect(await ask(parley, tenant.key, document, { input: { ...input(), [field]: allowed } })).toEqual({ [name]: { [changed]: true } });
});
