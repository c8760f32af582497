import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ImportResult, importFile } from '../../../../src/modules/message/import-file/import-file.ts';
import { useApp } from '../../../support/harness.ts';
import { phoneLine } from '../../../support/lines.ts';
import { exported, exportedText, type Line, merge, wrongCounters } from '../ingest/merging.ts';

const h = useApp();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-import-file-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function importing(
  organizationId: string,
  content: string | Buffer,
  skipInvalid = false,
): Promise<ImportResult & { refusals: string[] }> {
  const file = join(folder, 'lines.ndjson');
  await writeFile(file, content);
  const refusals: string[] = [];
  const onRefused = (line: number, field: string, reason: string) => void refusals.push(`line ${line}: ${field}: ${reason}`);
  return { ...(await importFile(h.app.database, organizationId, file, { skipInvalid, onRefused, onProgress: () => {} })), refusals };
}

const ndjson = (lines: readonly object[], end = '\n') => lines.map((line) => JSON.stringify(line) + end).join('');
const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => phoneLine({ externalId: `m${from + index}`, contactNumber: `+155500010${index % 10}0` }));

test('completes an interrupted import: more lines than a batch, some of them stored', async () => {
  const { id } = await h.tenant();
  await merge(h.app.database, id, numbered(0, 1_234));
  const whole = await importing(id, ndjson(numbered(0, 6_000)));
  expect(whole).toMatchObject({ read: 6_000, imported: 4_766, skipped: 1_234, refused: 0, conversations: 10, refusals: [] });
  expect(await wrongCounters(h.app.database, id)).toEqual([]);
  expect(await importing(id, ndjson(numbered(0, 6_000)))).toMatchObject({ imported: 0, updated: 0, skipped: 6_000, conversations: 0 });
});

test('accepts several lines of one message', async () => {
  const { id } = await h.tenant();
  const lines = ['queued', 'sent', 'delivered', 'sent'].map((status) => phoneLine({ externalId: 'm', direction: 'outbound', status }));
  expect(await importing(id, ndjson(lines))).toMatchObject({ read: 4, imported: 1, updated: 2, skipped: 1, conversations: 1 });
  expect((await exported(h.app.database, id)).get('m')).toMatchObject({ status: 'delivered' });
});

test('links replies to earlier and later messages, across batches', async () => {
  const { id } = await h.tenant();
  const first = phoneLine({ externalId: 'first', replyTo: 'last', contactNumber: '+15550009999' });
  const last = phoneLine({ externalId: 'last', contactNumber: '+15550009999' });
  const back = phoneLine({ externalId: 'back', replyTo: 'first', contactNumber: '+15550009999' });
  expect(await importing(id, ndjson([first, ...numbered(0, 5_000), last, back]))).toMatchObject({ imported: 5_003, refused: 0 });
  const lines = await exported(h.app.database, id);
  expect(lines.get('first')).toMatchObject({ replyTo: 'last' });
  expect(lines.get('back')).toMatchObject({ replyTo: 'first' });
});

test('reads gzip, a byte-order mark, CRLF, empty lines and a missing last newline', async () => {
  const content = `\uFEFF${ndjson(numbered(0, 2), '\r\n')}\r\n${JSON.stringify(numbered(2, 3)[0])}`;
  for (const bytes of [content, gzipSync(content)]) {
    expect(await importing((await h.tenant()).id, bytes)).toMatchObject({ read: 3, imported: 3, refusals: [] });
  }
});

