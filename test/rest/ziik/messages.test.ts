import { expect, test } from 'vitest';
import { useApp } from '../../support/harness.ts';
import { chatLine } from '../../support/lines.ts';
import { client, expectStatements } from './client.ts';
import { at, recorded } from './recorded.ts';

const parley = useApp();
const ziik = client(parley);

test('lists 25 messages by default, newest first', async () => {
  const { tenant, id } = await recorded(
    parley,
    Array.from({ length: 30 }, (_, index) => chatLine({ ...at(index), body: String(index) })),
  );
  const page = await ziik.messages(tenant.key, id);
  expect(page.data.map(({ message }) => Number(message))).toEqual(Array.from({ length: 25 }, (_, index) => 29 - index));
  expect((await ziik.messages(tenant.key, id, { limit: 100 })).data).toHaveLength(30);
});

test.each(['query=', 'cursor=', 'query', 'query=&cursor='])('%s changes nothing', async (search) => {
  const { tenant, id } = await recorded(parley, [chatLine({ ...at(0), body: 'one' }), chatLine({ ...at(1), body: 'two' })]);
  const page = await ziik.messages(tenant.key, id);
  expect(page.data).toHaveLength(2);
  expect(await (await parley.fetch(`/conversations/${id}/messages?${search}`, tenant.key)).json()).toEqual(page);
});

test('shows service messages, edits, and the stored text unchanged', async () => {
  const { messages } = await recorded(parley, [
    chatLine({ ...at(0), kind: 'service', body: 'Ann joined' }),
    chatLine({ ...at(1), body: 'héllo 你好 👩‍🚀 \u202e', editedAt: '2026-05-01T11:00:00Z' }),
  ]);
  expect(messages).toMatchObject([
    { type: 'service', message: 'Ann joined', edited_at: null },
    { type: 'normal', message: 'héllo 你好 👩‍🚀 \u202e', edited_at: 1_777_633_200 },
  ]);
});

test('shows the parent of a reply to a reply, without the parent’s own parent', async () => {
  const { messages } = await recorded(parley, [
    chatLine({ ...at(0), externalId: 'one', body: 'one' }),
    chatLine({ ...at(1), externalId: 'two', body: 'two', replyTo: 'one' }),
    chatLine({ ...at(2), externalId: 'three', body: 'three', replyTo: 'two' }),
    chatLine({ ...at(3), body: 'a reply to an unknown message', replyTo: 'never imported' }),
  ]);
  const [one, two, three, lost] = messages;
  expect(one).toMatchObject({ is_reply: false, parent: null });
  expect(two).toMatchObject({ is_reply: true, parent: one });
  expect(three).toMatchObject({ is_reply: true, parent: { ...two, parent: null } });
  expect(lost).toMatchObject({ is_reply: false, parent: null });
});

test('uses the cursors of GraphQL with a direction', async () => {
  const { tenant, id } = await recorded(
    parley,
    Array.from({ length: 6 }, (_, index) => chatLine({ ...at(index), body: String(index) })),
  );
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

test('runs the same number of statements for a large page and a small one', async () => {
  const someone = (index: number) => ({ externalId: `p${index}`, firstName: 'P', lastName: String(index), department: 'D', unit: 'U' });
  const { tenant, id } = await recorded(
    parley,
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
