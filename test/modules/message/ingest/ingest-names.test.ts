import { beforeEach, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../../support/harness.ts';
import { chatLine, phoneLine } from '../../../support/lines.ts';
import { ask } from '../../conversation/conversations.ts';
import { record } from '../recording.ts';

const parley = useApp();
const ann = { externalId: 'ann', firstName: 'Ann', lastName: 'Lee' };
const anna = { ...ann, firstName: 'Anna' };
const bob = { externalId: 'bob', firstName: 'Bob', lastName: 'Ray' };
const bot = { externalId: 'bot', name: 'Bot' };
const desk = { externalId: 'desk', name: 'Desk' };
const [ofBot, leftByBot, ofDesk] = ['+15550000011', '+15550000012', '+15550000013'] as const;
let tenant: Tenant;
let messageOfBob: string;

const inChat = (externalId: string, author: object, more = {}) =>
  chatLine({ author, conversation: { externalId, type: 'group' }, ...more });
const byAgent = (contactNumber: string, agent: object, more = {}) => phoneLine({ direction: 'outbound', contactNumber, agent, ...more });

beforeEach(async () => {
  tenant = await parley.tenant();
  const results = await record(parley, tenant.key, [
    inChat('of bob', bob),
    inChat('of ann', ann, { externalId: 'seen' }),
    inChat('of both', ann),
    inChat('of both', bob),
    byAgent(ofBot, bot),
    // Another agent answers it later.
    byAgent(leftByBot, bot),
    byAgent(leftByBot, desk),
    byAgent(ofDesk, desk),
    // The agent answers it, but has not written in it.
    inChat('given to bot', bob, { agent: bot }),
  ]);
  messageOfBob = results[0].messageId;
});

/** Returns the external ids or contacts of the conversations for which `work` writes CONVERSATION_UPDATED, once for each event. */
async function updatedBy(work: () => Promise<unknown>): Promise<string[]> {
  const updated = () =>
    parley.app.database.query<{ name: string }>({
      label: 'test_updated',
      text: `select coalesce(c.external_id, c.contact_number) as name from events e
        join conversations c on c.organization_id = $1 and c.id = e.conversation_id
        where e.organization_id = $1 and e.kind = 'CONVERSATION_UPDATED' order by e.transaction_id, e.id`,
      values: [tenant.id],
    });
  const before = await updated();
  await work();
  return (await updated())
    .slice(before.length)
    .map(({ name }) => name)
    .sort();
}

const recording = (...lines: Record<string, unknown>[]) => updatedBy(() => record(parley, tenant.key, lines));

test('a new name of a person writes one event for each of their conversations, but not for new ones', async () => {
  expect(
    await recording(inChat('new', anna), inChat('of both', anna, { conversation: { externalId: 'of both', type: 'group', title: 'T' } })),
  ).toEqual(['of ann', 'of both']);
  expect(await recording(inChat('of ann', anna), inChat('newer', anna))).toEqual([]);
});

test('a line of a stored message changes no name', async () => {
  expect(await recording(inChat('of ann', anna, { externalId: 'seen' }))).toEqual([]);
});

test('a reaction with a new name of a person does the same', async () => {
  const react = (author: object, type: string) =>
    updatedBy(() =>
      ask(parley, tenant.key, 'mutation ($input: AddReactionInput!) { addReaction(input: $input) { added } }', {
        input: { messageId: messageOfBob, author, type, direction: 'INBOUND', createdAt: '2026-02-01T00:00:00Z' },
      }),
    );
  expect(await react(anna, 'like')).toEqual(['of ann', 'of bob', 'of both']);
  expect(await react({ ...anna, title: 'Dr' }, 'like')).toEqual([]);
  expect(await react(anna, 'love')).toEqual([]);
});

test('a new name of an agent writes an event for the conversations that it answers or wrote in', async () => {
  const renamed = { ...bot, name: 'Botty' };
  expect(await recording(byAgent(ofBot, renamed))).toEqual([ofBot, leftByBot, 'given to bot'].sort());
  expect(await recording(byAgent(ofBot, renamed))).toEqual([]);
});

test('a conversation of two renamed people gets one event', async () => {
  const lines = [inChat('of ann', anna), inChat('of bob', { ...bob, lastName: 'Roy' }), byAgent(ofDesk, { ...desk, name: 'Front desk' })];
  expect(await recording(...lines)).toEqual(['of ann', 'of bob', 'of both', 'given to bot', ofDesk, leftByBot].sort());
});