describe('refuses a line', () => {
  const good = JSON.stringify(phoneLine({ externalId: 'good' }));
  const bad = (given: object) => JSON.stringify(phoneLine({ externalId: 'bad', ...given }));

  test.each<[string, string | Buffer, string]>([
    ['no JSON', '{"externalId": ', ': is not JSON'],
    ['a byte-order mark inside', `\uFEFF${bad({})}`, ': is not JSON'],
    ['not UTF-8', Buffer.from('"\xff"', 'latin1'), ': is not UTF-8'],
    ['no object', '[1]', ': must be a JSON object'],
    ['longer than 1 MiB', bad({ body: 'x'.repeat(1_048_576) }), ': is longer than 1 MiB'],
    ['a NUL', bad({ body: 'a\0b' }), 'body: must not hold U+0000 or half a surrogate pair'],
    ['half a surrogate', bad({ body: '\ud83d' }), 'body: must not hold U+0000 or half a surrogate pair'],
    ['a number too big', bad({}).replace(/}$/, ',"segmentCount":1e999}'), 'segmentCount: is a number too big'],
    ['a date of year 0', bad({ createdAt: '0000-12-31T23:59:59Z' }), 'createdAt: must be an RFC 3339'],
    ['an unknown field', bad({ colour: 'red' }), 'colour: is not a field'],
    ['a reply to nothing', bad({ replyTo: 'nobody' }), 'replyTo: is no message of this conversation'],
    ['a reply out of its conversation', bad({ replyTo: 'good', contactNumber: '+15550000003' }), 'replyTo: is no message'],
  ])('%s is refused by number and reason, and nothing is merged but on demand', async (_, line, reason) => {
    const { id } = await h.tenant();
    const content = Buffer.concat([Buffer.from(`${good}\n`), Buffer.from(line), Buffer.from('\n')]);
    const refusals = [expect.stringContaining(`line 2: ${reason}`)];
    expect(await importing(id, content)).toMatchObject({ read: 2, imported: 0, refused: 1, conversations: 0, refusals });
    expect(await exportedText(h.app.database, id)).toBe('');
    expect(await importing(id, content, true)).toMatchObject({ read: 2, imported: 1, refused: 1, refusals });
  });

  test('that contradicts a stored conversation', async () => {
    const { id } = await h.tenant();
    const chat = { externalId: 'c', type: 'group' };
    const workplace = (more: object) => phoneLine({ phoneNumber: undefined, contactNumber: undefined, direction: 'outbound', ...more });
    await importing(id, ndjson([phoneLine({ externalId: 'a' }), workplace({ externalId: 'b', conversation: chat })]));
    const lines = [workplace({ conversation: { ...chat, type: 'direct' } }), phoneLine({ replyTo: 'b' }), phoneLine({ replyTo: 'a' })];
    expect((await importing(id, ndjson(lines))).refusals).toEqual([
      'line 1: conversation.type: this conversation is a group one',
      'line 2: replyTo: is no message of this conversation, in this file or stored',
    ]);
  });

  test('that contradicts the data of its own organization only', async () => {
    const [one, other] = [await h.tenant(), await h.tenant()];
    const chat = (type: string, more: object = {}) =>
      ndjson([
        phoneLine({
          phoneNumber: undefined,
          contactNumber: undefined,
          direction: 'outbound',
          conversation: { externalId: 'c', type },
          ...more,
        }),
      ]);
    expect(await importing(other.id, chat('direct'))).toMatchObject({ imported: 1, refusals: [] });
    expect(await importing(one.id, chat('group'))).toMatchObject({ imported: 1, refusals: [] });
    expect(await importing(one.id, chat('group'))).toMatchObject({ imported: 1, refusals: [] });
    expect((await importing(one.id, chat('direct'))).refusals).toEqual(['line 1: conversation.type: this conversation is a group one']);
  });

  test('that replies to a refused line', async () => {
    const chain = [
      phoneLine({ externalId: 'a', replyTo: 'b' }),
      phoneLine({ externalId: 'b', replyTo: 'c' }),
      phoneLine({ externalId: 'd' }),
    ];
    expect(await importing((await h.tenant()).id, ndjson(chain), true)).toMatchObject({ imported: 1, refused: 2 });
  });
});

