// The limit of bytes allows the largest page of each route; beyond it the client must request a smaller page.
import { beforeAll, describe, expect, test } from 'vitest';
import { type Tenant, useApp } from '../support/harness.ts';
import { chatLine, phoneLine } from '../support/lines.ts';
import { cases, type Ids, idsOf, initOf, pathOf } from './all-routes.ts';

const parley = useApp();
let tenant: Tenant;
let ids: Ids;

const link = (character: string) => `https://m.test/${character.repeat(4_096 - 'https://m.test/'.length)}`;
const at = (index: number) => new Date(Date.UTC(2026, 0, 1) + index).toISOString();

beforeAll(async () => {
  tenant = await parley.tenant();
  const line = {
    body: '😀'.repeat(10_000),
    mediaUrls: Array.from({ length: 16 }, () => link('m')),
    agent: { externalId: 'ada', name: 'Ada' },
  };
  for (let part = 0; part < 200; part += 50) {
    const lines = Array.from({ length: 50 }, (_, index) =>
      phoneLine({ ...line, externalId: `${part + index}`, createdAt: at(part + index) }),
    );
    await parley.importLines(tenant, lines);
  }
  ids = await idsOf(parley, tenant);
});

describe.each(cases)('$title', (each) => {
  const sizes = each.operation.parameters.filter(({ name }) => name.endsWith('limit'));

  test('answers its largest page of the largest messages', async () => {
    const search = new URLSearchParams(sizes.map(({ name, schema }) => [name, String(schema.maximum)]));
    const response = await parley.fetch(`${pathOf(each, ids)}?${search}`, tenant.key, initOf(each));
    expect([200, 204]).toContain(response.status);
    const bytes = (await response.arrayBuffer()).byteLength;
    if (each.title === 'agentmessage: GET /v1/conversations/{id}/messages') expect(bytes).toBeGreaterThan(20 * 1024 * 1024);
  });
});

test('refuses a page with more than 128 MiB, and names the parameter of its size', async () => {
  const other = await parley.tenant();
  const names = { firstName: '\u0001'.repeat(200), lastName: '\u0001'.repeat(200) };
  const reactions = Array.from({ length: 200 }, (_, index) => ({
    type: `${'\u0001'.repeat(96)}${index}`,
    author: { externalId: 'ann', ...names },
    direction: 'inbound',
    createdAt: at(index),
  }));
  const attachments = Array.from({ length: 16 }, () => ({ name: '\u0001'.repeat(1_000), mime: 'image/png', size: 1, url: link('字') }));
  const line = { author: { externalId: 'ann', ...names }, body: '\u0001'.repeat(10_000), mediaUrls: attachments.map(({ url }) => url) };
  await parley.importLines(other, [chatLine({ ...line, externalId: 'first', attachments, reactions })]);
  for (let part = 0; part < 100; part += 25) {
    const lines = Array.from({ length: 25 }, (_, index) => chatLine({ ...line, createdAt: at(1 + part + index), replyTo: 'first' }));
    await parley.importLines(other, lines);
  }
  const { data } = await parley.graphql(other.key, '{ conversations { nodes { number } } }');
  const path = `/ziik/conversations/${data.conversations.nodes[0].number}/messages`;
  const over = await parley.fetch(`${path}?limit=100`, other.key);
  expect(over.status).toBe(422);
  expect(await over.text()).toContain('limit must be smaller');
  const fits = await parley.fetch(`${path}?limit=50`, other.key);
  expect(fits.status).toBe(200);
  await fits.body?.cancel();
}, 180_000);
