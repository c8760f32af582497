import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { importFile } from '../../../src/modules/message/import-file/import-file.ts';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { record } from '../message/recording.ts';
import { onlyConversation } from './conversations.ts';

const parley = useApp();
let tenant: Tenant;
let id: string;

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({})]);
  id = await onlyConversation(parley, tenant);
});

const many = 130_000;
const items = Array.from({ length: many }, () => 0);
const reason = 'must be at most 16 KiB of JSON';

/** Each has more entries than a call can have arguments; the last is longer than a line of a file may be. */
const metadata: [string, Record<string, unknown>][] = [
  ['a list', { items }],
  ['lists', { items: items.map(() => []) }],
  ['keys', Object.fromEntries(items.map((_, index) => [`k${index}`, 1]))],
];

test.each(metadata)('updateConversation refuses metadata of 130,000 items: %s', async (_name, value) => {
  const query = 'mutation ($input: UpdateConversationInput!) { updateConversation(input: $input) { conversation { id } } }';
  const { errors } = await parley.graphql(tenant.key, query, { input: { id, metadata: value } });
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'input.metadata', reason } }]);
});

test.each(metadata)('recordMessages refuses the message with metadata of 130,000 items, and no other: %s', async (_name, value) => {
  const results = await record(parley, tenant.key, [phoneLine({ metadata: value }), phoneLine({})]);
  expect(results).toMatchObject([{ outcome: 'REFUSED', field: 'input.messages[0].metadata', reason }, { outcome: 'CREATED' }]);
});

test.each(metadata.slice(0, 2))('an import names the line with metadata of 130,000 items: %s', async (_name, value) => {
  expect(await importing(JSON.stringify(phoneLine({ metadata: value })))).toEqual([`1 metadata ${reason}`]);
});

test.each(metadata)('PATCH of AgentPhone refuses metadata of 130,000 items: %s', async (_name, value) => {
  const path = `/agentphone/v1/conversations/conv_${'0'.repeat(8)}`;
  const init = { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ metadata: value }) };
  expect((await parley.fetch(path, tenant.key, init)).status).toBe(422);
});

test('an import of a line with 300,000 reactions that cannot be read names the first of them', async () => {
  const reactions = Array.from({ length: 300_000 }, () => 0);
  const told = await importing(JSON.stringify(phoneLine({ reactions })));
  expect(told).toHaveLength(20);
  expect(told[0]).toBe('1 reactions.0 must be an object');
});

test('recordMessages refuses 130,000 media links for their number', async () => {
  const [result] = await record(parley, tenant.key, [phoneLine({ mediaUrls: items.map(() => 'https://a.test') })]);
  expect(result).toMatchObject({ outcome: 'REFUSED', field: 'input.messages[0].mediaUrls', reason: 'must have at most 16' });
});

async function importing(content: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-large-'));
  try {
    const file = join(folder, 'lines.ndjson');
    await writeFile(file, content);
    const told: string[] = [];
    const onRefused = (line: number, field: string, why: string) => void told.push(`${line} ${field} ${why}`);
    await importFile(parley.app.database, tenant.id, file, { skipInvalid: false, onRefused, onProgress: () => {} });
    return told;
  } finally {
    await rm(folder, { recursive: true });
  }
}
