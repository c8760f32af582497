import { beforeEach, describe, expect, test } from 'vitest';
import { encodeId } from '../../../src/values/ids.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';
import { ask, eventsWrittenBy } from '../conversation/conversations.ts';
import { record } from './recording.ts';

const parley = useApp();
const later = '2026-02-01T00:00:00Z';
const muchLater = '2026-03-01T00:00:00Z';
const phone = { phoneNumber: '+15550000001', contactNumber: '+15550000002' };
const nobody = encodeId('Message', '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e');
const document = `mutation ($updates: [UpdateMessageInput!]!) { updateMessages(input: { updates: $updates }) {
  results { outcome field reason messageId message { id body status editedAt deletedAt redactedAt attachments { name } } } } }`;
let tenant: Tenant;
let id: string;

beforeEach(async () => {
  tenant = await parley.tenant();
  const attachments = [{ name: 'a', mime: 'a/b', size: 1, url: 'https://files.test/a' }];
  const [message] = await record(parley, tenant.key, [
    phoneLine({ externalId: 'out', direction: 'outbound', status: 'queued', attachments }),
    phoneLine({ externalId: 'in', createdAt: '2026-01-02T00:00:00Z' }),
    chatLine({ externalId: 'out', body: 'In a chat' }),
  ]);
  id = message.messageId;
});

const update = async (...updates: object[]) => (await ask(parley, tenant.key, document, { updates })).updateMessages.results;
const summary = (results: { outcome: string; field: string | null }[]) => results.map(({ outcome, field }) => field ?? outcome);

describe('the message', () => {
  test('is named by id, by its numbers or by its chat', async () => {
    const results = await update(
      { id, status: 'SENT' },
      { externalId: 'out', ...phone, status: 'DELIVERED' },
      { externalId: 'out', conversationExternalId: 'chat', editedAt: later, body: 'Edited' },
    );
    expect(results).toMatchObject([
      { outcome: 'UPDATED', messageId: id, message: { id, status: 'DELIVERED' } },
      { outcome: 'UPDATED', messageId: id },
      { outcome: 'UPDATED', message: { body: 'Edited', editedAt: later } },
    ]);
  });

  test('is refused alone if the organization does not have it', async () => {
    const stranger = await parley.tenant();
    const [foreign] = await record(parley, stranger.key, [phoneLine({ contactNumber: '+15550000009' })]);
    const written = await eventsWrittenBy(parley, stranger, async () => {
      const results = await update(
        { id: nobody, deletedAt: later },
        { id: foreign.messageId, deletedAt: later },
        { externalId: 'none', ...phone, deletedAt: later },
        { externalId: 'out', conversationExternalId: 'none', deletedAt: later },
        { externalId: 'out', ...phone, contactNumber: '+15550000009', deletedAt: later },
      );
      expect(summary(results)).toEqual([
        'input.updates[0].id',
        'input.updates[1].id',
        ...[2, 3, 4].map((index) => `input.updates[${index}].externalId`),
      ]);
      for (const each of results) expect(each).toMatchObject({ reason: 'there is no such message', message: null, messageId: null });
    });
    expect(written).toEqual([]);
  });

  test.each([
    ['not at all', { deletedAt: later }, 'id'],
    ['twice', { id: nobody, externalId: 'out', ...phone, deletedAt: later }, 'id'],
    ['by id and conversation', { id: nobody, conversationExternalId: 'chat', deletedAt: later }, 'id'],
    ['without a conversation', { externalId: 'out', deletedAt: later }, 'externalId'],
    ['with half of one', { externalId: 'out', phoneNumber: phone.phoneNumber, deletedAt: later }, 'externalId'],
    ['with two', { externalId: 'out', ...phone, conversationExternalId: 'chat', deletedAt: later }, 'externalId'],
    ['by no id', { id: 'x', deletedAt: later }, 'id'],
    ['by an id of another type', { id: encodeId('Agent', '7c1f0a2d-9e8b-4c3a-9d2e-1f0a2b3c4d5e'), deletedAt: later }, 'id'],
    ['by U+0000', { externalId: '\0', ...phone, deletedAt: later }, 'externalId'],
    ['by too much', { externalId: 'x'.repeat(201), ...phone, deletedAt: later }, 'externalId'],
  ])('%s: refused', async (_name, wrong, field) => {
    expect(summary(await update(wrong, { id, status: 'SENT' }))).toEqual([`input.updates[0].${field}`, 'UPDATED']);
  });
});

