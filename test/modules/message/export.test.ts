import { expect, test } from 'vitest';
import { useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';
import { exportedText, merge } from './ingest/merging.ts';

const h = useApp();

/** Returns the text of an export after the lines are merged. */
async function exportAfter(organizationId: string, text: string): Promise<string> {
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(new Set(await merge(h.app.database, organizationId, lines))).toEqual(new Set(['imported']));
  return exportedText(h.app.database, organizationId);
}

const at = (day: number) => `2026-01-${String(day).padStart(2, '0')}T00:00:00Z`;
const agent = { externalId: 'bot', name: 'Bot' };
const ann = { externalId: 'ann', firstName: 'Ann', lastName: 'Lee', department: 'Sales', avatarUrl: 'https://files.test/ann.png' };
const everything = [
  phoneLine({ externalId: 'a', createdAt: at(1), body: 'é😀中\n"\\\u009b2K\u202e', consent: { optedIn: false, at: at(1) } }),
  phoneLine({ externalId: 'b', createdAt: '2026-01-02T00:00:00.120Z', direction: 'outbound', status: 'failed', agent, replyTo: 'a' }),
  phoneLine({
    externalId: 'c',
    createdAt: at(3),
    mediaUrls: ['https://files.test/1.png'],
    reactions: [{ type: '👍', direction: 'outbound', createdAt: at(4) }],
  }),
  phoneLine({ externalId: 'd', createdAt: at(4), direction: 'outbound', author: ann, agent: { externalId: 'second', name: 'Second' } }),
  phoneLine({
    externalId: 'e',
    createdAt: at(5),
    direction: 'outbound',
    consent: { optedIn: true, at: at(5) },
    metadata: { b: 1, a: [null, 'x'] },
  }),
  phoneLine({ externalId: 'f', createdAt: at(1), contactNumber: '+15550000003', body: null, redactedAt: at(6), segmentCount: 4 }),
  phoneLine({
    externalId: 'g',
    createdAt: at(2),
    contactNumber: '+15550000003',
    deletedAt: at(6),
    editedAt: at(5),
    replyTo: 'f',
    reactions: [{ type: 'sad', direction: 'inbound', createdAt: at(3) }],
  }),
  chatLine({
    externalId: 'h',
    author: ann,
    kind: 'service',
    attachments: [{ name: 'v', mime: 'audio/ogg', size: 2 ** 40, url: 'https://files.test/v', duration: 1.25 }],
  }),
  chatLine({
    externalId: 'i',
    createdAt: at(2),
    body: '',
    author: ann,
    reactions: [{ type: 'ok', direction: 'inbound', author: ann, createdAt: at(3) }],
  }),
  phoneLine({ externalId: 'j', createdAt: '0001-01-01T00:00:00Z', contactNumber: '+15550000004', channel: 'whatsapp' }),
];
const ndjson = everything.map((line) => `${JSON.stringify(line)}\n`).join('');

test('an export that is imported into another organization exports the same text', async () => {
  const first = await exportAfter((await h.tenant()).id, ndjson);
  // The export may be printed on a terminal.
  expect(first.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  const lines = first
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ externalId }) => externalId)).toEqual([...'abcdefghij']);
  for (const [index, line] of lines.entries()) {
    const { body, reactions, ...given } = JSON.parse(JSON.stringify(everything[index]));
    expect(line).toMatchObject(given.deletedAt ? { ...given, body: null } : { ...given, body, ...(reactions && { reactions }) });
    // A deleted message shows no reactions.
    if (given.deletedAt) expect(line).not.toHaveProperty('reactions');
  }
  expect(await exportAfter((await h.tenant()).id, first)).toBe(first);
});

test('exports redacted messages redacted, and an import of them stays redacted', async () => {
  const redacted = await exportAfter((await h.tenant(30)).id, ndjson.replaceAll('2026-01', '2016-01'));
  for (const line of redacted
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text))) {
    expect(line).toMatchObject({ body: null, mediaUrls: [], redactedAt: expect.any(String) });
    expect(line).not.toHaveProperty('attachments');
  }
  expect(await exportAfter((await h.tenant()).id, redacted)).toBe(redacted);
});

test('blank names of an earlier release are exported so that an import accepts them', async () => {
  const { id } = await h.tenant();
  await exportAfter(id, ndjson);
  const run = (text: string) => h.app.database.query({ label: 'test_blank', text, values: [id] });
  await run("update agents set name = ' ' where organization_id = $1");
  await run("update conversations set title = '' where organization_id = $1 and type <> 'PHONE'");
  await run("update participants set first_name = ' ', title = '' where organization_id = $1 and kind = 'PERSON'");
  const text = await exportedText(h.app.database, id);
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.find(({ externalId }) => externalId === 'b').agent).toEqual({ ...agent, name: agent.externalId });
  const { conversation, author } = lines.find(({ externalId }) => externalId === 'h');
  expect(conversation).not.toHaveProperty('title');
  expect(author).toMatchObject({ firstName: '', lastName: 'Lee' });
  expect(await exportAfter((await h.tenant()).id, text)).toBe(text);
  // An external id may be blank.
  await run("update agents set external_id = ' ' where organization_id = $1 and external_id = 'bot'");
  const nameless = await exportedText(h.app.database, id);
  expect(await exportAfter((await h.tenant()).id, nameless)).toBe(nameless);
});