describe('a small file with very many lines', () => {
  const gzipped = async (content: Buffer) => {
    const file = join(folder, 'much.ndjson.gz');
    const bytes = gzipSync(content);
    await writeFile(file, bytes);
    return { file, bytes: bytes.length };
  };

  test.each(['\n', '\t\n', ' \r\n'])('reads blank lines %j quickly, and reports progress', async (blank) => {
    const { file } = await gzipped(Buffer.alloc(66_060_288, blank));
    const { id } = await h.tenant();
    const progress: number[] = [];
    const begun = process.cpuUsage();
    const options = { skipInvalid: false, onRefused: () => {}, onProgress: (done: number) => void progress.push(done) };
    expect(await importFile(h.app.database, id, file, options)).toMatchObject({ read: 0, imported: 0, refused: 0 });
    const { user, system } = process.cpuUsage(begun);
    // Under one second; 15 to 30 seconds if each line is decoded.
    expect((user + system) / 1_000_000).toBeLessThan(5);
    expect(progress.at(-1)).toBe(0.5);
  });

  test('is refused once it has more lines than bytes', async () => {
    const { file, bytes } = await gzipped(Buffer.alloc(1_000_000, 'x\n'));
    let refused = 0;
    const options = { skipInvalid: true, onRefused: () => void refused++, onProgress: () => {} };
    const importing = importFile(h.app.database, (await h.tenant()).id, file, options);
    await expect(importing).rejects.toThrow(`the file has ${bytes.toLocaleString('en')} bytes but more lines than that`);
    expect(refused).toBe(100_000 + bytes);
  });
});

const realLines = join(import.meta.dirname, '../../../../../shared/data/nus-sms.ndjson.gz');

test.skipIf(!existsSync(realLines))('imports 5,000 real lines (skipped where ../shared/data is absent)', async () => {
  const lines: Line[] = [];
  for await (const text of createInterface({ input: createReadStream(realLines).pipe(createGunzip()) })) {
    lines.push(JSON.parse(text));
    if (lines.length === 5_000) break;
  }
  const { id } = await h.tenant();
  expect(await importing(id, gzipSync(ndjson(lines)))).toMatchObject({ read: 5_000, imported: 5_000, refused: 0 });
  const state = await exported(h.app.database, id);
  for (const line of lines) expect(state.get(String(line.externalId))).toMatchObject(line);
  expect(state.size).toBe(5_000);
  expect(await wrongCounters(h.app.database, id)).toEqual([]);
  const text = await exportedText(h.app.database, id);
  const copy = await h.tenant();
  await importing(copy.id, text);
  expect(await exportedText(h.app.database, copy.id)).toBe(text);
});

describe('long lines', () => {
  const long = (count: number) =>
    Array.from({ length: count }, (_, index) => phoneLine({ externalId: `m${index}`, body: '㍿'.repeat(10_000) }));

  test('are merged by transactions of at most 4 MiB of lines and statements of at most 1 MiB of rows', async () => {
    const { id } = await h.tenant();
    const labels = await h.statements(async () => {
      expect(await importing(id, ndjson(long(150)))).toMatchObject({ imported: 150, refused: 0 });
    });
    // 30 KB each, about 200 KB with their tokens.
    expect(labels.filter((label) => label === 'ingest_lock_conversations')).toHaveLength(2);
    expect(labels.filter((label) => label === 'ingest_add_messages').length).toBeGreaterThan(20);
  });

  test('names a line that the database refuses; the lines before it are merged', async () => {
    const { id } = await h.tenant();
    await h.app.database.transaction((tx) =>
      tx.script(`create function test_refuse() returns trigger language plpgsql as $$ begin raise 'cannot be stored'; end $$;
        create trigger test_refuse before insert on messages for each row when (new.external_id = 'm700') execute function test_refuse()`),
    );
    try {
      await expect(importing(id, ndjson(numbered(0, 1_000)))).rejects.toThrow('line 701 cannot be merged: cannot be stored');
      expect((await exported(h.app.database, id)).size).toBe(700);
    } finally {
      await h.app.database.transaction((tx) => tx.script('drop trigger test_refuse on messages; drop function test_refuse()'));
    }
    expect(await importing(id, ndjson(numbered(0, 1_000)))).toMatchObject({ imported: 300, skipped: 700 });
  });
});
