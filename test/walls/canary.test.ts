// No door shows any key redacted or deleted content, or data of another organization. Words are planted in such content, and every answer of the gateway is
// read. Then each wall is taken down once, and the same reading finds the words.
import { beforeAll, describe, expect, test } from 'vitest';
import { scopes as allScopes } from '../../src/auth/scopes.ts';
import * as channels from '../../src/modules/event/store/channels.ts';
import { readable } from '../modules/change/readable.ts';
import { openSocket } from '../modules/change/socket-stream.ts';
import { openStream } from '../modules/change/stream.ts';
import { cases } from '../rest/all-routes.ts';
import { type Tenant, useApp } from '../support/harness.ts';
import { chatLine, phoneLine } from '../support/lines.ts';
import { Canaries, goneStates, windowDays } from './canaries.ts';
import { firstShown, openEyes } from './eyes.ts';
import { changing, doors, type Eyes, route } from './readers.ts';
import { columnsBut, lying, ownedRelations } from './take-down.ts';

// The tests spend more than the budget of a minute.
const parley = useApp({ budgetPerMinute: 1_000_000_000 });
const canaries = new Canaries();
const heard: string[] = [];
let mine: Tenant;
let theirs: Tenant;
let eyes: Eyes;

const forbidden = /^(theirs|past the window|redacted|deleted|unknown)/;
const gone = new RegExp(`^(${goneStates.join('|')})`);

beforeAll(async () => {
  await parley.app.database.listen(Object.values(channels), {
    begun: () => {},
    heard: (channel, payload) => void heard.push(`${channel} ${payload}`),
  });
  theirs = await parley.tenant();
  mine = await parley.tenant();
  eyes = await openEyes(parley, canaries, mine, theirs);
});

const hidden = (found: Set<string>) => [...found].filter((place) => forbidden.test(place));

describe('every answer to a key with all scopes', () => {
  test.each(Object.keys({ ...doors, ...changing }))('%s shows no hidden word, and some visible one', async (name) => {
    const found = await canaries.shownIn({ ...doors, ...changing }[name]?.(eyes) ?? []);
    expect(hidden(found)).toEqual([]);
    if (name in doors) expect([...found]).toContain('visible: body');
  });

  test.each([1, 2, 3, 4, 5, 6, 7].map((nth) => [nth * 250, (nth + 1) * 250] as const))(
    'generated operations %i to %i show nothing that they must not',
    async (...operations) => {
      expect(hidden(await canaries.shownIn(doors.generated?.({ ...eyes, operations }) ?? []))).toEqual([]);
    },
  );

  test('live events', async () => {
    const inner = 'message { body attachments { name url } mediaUrls conversation { title lastMessagePreview } }';
    const [typedIn] = [...(eyes.own.ids.get('Conversation') ?? [])];
    const typing = await openStream(
      parley.app,
      mine.key,
      'subscription ($id: ID!) { typing(conversationId: $id) { conversation { title lastMessagePreview messages { nodes { body mediaUrls } } } } }',
      { id: typedIn },
    );
    const streams = [
      await openStream(parley.app, mine.key, `subscription { messageRecorded { ${inner} } }`),
      await openStream(
        parley.app,
        mine.key,
        `subscription { conversationChanged { ${inner} conversationEdge { node { title lastMessagePreview } } } }`,
      ),
      await openSocket(
        parley.app,
        mine.key,
        `subscription { messageRecorded { ${inner} messageEdge { node { body replyTo { body } } } } }`,
      ),
    ];
    const word = (where: string) => canaries.plant(where);
    await parley.importLines(theirs, [phoneLine({ body: word('theirs: live body') }), chatLine({ body: word('theirs: live chat') })]);
    await parley.importLines(mine, [
      phoneLine({
        externalId: 'live',
        body: word('deleted: live body'),
        createdAt: new Date().toISOString(),
        deletedAt: new Date().toISOString(),
      }),
      phoneLine({
        body: word('past the window: live body'),
        createdAt: new Date(Date.now() - (windowDays + 1) * 86_400_000).toISOString(),
      }),
      phoneLine({ externalId: 'last', body: word('visible: live body'), createdAt: new Date().toISOString() }),
    ]);
    await parley.graphql(mine.key, 'mutation ($id: ID!) { sendTypingIndicator(input: { conversationId: $id }) { __typename } }', {
      id: typedIn,
    });
    await readable(parley.app.database);
    const said: string[] = [JSON.stringify(await typing.next())];
    await typing.close();
    expect(said[0]).toContain('"nodes":[');
    for (const stream of streams) {
      do said.push(JSON.stringify(await stream.next()));
      while (!said.at(-1)?.includes(canaries.words(/visible: live body/)[0] ?? ''));
      await stream.close();
    }
    const found = await canaries.shownIn(said);
    expect(hidden(found)).toEqual([]);
    expect([...found]).toContain('visible: live body');
  });

  test('log lines and notifications', async () => {
    expect(parley.logged.length).toBeGreaterThan(1_000);
    expect([...(await canaries.shownIn(parley.logged.map((line) => JSON.stringify(line))))]).toEqual([]);
    expect(heard.length).toBeGreaterThan(3);
    expect([...(await canaries.shownIn(heard))]).toEqual([]);
  });
});

