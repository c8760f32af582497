import { beforeAll, describe, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';
import { client, expectStatements } from './client.ts';

const parley = useApp();
const ziik = client(parley);
let tenant: Tenant;

const day = (date: number) => ({ createdAt: `2026-03-0${date}T10:00:00Z` });
const person = (externalId: string, firstName: string) => ({ externalId, firstName, lastName: 'Ek' });
const chat = (externalId: string, type: string, title: string | null) => ({ conversation: { externalId, type, title } });

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [
    phoneLine({ ...day(1), contactNumber: '+15550000101' }),
    phoneLine({ ...day(2), contactNumber: '+15550000102', direction: 'outbound' }),
    chatLine({ ...day(3), ...chat('pair', 'direct', null), author: person('zoe', 'Zoë') }),
    chatLine({ ...day(4), ...chat('pair', 'direct', null), author: person('wei', '薇') }),
    chatLine({ ...day(5), ...chat('lunch', 'group', 'Déjeuner 100%') }),
    chatLine({ ...day(6), ...chat('away', 'group', 'Put away') }),
  ]);
  for (const title of ['Put away']) await change(title, 'updateConversation', ', archived: true');
  await change('Déjeuner 100%', 'markConversationRead');
});

/** Runs a mutation on the conversation with this title. */
async function change(title: string, mutation: string, more = ''): Promise<void> {
  const { data } = await parley.graphql(tenant.key, '{ conversations { nodes { id title } } }');
  const { id } = data.conversations.nodes.find((node: { title: string | null }) => node.title === title);
  const { errors } = await parley.graphql(tenant.key, `mutation { ${mutation}(input: {id: "${id}"${more}}) { conversation { id } } }`);
  expect(errors).toBeUndefined();
}

const titles = async (query: Record<string, string | number> = {}) =>
  (await ziik.conversations(tenant.key, query)).data.map(({ title }) => title);
const all = ['Put away', 'Déjeuner 100%', 'Zoë Ek, 薇 Ek', '+15550000102', '+15550000101'];

test('lists the latest message first; a phone conversation is direct and called by its contact', async () => {
  const { data } = await ziik.conversations(tenant.key);
  expect(data.map(({ title, type }) => [title, type])).toEqual(all.map((title, index) => [title, index < 2 ? 'group' : 'direct']));
});

test('returns one conversation as the list has it', async () => {
  for (const item of (await ziik.conversations(tenant.key)).data) expect(await ziik.conversation(tenant.key, item.id)).toEqual(item);
});

test('shows times, unread messages and participants', async () => {
  const [away, lunch, pair] = (await ziik.conversations(tenant.key)).data;
  expect(away).toMatchObject({ archived_at: expect.any(Number), unread_message_count: 1 });
  expect(lunch).toMatchObject({ archived_at: null, unread_message_count: 0, mute_rule: null });
  const created_at = Date.parse(day(3).createdAt) / 1000;
  const updated_at = Date.parse(day(4).createdAt) / 1000;
  expect(pair).toMatchObject({
    created_at,
    updated_at,
    publish: { created_at, updated_at },
    unread_message_count: 2,
    participants: [{ name: 'Zoë Ek' }, { name: '薇 Ek' }],
    latest_message: { date: updated_at, author: { name: '薇 Ek' }, conversationId: pair?.id },
  });
});

describe('filters', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['normal', { status: 'normal' }, all.slice(1)],
    ['archived', { status: 'archived' }, all.slice(0, 1)],
    ['unread', { status: 'unread' }, ['Put away', 'Zoë Ek, 薇 Ek', '+15550000101']],
    ['a title', { keyword: 'away' }, ['Put away']],
    ['without its accents', { keyword: 'dejeuner' }, ['Déjeuner 100%']],
    ['a participant', { keyword: 'ZOE' }, ['Zoë Ek, 薇 Ek']],
    ['in Chinese', { keyword: '薇' }, ['Zoë Ek, 薇 Ek']],
    ['a number', { keyword: '0000101' }, ['+15550000101']],
    ['a number that never wrote', { keyword: '+15550000102' }, ['+15550000102']],
    ['no pattern', { keyword: '%' }, ['Déjeuner 100%']],
    ['nothing', { keyword: 'zebra' }, []],
    ['an empty keyword', { keyword: '' }, all],
    ['an empty status', { status: '' }, all],
    ['an empty keyword beside a status', { keyword: '', status: 'archived' }, all.slice(0, 1)],
    ['both', { keyword: 'ek', status: 'unread' }, ['Zoë Ek, 薇 Ek']],
  ])('%s: %j', async (_name, query, expected) => {
    expect(await titles(query)).toEqual(expected);
    expect((await ziik.conversations(tenant.key, query)).meta).toMatchObject({ total: expected.length });
  });
});

describe('pages', () => {
  const host = 'http://parley.test';

  test('keeps the parameters in links, which lead through all pages', async () => {
    const first = await ziik.conversations(tenant.key, { limit: 2, status: 'normal' });
    const at = (page: number) => `${host}/conversations?limit=2&status=normal&page=${page}`;
    expect(first.links).toEqual({ first: at(1), last: at(2), prev: null, next: at(2) });
    expect(first.meta).toEqual({ current_page: 1, from: 1, last_page: 2, path: `${host}/conversations`, per_page: 2, to: 2, total: 4 });
    const second = await (await parley.fetch(String(first.links.next), tenant.key)).json();
    expect(second.links).toEqual({ first: at(1), last: at(2), prev: at(1), next: null });
    expect(second.meta).toEqual({ ...first.meta, current_page: 2, from: 3, to: 4 });
    expect([...first.data, ...second.data].map(({ title }) => title)).toEqual(all.slice(1));
  });

  test('keeps links below the mount', async () => {
    const { links, meta } = await (await parley.fetch('/ziik/conversations?limit=4', tenant.key)).json();
    expect(links.next).toBe(`${host}/ziik/conversations?limit=4&page=2`);
    expect(meta.path).toBe(`${host}/ziik/conversations`);
  });

  test('returns an empty page with a link back beyond the last page', async () => {
    const { data, links, meta } = await ziik.conversations(tenant.key, { page: 9, limit: 3 });
    expect(data).toEqual([]);
    expect(links).toMatchObject({ prev: `${host}/conversations?page=8&limit=3`, next: null });
    expect(meta).toEqual({ current_page: 9, from: null, last_page: 2, path: `${host}/conversations`, per_page: 3, to: null, total: 5 });
  });

  test('returns one page of an empty list', async () => {
    const other = await parley.tenant();
    const { data, links, meta } = await ziik.conversations(other.key);
    expect(data).toEqual([]);
    expect(links).toEqual({ first: `${host}/conversations?page=1`, last: `${host}/conversations?page=1`, prev: null, next: null });
    expect(meta).toEqual({ current_page: 1, from: null, last_page: 1, path: `${host}/conversations`, per_page: 25, to: null, total: 0 });
  });

  test('keeps the largest page within the cost limit of an operation', async () => {
    expect((await ziik.conversations(tenant.key, { limit: 100 })).meta).toMatchObject({ per_page: 100, to: 5 });
  });
});

test('runs the same number of statements for a page and for one conversation', async () => {
  const { data } = await ziik.conversations(tenant.key);
  expectStatements(await parley.statements(() => ziik.conversations(tenant.key)));
  expectStatements(await parley.statements(() => ziik.conversation(tenant.key, data[0]?.id ?? 0)));
});
