import { describe, expect, test } from 'vitest';
import { eventKinds } from '../../../support/event-kinds.ts';
import { useApp } from '../../../support/harness.ts';
import { chatLine, phoneLine } from '../../../support/lines.ts';
import { exported, exportedLine, type Line, merge, storedRows, wrongCounters } from './merging.ts';

const h = useApp();
const database = () => h.app.database;
const later = '2026-02-01T00:00:00Z';

describe('several lines of one message in one batch', () => {
  const line = (more: object) => phoneLine({ externalId: 'a', direction: 'outbound', status: 'sent', ...more });
  const like = { type: 'like', direction: 'inbound', createdAt: later };
  const lines = [
    line({ reactions: [like] }),
    line({ reactions: [like] }),
    line({ status: 'delivered' }),
    line({ status: 'queued' }),
    line({ body: 'second', editedAt: '2026-01-03T00:00:00Z', reactions: [{ ...like, type: 'smile' }] }),
    line({ body: 'late news', editedAt: '2026-01-02T00:00:00Z' }),
    line({ deletedAt: later }),
    line({ body: 'too late', editedAt: '2026-03-01T00:00:00Z' }),
  ];
  const outcomes = ['skipped', 'updated', 'skipped', 'updated', 'skipped', 'updated', 'skipped'];

  test('are applied in their order to a new message, with one event', async () => {
    const [one, each] = [await h.tenant(), await h.tenant()];
    expect(await merge(database(), one.id, lines)).toEqual(['imported', ...outcomes]);
    expect(await eventKinds(database(), one.id)).toEqual(['CONVERSATION_CREATED', 'MESSAGE_RECORDED']);
    for (const line of lines) await merge(database(), each.id, [line]);
    expect(await exported(database(), one.id)).toEqual(await exported(database(), each.id));
    expect(await wrongCounters(database(), one.id)).toEqual([]);
  });

  test('are applied to a stored message, with one event of each kind', async () => {
    const { id } = await h.tenant();
    await merge(database(), id, lines.slice(0, 1));
    expect(await merge(database(), id, lines.slice(1))).toEqual(outcomes);
    expect((await eventKinds(database(), id)).slice(2)).toEqual(['MESSAGE_UPDATED', 'MESSAGE_DELETED']);
    expect(await exportedLine(database(), id, 'a')).toMatchObject({
      status: 'delivered',
      editedAt: '2026-01-03T00:00:00Z',
      deletedAt: later,
    });
  });
});

describe('refuses, and changes nothing for', () => {
  test.each<[string, Line, Line]>([
    ['conversation.type: this conversation is a group', chatLine({}), chatLine({ conversation: { externalId: 'chat', type: 'direct' } })],
  ])('%s', async (reason, first, second) => {
    const { id } = await h.tenant();
    await merge(database(), id, [first]);
    const before = await storedRows(database(), id);
    expect(await merge(database(), id, [second])).toEqual([expect.stringContaining(reason)]);
    expect(await storedRows(database(), id)).toEqual(before);

    const together = await h.tenant();
    const outcomes = await merge(database(), together.id, [first, second]);
    expect(outcomes[0]).toBe('imported');
    expect(outcomes[1]).not.toBe('imported');
    expect((await exported(database(), together.id)).size).toBe(1);
    expect(await wrongCounters(database(), together.id)).toEqual([]);
  });
});

test('writes one event for each change, in order, without content', async () => {
  const { id } = await h.tenant();
  await merge(database(), id, [phoneLine({ externalId: 'a' }), phoneLine({ externalId: 'b', direction: 'outbound', status: 'sent' })]);
  expect(await eventKinds(database(), id)).toEqual(['CONVERSATION_CREATED', 'MESSAGE_RECORDED', 'MESSAGE_RECORDED']);
  await merge(database(), id, [
    phoneLine({ externalId: 'a', deletedAt: later, body: null, redactedAt: later }),
    phoneLine({ externalId: 'b', direction: 'outbound', status: 'failed' }),
    phoneLine({ externalId: 'c', metadata: { a: 1 } }),
  ]);
  expect((await eventKinds(database(), id)).slice(3)).toEqual([
    'MESSAGE_RECORDED',
    'MESSAGE_DELETED',
    'MESSAGE_REDACTED',
    'MESSAGE_UPDATED',
    'CONVERSATION_UPDATED',
  ]);
});

test('tells external ids with line feeds apart', async () => {
  const tenant = await h.tenant();
  const inChat = (chat: string, externalId: string) => chatLine({ externalId, conversation: { externalId: chat, type: 'group' } });
  expect(await merge(database(), tenant.id, [inChat('a\nb', 'c'), inChat('a', 'b\nc')])).toEqual(['imported', 'imported']);
});