/** Routes whose answers have no content. */
const silent = [
  'agentphone: POST /v1/conversations/{conversation_id}/typing',
  'agentphone: POST /v1/conversations/{conversation_id}/background',
  'agentphone: GET /v1/webhooks',
  'agentphone: POST /v1/webhooks',
  'agentphone: DELETE /v1/webhooks',
  'agentphone: POST /v1/webhooks/test',
  'agentphone: GET /v1/webhooks/deliveries',
  'agentphone: GET /v1/agents/{agent_id}/webhook',
  'agentphone: POST /v1/agents/{agent_id}/webhook',
  'agentphone: DELETE /v1/agents/{agent_id}/webhook',
  'agentphone: POST /v1/agents/{agent_id}/webhook/test',
  'agentphone: GET /v1/agents/{agent_id}/webhook/deliveries',
  'agentphone: GET /v1/numbers',
  'agentphone: GET /v1/numbers/{number_id}',
  'agentphone: GET /v1/agents',
  'agentphone: GET /v1/agents/{agent_id}',
  'agentphone: GET /v1/contacts',
];

test.each(cases.filter(({ route: { status }, title }) => status !== 204 && !silent.includes(title)))(
  '$title shows content that it may',
  async (each) => {
    expect(await firstShown(canaries, /^visible/, eyes, { route: (given) => route(each, given) })).not.toBeNull();
  },
);

/** Relations whose rows are found by the organization, or by an id that a client may send. */
const listed = [
  'agents',
  'api_keys',
  'conversations',
  'participants',
  'phone_numbers',
  'visible_attachments',
  'visible_messages',
  'webhook_endpoints',
];
/** Relations whose rows are found only by their parent, which has a wall; events and counts contain no words. */
const byParent = [
  ...[
    'attachments',
    'consents',
    'conversation_counts',
    'conversation_participants',
    'departments',
    'event_readers',
    'events',
    'messages',
    'reactions',
    'removed_reactions',
  ],
  // The gateway reads them for itself: no answer shows them.
  ...['received_webhooks', 'retention_cutoffs', 'retention_policies', 'sync_conversations', 'sync_sources', 'units', 'webhook_deliveries'],
  'webhook_receivers',
];