describe('an update', () => {
  test('follows the rules of imported lines, and writes an event for each change', async () => {
    const steps: [object, string, string[]][] = [
      [{ status: 'SENT' }, 'UPDATED', ['MESSAGE_UPDATED']],
      [{ status: 'SENT' }, 'SKIPPED', []],
      [{ status: 'QUEUED' }, 'SKIPPED', []],
      [{ status: 'FAILED' }, 'UPDATED', ['MESSAGE_UPDATED']],
      [{ status: 'DELIVERED' }, 'SKIPPED', []],
      [{ editedAt: later, body: 'Later' }, 'UPDATED', ['MESSAGE_UPDATED']],
      [{ editedAt: '2026-01-15T00:00:00Z', body: 'Before' }, 'SKIPPED', []],
      [{ editedAt: later, body: 'Later' }, 'SKIPPED', []],
      [{ deletedAt: later }, 'UPDATED', ['MESSAGE_DELETED']],
      [{ deletedAt: muchLater }, 'SKIPPED', []],
      [{ editedAt: muchLater, body: 'Too late' }, 'SKIPPED', []],
      [{ redactedAt: later }, 'UPDATED', ['MESSAGE_REDACTED']],
      [{ redactedAt: muchLater }, 'SKIPPED', []],
    ];
    for (const [change, outcome, events] of steps) {
      const written = await eventsWrittenBy(parley, tenant, async () =>
        expect(summary(await update({ id, ...change }))).toEqual([outcome]),
      );
      expect(written).toEqual(events);
    }
    const [{ message }] = await update({ id, status: 'SENT' });
    expect(message).toEqual({ id, body: null, status: 'FAILED', editedAt: later, deletedAt: later, redactedAt: later, attachments: [] });
  });

  test('may remove the text; a redaction deletes the stored content', async () => {
    expect(await update({ id, editedAt: later, body: null })).toMatchObject([{ message: { body: null, attachments: [{ name: 'a' }] } }]);
    await update({ id, redactedAt: later });
    const stored = await parley.app.database.query({
      label: 'test_stored',
      text: `select m.body, m.search_vector, (select count(*) from attachments where organization_id = $1) as attachments
        from messages m where m.organization_id = $1 and m.redacted_at is not null`,
      values: [tenant.id],
    });
    expect(stored).toEqual([{ body: null, search_vector: null, attachments: 0 }]);
  });

  test('of a message that the request updates several times is applied in order, with one event of each kind', async () => {
    const written = await eventsWrittenBy(parley, tenant, async () => {
      const results = await update(
        { id, status: 'SENT' },
        { externalId: 'out', ...phone, status: 'SENDING' },
        { id, status: 'DELIVERED', editedAt: later, body: 'One' },
        { id, editedAt: later, body: 'Two' },
        { id, deletedAt: later },
        { id, editedAt: muchLater, body: 'Three' },
      );
      expect(summary(results)).toEqual(['UPDATED', 'SKIPPED', 'UPDATED', 'SKIPPED', 'UPDATED', 'SKIPPED']);
      expect(results[0].message).toMatchObject({ status: 'DELIVERED', editedAt: later, deletedAt: later });
    });
    expect(written).toEqual(['MESSAGE_UPDATED', 'MESSAGE_DELETED']);
  });

  test('does not move an earlier redaction by the retention window, and does not edit its message', async () => {
    const old = await parley.tenant(30);
    const [message] = await record(parley, old.key, [phoneLine({ createdAt: '2020-01-01T00:00:00Z' })]);
    const change = async (more: object) =>
      (await ask(parley, old.key, document, { updates: [{ id: message.messageId, ...more }] })).updateMessages.results[0];
    expect(await change({ editedAt: later, body: 'x' })).toMatchObject({ outcome: 'SKIPPED', message: { body: null, editedAt: null } });
    const { redactedAt } = message.message;
    expect(await change({ redactedAt: '2020-01-05T00:00:00Z' })).toMatchObject({ outcome: 'UPDATED', message: { redactedAt } });
  });

  test.each([
    ['nothing', {}, 'status'],
    ['a body without its instant', { body: 'x' }, 'editedAt'],
    ['an edit without its text', { editedAt: later }, 'body'],
    ['an edit that is redacted', { editedAt: later, body: null, redactedAt: later }, 'redactedAt'],
    ['too long a body', { editedAt: later, body: '😀'.repeat(10_001) }, 'body'],
    ['half a surrogate', { editedAt: later, body: '\ud800' }, 'body'],
  ])('%s: refused', async (_name, wrong, field) => {
    const written = await eventsWrittenBy(parley, tenant, async () => {
      expect(summary(await update({ id, ...wrong }))).toEqual([`input.updates[0].${field}`]);
    });
    expect(written).toEqual([]);
  });

  test('with a status is refused for an inbound message, and changes nothing', async () => {
    expect(await update({ externalId: 'in', ...phone, status: 'SENT', deletedAt: later })).toMatchObject([
      { field: 'input.updates[0].status', reason: 'only an outbound message has a status' },
    ]);
    expect(await update({ externalId: 'in', ...phone, deletedAt: later })).toMatchObject([{ outcome: 'UPDATED' }]);
  });
});

test('refuses an empty list and more than 1,000 updates; applies 1,000 in a few statements', async () => {
  for (const length of [0, 1_001]) {
    const { errors } = await parley.graphql(tenant.key, document, { updates: Array.from({ length }, () => ({ id, status: 'SENT' })) });
    expect(errors).toMatchObject([{ message: 'input.updates: must be 1 to 1,000', extensions: { code: 'BAD_USER_INPUT' } }]);
  }
  const statements = await parley.statements(() => update(...Array.from({ length: 1_000 }, () => ({ id, status: 'SENT' }))));
  expect(statements.length).toBeLessThan(12);
});

test('concurrent updates in any order end in the same state', async () => {
  const updates = [
    { id, status: 'SENT' },
    { id, status: 'DELIVERED' },
    { id, editedAt: later, body: 'One' },
    { id, editedAt: muchLater, body: 'Two' },
    { externalId: 'out', conversationExternalId: 'chat', deletedAt: later },
  ];
  await Promise.all([updates, updates.toReversed(), updates.slice(2), updates.slice(0, 2)].map((each) => update(...each)));
  const [{ message }] = await update({ id, status: 'SENT' });
  expect(message).toMatchObject({ status: 'DELIVERED', body: 'Two', editedAt: muchLater });
});
