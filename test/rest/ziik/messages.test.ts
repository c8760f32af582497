import { beforeAll, describe, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';
import { client, expectStatements, type Message } from './client.ts';

const parley = useApp();
const ziik = client(parley);

const at = (minute: number) => ({ createdAt: `2026-05-01T10:${String(minute).padStart(2, '0')}:00Z` });

/** The messages of a tenant's one conversation, oldest first. */
async function recorded(lines: readonly unknown[]): Promise<{ tenant: Tenant; id: number; messages: Message[] }> {
  const tenant = await parley.tenant();
  await parley.importLines(tenant, lines);
  const id = await ziik.latest(tenant);
  return { tenant, id, messages: (await ziik.messages(tenant.key, id)).data.toReversed() };
}

test('newest first, 25 unless told otherwise', async () => {
  const { tenant, id } = await recorded(Array.from({ length: 30 }, (_, index) => chatLine({ ...at(index), body: String(index) })));
  const page = await ziik.messages(tenant.key, id);
  expect(page.data.map(({ message }) => Number(message))).toEqual(Array.from({ length: 25 }, (_, index) => 29 - index));
  expect((await ziik.messages(tenant.key, id, { limit: 100 })).data).toHaveLength(30);
});

test('service messages, edits, text equal to the code point', async () => {
  const { messages } = await recorded([
    chatLine({ ...at(0), kind: 'service', body: 'Ann joined' }),
    chatLine({ ...at(1), body: 'héllo 你好 👩‍🚀 \u202e', editedAt: '2026-05-01T11:00:00Z' }),
  ]);
  expect(messages).toMatchObject([
    { type: 'service', message: 'Ann joined', edited_at: null },
    { type: 'normal', message: 'héllo 你好 👩‍🚀 \u202e', edited_at: 1_777_633_200 },
  ]);
});

test('a reply to a reply has its parent, and that one none', async () => {
  const { messages } = await recorded([
    chatLine({ ...at(0), externalId: 'one', body: 'one' }),
    chatLine({ ...at(1), externalId: 'two', body: 'two', replyTo: 'one' }),
    chatLine({ ...at(2), externalId: 'three', body: 'three', replyTo: 'two' }),
    chatLine({ ...at(3), body: 'to nobody known', replyTo: 'never imported' }),
  ]);
  const [one, two, three, lost] = messages;
  expect(one).toMatchObject({ is_reply: false, parent: null });
  expect(two).toMatchObject({ is_reply: true, parent: one });
  expect(three).toMatchObject({ is_reply: true, parent: { ...two, parent: null } });
  expect(lost).toMatchObject({ is_reply: false, parent: null });
});

describe('authors', () => {
  test.each<[{ title?: string; unit?: string; department?: string }, string]>([
    [{ title: 'Manager', unit: 'HQ', department: 'Sales' }, 'Manager - HQ (Sales)'],
    [{ title: 'Manager', unit: 'HQ' }, 'Manager - HQ'],
    [{ title: 'Manager', department: 'Sales' }, 'Manager (Sales)'],
    [{ title: 'Manager' }, 'Manager'],
    [{ unit: 'HQ', department: 'Sales' }, 'HQ (Sales)'],
    [{ unit: 'HQ' }, 'HQ'],
    [{ department: 'Sales' }, '(Sales)'],
    [{}, ''],
  ])('%j: %s', async (given, subtext) => {
    const author = { externalId: 'bo', firstName: 'Bo', lastName: 'Ek', ...given };
    const { messages } = await recorded([chatLine({ author })]);
    expect(messages[0]?.author).toMatchObject({
      name: 'Bo Ek',
      subtext,
      title: given.title ?? '',
      department: given.department ? { name: given.department } : null,
      unit: given.unit ? { name: given.unit } : null,
    });
  });

  test('two of one department share its id; a unit of that name is another', async () => {
    const { messages } = await recorded([
      chatLine({ ...at(0), author: { externalId: 'a', firstName: 'A', lastName: 'A', department: 'Lab' } }),
      chatLine({ ...at(1), author: { externalId: 'b', firstName: 'B', lastName: 'B', department: 'Lab', unit: 'Lab' } }),
    ]);
    const [a, b] = messages.map(({ author }) => author);
    expect(a?.department).toEqual(b?.department);
    expect(a?.unit).toBeNull();
    expect(b?.unit).toMatchObject({ name: 'Lab' });
  });

  test('of text messages: the contact, the agent, else the organization', async () => {
    const { messages } = await recorded([
      phoneLine({ ...at(0) }),
      phoneLine({ ...at(1), direction: 'outbound', agent: { externalId: 'desk', name: 'Front desk' } }),
      phoneLine({ ...at(2), direction: 'outbound' }),
    ]);
    const authors = messages.map(({ author }) => [author.participant_type, author.name, author.first_name, author.active]);
    expect(authors.slice(0, 2)).toEqual([
      ['contact', '+15550000002', '', true],
      ['agent', 'Front desk', '', true],
    ]);
    expect(['agent', 'organization']).toContain(authors[2]?.[0]);
    const { messages: alone } = await recorded([phoneLine({ direction: 'outbound' })]);
    expect(alone[0]?.author).toMatchObject({ participant_type: 'organization', name: 'Test organization', subtext: '' });
  });
});

describe('files', () => {
  const audio = (name: string, duration?: number) => ({
    name,
    mime: 'audio/mpeg',
    size: 9,
    url: `https://media.example/${name}`,
    duration,
  });

  test('kinds, extensions and sizes', async () => {
    const file = (name: string, mime: string, more = {}) => ({ name, mime, size: 5_000_000_000, url: 'https://media.example/x', ...more });
    const { messages } = await recorded([
      chatLine({
        attachments: [
          file('a.PNG', 'image/png', { width: 640, height: 480 }),
          file('film.tar.mp4', 'video/mp4'),
          file('song', 'Audio/mpeg'),
          file('letter', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'),
          file('.', 'application/pdf'),
        ],
      }),
    ]);
    expect(messages[0]?.files.map(({ type, extension, width, height }) => [type, extension, width, height])).toEqual([
      ['image', 'png', 640, 480],
      ['video', 'mp4', null, null],
      ['audio', 'mpeg', null, null],
      ['file', '', null, null],
      ['file', 'pdf', null, null],
    ]);
    expect(messages[0]?.files[0]).toMatchObject({ size: 5_000_000_000, name: 'a.PNG', source: 'https://media.example/x' });
  });

  test('the voice message is the first audio that says how long it plays; the others stay files', async () => {
    const film = { name: 'film.mp4', mime: 'video/mp4', size: 9, url: 'https://media.example/film.mp4', duration: 3 };
    const { messages } = await recorded([
      chatLine({ ...at(0), body: null, attachments: [film, audio('song.mp3'), audio('one.mp3', 0.5), audio('two.mp3', 2)] }),
      chatLine({ ...at(1), attachments: [film, audio('song.mp3')] }),
    ]);
    const [first, second] = messages;
    expect(first?.voice).toEqual({
      id: expect.any(Number),
      processing: false,
      extension: 'mp3',
      duration: 0.5,
      url: 'https://media.example/one.mp3',
    });
    expect(first?.files.map(({ name }) => name)).toEqual(['film.mp4', 'song.mp3', 'two.mp3']);
    expect(second?.voice).toBeNull();
    expect(second?.files).toHaveLength(2);
  });

  test('media of a text message are files too, each once, with ids of their own', async () => {
    const mediaUrls = [
      'https://media.example/a/photo.jpg?size=1',
      'https://media.example/b',
      'https://media.example/',
      'https://media.example/a/photo.jpg?size=1',
    ];
    const { messages } = await recorded([
      phoneLine({ ...at(0), body: null, mediaUrls }),
      phoneLine({
        ...at(1),
        mediaUrls: ['https://media.example/c.gif', 'https://media.example/d.ogg'],
        attachments: [{ name: 'c.gif', mime: 'image/gif', size: 12, url: 'https://media.example/c.gif' }],
      }),
    ]);
    const files = messages.flatMap((message) => message.files);
    expect(files.map(({ name, mime, type, size }) => [name, mime, type, size])).toEqual([
      ['photo.jpg', 'image/jpeg', 'image', 0],
      ['b', 'application/octet-stream', 'file', 0],
      ['media', 'application/octet-stream', 'file', 0],
      ['photo.jpg', 'image/jpeg', 'image', 0],
      ['c.gif', 'image/gif', 'image', 12],
      ['d.ogg', 'audio/ogg', 'audio', 0],
    ]);
    expect(files.map(({ source }) => source).slice(0, 4)).toEqual(mediaUrls);
    expect(new Set(files.map(({ id }) => id)).size).toBe(files.length);
    expect(files.every(({ id }) => Number.isSafeInteger(id))).toBe(true);
    expect(messages.map(({ voice }) => voice)).toEqual([null, null]);
  });
});

describe('around a starter', () => {
  let tenant: Tenant;
  let id: number;
  let messages: Message[];

  beforeAll(async () => {
    ({ tenant, id, messages } = await recorded(Array.from({ length: 9 }, (_, index) => chatLine({ ...at(index), body: String(index) }))));
  });

  const around = async (index: number, query: Record<string, string | number> = {}) => {
    const page = await ziik.messages(tenant.key, id, { starter_message_id: messages[index]?.id ?? 0, ...query });
    return {
      shown: page.data.map(({ message }) => message).join(''),
      older: page.meta.next_cursor !== null,
      newer: page.meta.prev_cursor !== null,
    };
  };

  test.each([
    [4, 5, '65432', true, true],
    [4, 1, '4', true, true],
    [8, 4, '8765', true, false],
    [0, 4, '3210', false, true],
    [1, 5, '43210', false, true],
    [4, 9, '876543210', false, false],
    [4, 100, '876543210', false, false],
  ])('message %i of 0 to 8, limit %i', async (index, limit, shown, older, newer) => {
    expect(await around(index, { limit })).toEqual({ shown, older, newer });
  });

  test('beside a cursor or a query it is not looked at', async () => {
    expect((await around(0, { query: '7' })).shown).toBe('7');
    const { meta } = await ziik.messages(tenant.key, id, { limit: 3 });
    expect((await around(0, { cursor: String(meta.next_cursor), limit: 2 })).shown).toBe('54');
    for (const starter_message_id of ['x', '999999999', '']) {
      expect((await ziik.messages(tenant.key, id, { starter_message_id, query: '7' })).data).toHaveLength(1);
    }
  });
});

test('a cursor is GraphQL’s own with its direction', async () => {
  const { tenant, id } = await recorded(Array.from({ length: 6 }, (_, index) => chatLine({ ...at(index), body: String(index) })));
  const { meta } = await ziik.messages(tenant.key, id, { limit: 2 });
  const [cursor, way] = String(meta.next_cursor).split('.');
  expect(way).toBe('next');
  const { data } = await parley.graphql(
    tenant.key,
    `query ($id: SafeInt!, $after: String) { conversation(number: $id) {
      messages(first: 2, after: $after, orderBy: {field: CREATED_AT, direction: DESC}) { nodes { body number } pageInfo { endCursor startCursor } } } }`,
    { id, after: cursor },
  );
  const { nodes, pageInfo } = data.conversation.messages;
  expect(nodes.map(({ body }: { body: string }) => body)).toEqual(['3', '2']);
  const next = await ziik.messages(tenant.key, id, { cursor: `${pageInfo.endCursor}.next` });
  expect(next.data.map(({ message }) => message)).toEqual(['1', '0']);
  const back = await ziik.messages(tenant.key, id, { cursor: `${pageInfo.startCursor}.prev` });
  expect(back.data.map(({ message }) => message)).toEqual(['5', '4']);
  const page = await ziik.messages(tenant.key, id, { cursor: String(meta.next_cursor), limit: 2 });
  expect(page.data.map((message) => message.id)).toEqual(nodes.map(({ number }: { number: number }) => number));
});

test('as many statements for a large page as for a small one', async () => {
  const someone = (index: number) => ({ externalId: `p${index}`, firstName: 'P', lastName: String(index), department: 'D', unit: 'U' });
  const { tenant, id } = await recorded(
    Array.from({ length: 20 }, (_, index) =>
      chatLine({
        ...at(index),
        externalId: `m${index}`,
        author: someone(index),
        replyTo: index > 1 ? `m${index - 2}` : undefined,
        attachments: [{ name: 'a.png', mime: 'image/png', size: 1, url: 'https://media.example/a.png' }],
        reactions: [{ type: 'love', direction: 'inbound', createdAt: '2026-05-02T00:00:00Z', author: someone(index + 100) }],
      }),
    ),
  );
  for (const limit of [2, 5, 9]) expectStatements(await parley.statements(() => ziik.messages(tenant.key, id, { limit })));
});