describe('a wall that is taken down is detected', () => {
  /** Reads less, and stops at the first word that must not be shown. */
  const few = (): Eyes => ({ ...eyes, operations: [0, 300], ids: 2, depth: 3, words: eyes.words.slice(0, 4) });
  const only = (...names: string[]) => Object.fromEntries(Object.entries(doors).filter(([name]) => names.includes(name)));

  // A search compares the cutoff and the tokens, which have a test of their own below; it reads no body.
  test.each(Object.keys(doors).filter((name) => name !== 'searches'))('the view that redacts messages: %s', async (name) => {
    const { database } = parley.app;
    const raw = await columnsBut(database, 'visible_messages', {});
    const found = await lying(
      database,
      'visible_messages',
      () => `select ${raw} from messages`,
      () => firstShown(canaries, gone, few(), only(name)),
    );
    expect(found).toMatch(`${name}: `);
  });

  test('the view that redacts attachments', async () => {
    const { database } = parley.app;
    const raw = await columnsBut(database, 'visible_attachments', {});
    expect(
      await lying(
        database,
        'visible_attachments',
        () => `select ${raw} from attachments`,
        () => firstShown(canaries, gone, few()),
      ),
    ).toMatch(/(picture|voice) (name|url)$/);
  });

  test.each(['lists', 'nodes', 'exported'])('the deletion that hides reactions: %s', async (name) => {
    const { database } = parley.app;
    const never = await columnsBut(database, 'visible_messages', { deleted_at: 'null' });
    const found = await lying(
      database,
      'visible_messages',
      (behind) => `select ${never} from ${behind}`,
      () => firstShown(canaries, /^deleted: reaction/, few(), only(name)),
    );
    expect(found).toBe(`${name}: deleted: reaction`);
  });

  test('the cutoff that searches compare with', async () => {
    const { database } = parley.app;
    const never = await columnsBut(database, 'retention_cutoffs', { through: "'-infinity'" });
    const found = await lying(
      database,
      'retention_cutoffs',
      (behind) => `select ${never} from ${behind}`,
      () => firstShown(canaries, /^past the window/, { ...few(), words: canaries.words(/^past the window: body/) }, only('searches')),
    );
    expect(found).toMatch(/^searches: past the window: body/);
  });

  test('the organization of each relation', async () => {
    const { database } = parley.app;
    const open: string[] = [];
    for (const name of await ownedRelations(database)) {
      const ours = await columnsBut(database, name, { organization_id: `'${mine.id}'` });
      const found = await lying(
        database,
        name,
        (behind) => `select ${ours} from ${behind}`,
        () => firstShown(canaries, /^theirs/, few(), only('lists', 'nodes')),
      );
      if (found !== null) open.push(name);
    }
    expect(open).toEqual(listed);
    expect([...listed, ...byParent].sort()).toEqual(await ownedRelations(database));
  });

  // The next walls are in TypeScript, so the test changes what they check: the row of the key.
  test('the organization of a key', async () => {
    const key = await parley.key(mine.id);
    await parley.app.database.query({
      label: 'test_move_key',
      text: 'update api_keys set organization_id = $2 where organization_id = $1 and id = (select max(id::text)::uuid from api_keys where organization_id = $1)',
      values: [mine.id, theirs.id],
    });
    expect(await firstShown(canaries, /^theirs/, { ...few(), key })).not.toBeNull();
  });

  test('the scopes of a key', async () => {
    const scopes = allScopes.filter((scope) => scope !== 'conversations:read');
    const narrow = await parley.key(mine.id, scopes);
    // An export is for operators, who have no scopes.
    const { exported: _, ...others } = doors;
    expect(await firstShown(canaries, /./, { ...few(), key: narrow, operations: [0, 100] }, others)).toBeNull();
    const widened = await parley.key(mine.id, scopes);
    await parley.app.database.query({
      label: 'test_widen_key',
      text: 'update api_keys set scopes = $2 where organization_id = $1 and id = (select max(id::text)::uuid from api_keys where organization_id = $1)',
      values: [mine.id, allScopes],
    });
    expect(await firstShown(canaries, /^visible/, { ...few(), key: widened }, others)).not.toBeNull();
  });

  test('the payload of a notification', async () => {
    const { database } = parley.app;
    const word = canaries.plant('theirs: notified');
    await database.transaction((tx) =>
      tx.script(`create function telling() returns trigger language plpgsql as $$ begin perform pg_notify('${channels.eventsChannel}', new.body); return new; end $$;
        create trigger telling after insert on messages for each row execute function telling()`),
    );
    await parley.importLines(theirs, [phoneLine({ body: word })]);
    await database.transaction((tx) => tx.script('drop trigger telling on messages; drop function telling()'));
    await expect.poll(async () => [...(await canaries.shownIn(heard))]).toEqual(['theirs: notified']);
  });

  // No configuration adds content to a log line, so the test writes the line that a careless statement would.
  test('a line of the log', async () => {
    const [word] = canaries.words(/^theirs: body/);
    parley.logged.push({ msg: 'statement', values: [word] });
    expect([...(await canaries.shownIn(parley.logged.map((line) => JSON.stringify(line))))]).toEqual(['theirs: body']);
  });
});
