import { describe, expect, test } from 'vitest';
import { useApp } from '../../../support/harness.ts';
import { chatLine, phoneLine } from '../../../support/lines.ts';
import { exportedLine, merge, storedRows, wrongCounters } from './merging.ts';

const h = useApp();
const database = () => h.app.database;
const later = '2026-02-01T00:00:00Z';

test('repeated lines change no row and write no event', async () => {
  const { id } = await h.tenant();
  const lines = [
    phoneLine({
      externalId: 'a',
      reactions: [{ type: 'like', direction: 'outbound', createdAt: later }],
      editedAt: later,
      metadata: { a: 1 },
    }),
    phoneLine({ externalId: 'b', direction: 'outbound', agent: { externalId: 'bot', name: 'Bot' }, replyTo: 'a', deletedAt: later }),
    phoneLine({ externalId: 'c', body: null, redactedAt: later, consent: { optedIn: true, at: later } }),
    chatLine({
      externalId: 'd',
      attachments: [{ name: 'v.ogg', mime: 'audio/ogg', size: 9, url: 'https://files.test/v.ogg', duration: 3.5 }],
    }),
  ];
  expect(await merge(database(), id, lines)).toEqual(['imported', 'imported', 'imported', 'imported']);
  const before = await storedRows(database(), id);
  expect(await merge(database(), id, lines)).toEqual(['skipped', 'skipped', 'skipped', 'skipped']);
  expect(await storedRows(database(), id)).toEqual(before);
  expect(await wrongCounters(database(), id)).toEqual([]);
});

describe('a line of a stored message', () => {
  test.each([
    ['queued', 'sending', 'updated'],
    ['sending', 'sent', 'updated'],
    ['sent', 'failed', 'updated'],
    ['queued', 'delivered', 'updated'],
    ['sent', 'sending', 'skipped'],
    ['delivered', 'failed', 'skipped'],
    ['failed', 'delivered', 'skipped'],
    ['undelivered', 'queued', 'skipped'],
  ])('status %s, then %s: %s', async (first, second, outcome) => {
    const { id } = await h.tenant();
    await merge(database(), id, [phoneLine({ externalId: 'a', direction: 'outbound', status: first })]);
    expect(await merge(database(), id, [phoneLine({ externalId: 'a', direction: 'outbound', status: second })])).toEqual([outcome]);
    expect(await exportedLine(database(), id, 'a')).toMatchObject({ status: outcome === 'updated' ? second : first });
  });

  test('applies a later edit, but no earlier one and none without its time', async () => {
    const { id } = await h.tenant();
    const edit = (body: string, editedAt?: string) => merge(database(), id, [phoneLine({ externalId: 'a', body, editedAt })]);
    await edit('first');
    expect(await edit('no time')).toEqual(['skipped']);
    expect(await edit('second', '2026-01-03T00:00:00Z')).toEqual(['updated']);
    expect(await edit('late news', '2026-01-02T00:00:00Z')).toEqual(['skipped']);
    expect(await exportedLine(database(), id, 'a')).toMatchObject({ body: 'second', editedAt: '2026-01-03T00:00:00Z' });
  });

  test('deletes the message once; later edits are skipped', async () => {
    const { id } = await h.tenant();
    await merge(database(), id, [phoneLine({ externalId: 'a' })]);
    expect(await merge(database(), id, [phoneLine({ externalId: 'a', deletedAt: later })])).toEqual(['updated']);
    expect(await merge(database(), id, [phoneLine({ externalId: 'a', deletedAt: '2026-03-01T00:00:00Z' })])).toEqual(['skipped']);
    expect(await merge(database(), id, [phoneLine({ externalId: 'a', body: 'x', editedAt: '2026-03-01T00:00:00Z' })])).toEqual(['skipped']);
    expect(await exportedLine(database(), id, 'a')).toMatchObject({ body: null, deletedAt: later });
  });

  test('redacts the stored content once, and keeps the time of the first redaction', async () => {
    const { id } = await h.tenant();
    const content = {
      externalId: 'a',
      mediaUrls: ['https://files.test/a.png'],
      attachments: [{ name: 'a', mime: 'image/png', size: 1, url: 'https://files.test/a' }],
    };
    await merge(database(), id, [phoneLine(content)]);
    expect(await merge(database(), id, [phoneLine({ externalId: 'a', body: null, redactedAt: later })])).toEqual(['updated']);
    expect(await merge(database(), id, [phoneLine({ ...content, editedAt: '2026-03-01T00:00:00Z' })])).toEqual(['skipped']);
    expect(await merge(database(), id, [phoneLine({ externalId: 'a', body: null, redactedAt: '2026-03-01T00:00:00Z' })])).toEqual([
      'skipped',
    ]);
    const [stored] = await database().query<object>({
      label: 'test_stored',
      text: `select m.body, m.media_urls, m.redacted_at, (select count(*) from attachments where organization_id = $1) as attachments
        from messages m where m.organization_id = $1`,
      values: [id],
    });
    expect(stored).toEqual({ body: null, media_urls: [], redacted_at: new Date(later), attachments: 0 });
    expect(await exportedLine(database(), id, 'a')).toMatchObject({ body: null, mediaUrls: [], redactedAt: later });
  });

  test('keeps the time of an earlier redaction by the retention window', async () => {
    const { id } = await h.tenant(30);
    await merge(database(), id, [phoneLine({ externalId: 'a', createdAt: '2020-01-01T00:00:00Z' })]);
    const { redactedAt } = await exportedLine(database(), id, 'a');
    expect(redactedAt).toEqual(expect.any(String));
    const line = phoneLine({ externalId: 'a', createdAt: '2020-01-01T00:00:00Z', body: null, redactedAt: '2020-01-05T00:00:00Z' });
    expect(await merge(database(), id, [line])).toEqual(['updated']);
    expect(await exportedLine(database(), id, 'a')).toMatchObject({ redactedAt });
    expect(await merge(database(), id, [line])).toEqual(['skipped']);
  });

  test('adds a reaction once', async () => {
    const { id } = await h.tenant();
    const reaction = { type: 'like', direction: 'inbound', createdAt: later };
    await merge(database(), id, [phoneLine({ externalId: 'a' })]);
    expect(await merge(database(), id, [phoneLine({ externalId: 'a', reactions: [reaction, reaction] })])).toEqual(['updated']);
    expect(await merge(database(), id, [phoneLine({ externalId: 'a', reactions: [reaction] })])).toEqual(['skipped']);
    expect(await exportedLine(database(), id, 'a')).toMatchObject({ reactions: [reaction] });
  });

  test('does not change the conversation', async () => {
    const { id } = await h.tenant();
    await merge(database(), id, [chatLine({ externalId: 'a', metadata: { v: 1 } })]);
    const line = chatLine({ externalId: 'a', metadata: { v: 2 }, conversation: { externalId: 'chat', type: 'group', title: 'New' } });
    expect(await merge(database(), id, [line])).toEqual(['skipped']);
    expect(await exportedLine(database(), id, 'a')).toMatchObject({ metadata: { v: 1 }, conversation: { title: 'Everyone' } });
  });
});
