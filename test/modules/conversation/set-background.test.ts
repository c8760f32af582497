import { beforeAll, expect, test } from 'vitest';
import { type Tenant, useApp } from '../../support/harness.ts';
import { phoneLine } from '../../support/lines.ts';
import { ask, eventsWrittenBy, onlyConversation } from './conversations.ts';

const parley = useApp();
let tenant: Tenant;
let id: string;

beforeAll(async () => {
  tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({})]);
  id = await onlyConversation(parley, tenant);
});

const fields = 'changed conversation { background { id imageUrl version } }';
const set = async (imageUrl: string) =>
  (
    await ask(
      parley,
      tenant.key,
      `mutation ($id: ID!, $imageUrl: URL!) { setChatBackground(input: { conversationId: $id, imageUrl: $imageUrl }) { ${fields} } }`,
      { id, imageUrl },
    )
  ).setChatBackground;
const remove = async () =>
  (await ask(parley, tenant.key, `mutation ($id: ID!) { removeChatBackground(input: { conversationId: $id }) { ${fields} } }`, { id }))
    .removeChatBackground;

test('a picture is set, replaced and removed, each also twice, and then set once more', async () => {
  const [a, b] = ['https://images.test/a.png', 'https://images.test/b.png'];
  const ids: string[] = [];
  const steps: [() => Promise<{ changed: boolean; conversation: { background: unknown } }>, boolean, string | null, number][] = [
    [remove, false, null, 0],
    [() => set(a), true, a, 1],
    [() => set(a), false, a, 1],
    [() => set(b), true, b, 2],
    [remove, true, null, 2],
    [remove, false, null, 2],
    [() => set(b), true, b, 3],
  ];
  for (const [work, changed, imageUrl, version] of steps) {
    const told = await eventsWrittenBy(parley, tenant, async () => {
      const answer = await work();
      const background = imageUrl === null ? null : { id: expect.any(String), imageUrl, version };
      expect(answer).toEqual({ changed, conversation: { background } });
      const shown = (answer.conversation.background as { id: string } | null)?.id;
      if (shown !== undefined) {
        expect(ids.at(-1) === shown).toBe(!changed);
        if (changed) ids.push(shown);
      }
    });
    expect(told).toEqual(changed ? ['CONVERSATION_UPDATED'] : []);
  }
  expect(new Set(ids).size).toBe(3);
});

test('two who set the same picture at once set it once', async () => {
  const told = await eventsWrittenBy(parley, tenant, async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => set('https://images.test/race.png')));
    expect(answers.filter(({ changed }) => changed)).toHaveLength(1);
  });
  expect(told).toEqual(['CONVERSATION_UPDATED']);
});

test.each([
  ['another scheme', 'http://images.test/a.png'],
  ['no scheme', 'images.test/a.png'],
  ['no host', 'https://'],
  ['one slash', 'https:/images.test/a.png'],
  ['three slashes', 'https:///images.test/a.png'],
  ['a backslash', 'https:\\\\images.test/a.png'],
  ['a password', 'https://me:secret@images.test/a.png'],
  ['a space before', ' https://images.test/a.png'],
  ['a space', 'https://images.test/a b.png'],
  ['a line break', 'https://images.test/a\n.png'],
  ['U+0000', 'https://images.test/\0.png'],
  ['half a surrogate', 'https://images.test/\ud83d.png'],
  ['too long', `https://images.test/${'a'.repeat(4_096)}`],
  ['nothing', ''],
])('a URL with %s is refused', async (_name, imageUrl) => {
  const told = await eventsWrittenBy(parley, tenant, async () => {
    const { data, errors } = await parley.graphql(
      tenant.key,
      'mutation ($id: ID!, $imageUrl: URL!) { setChatBackground(input: { conversationId: $id, imageUrl: $imageUrl }) { changed } }',
      { id, imageUrl },
    );
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([{ message: expect.stringContaining('imageUrl'), extensions: { code: 'BAD_USER_INPUT' } }]);
  });
  expect(told).toEqual([]);
});
