// What belongs to another organization is as what does not exist: for every route, by every way to name it.
import { beforeAll, describe, expect, test } from 'vitest';
import { type Tenant, useApp } from '../support/harness.ts';
import { chatLine, phoneLine } from '../support/lines.ts';
import { type Case, cases, comparable, type Ids, idsOf, initOf, pathOf, scalars, unknownIds, withoutLinks } from './all-routes.ts';

const parley = useApp();
let mine: Tenant;
let theirs: Tenant;
let ids: Ids;
/** Whatever the other tenant's own answers hold that may be named: ids, numbers, cursors, instants, titles. */
let named: string[];

/** In every text that the other tenant has, and nowhere else. */
const mark = 'Zanzibar';
const state = '{ conversations { nodes { id title metadata lastMessageAt messageCount background { id version } } } }';

beforeAll(async () => {
  mine = await parley.tenant();
  await parley.importLines(mine, [phoneLine({ agent: { externalId: 'ada', name: 'Ada' } }), chatLine({})]);
  theirs = await parley.tenant();
  const agent = { externalId: 'ada', name: `Ada ${mark}` };
  const author = { externalId: 'ann', firstName: mark, lastName: 'Lee' };
  const conversation = { externalId: 'chat', type: 'group', title: mark };
  await parley.importLines(theirs, [
    chatLine({ body: mark, author, conversation }),
    chatLine({ body: mark, author, conversation, createdAt: '2026-01-02T00:00:00Z' }),
    ...Array.from({ length: 3 }, (_, day) =>
      phoneLine({
        phoneNumber: '+19990000001',
        contactNumber: '+19990000002',
        createdAt: `2026-02-0${day + 1}T00:00:00Z`,
        body: `${mark} ${day}`,
        mediaUrls: [`https://${mark}.example/1.png`],
        agent,
        metadata: { mark },
      }),
    ),
  ]);
  ids = await idsOf(parley, theirs);
  named = await everythingNamed();
});

async function everythingNamed(): Promise<string[]> {
  const found = new Set<string>();
  for (const each of cases.filter(({ route }) => route.method === 'GET')) {
    const response = await parley.fetch(`${pathOf(each, ids)}?limit=1`, theirs.key);
    for (const value of scalars(await response.json())) found.add(value);
  }
  return [...found].filter((value) => value.length < 100);
}

const inPath = cases.filter(({ route }) => route.path.includes('{'));

describe.each(inPath)('$title', (each) => {
  test('another organization’s id is answered as an unknown one', async () => {
    const [unknown, known] = await Promise.all([unknownIds, ids].map((which) => ask(each, pathOf(each, which))));
    expect(unknown?.status).toBe(404);
    expect(known).toEqual(unknown);
  });
});

test('and nothing of theirs was changed', async () => {
  const before = (await parley.graphql(theirs.key, state)).data;
  for (const each of inPath.filter(({ route }) => route.method !== 'GET')) await ask(each, pathOf(each, ids));
  expect((await parley.graphql(theirs.key, state)).data).toEqual(before);
});

const inQuery = cases.flatMap((each) =>
  each.operation.parameters
    .filter((parameter) => parameter.in === 'query')
    .map(({ name }) => ({ each, name, title: `${each.title} ?${name}` })),
);

describe.each(inQuery)('$title', ({ each, name }) => {
  test('shows nothing of theirs, whatever of theirs is named', async () => {
    expect(named.length).toBeGreaterThan(40);
    const own = await idsOf(parley, mine);
    for (const value of named) {
      const { status, text } = await ask(each, `${pathOf(each, own)}?${name}=${encodeURIComponent(value)}`);
      expect([200, 404, 422]).toContain(status);
      expect(withoutLinks(text)).not.toMatch(/Zanzibar|\+1999/);
    }
  });
});

test('a mark is there to be found', async () => {
  for (const each of cases.filter(({ route }) => route.method === 'GET')) {
    expect((await comparable(await parley.fetch(pathOf(each, ids), theirs.key))).text).toContain(mark);
  }
});

async function ask(each: Case, path: string) {
  return comparable(await parley.fetch(path, mine.key, initOf(each)));
}
