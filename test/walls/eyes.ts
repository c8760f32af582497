import { schema } from '../../src/graphql/built-schema.ts';
import { updateRetention } from '../../src/modules/organization/commands/update-retention.ts';
import { encodeId } from '../../src/values/ids.ts';
import { readable } from '../modules/change/readable.ts';
import { type Ids, idsOf } from '../rest/all-routes.ts';
import type { Tenant, useApp } from '../support/harness.ts';
import { type Canaries, plantOurs, plantTheirs, windowDays } from './canaries.ts';
import { type Known, known } from './known.ts';
import { doors, type Eyes } from './readers.ts';

type Parley = ReturnType<typeof useApp>;

/** Plants words in two new organizations. @returns a reader with a key of all scopes in ours, and every id of both */
export async function openEyes(parley: Parley, canaries: Canaries, mine: Tenant, theirs: Tenant): Promise<Eyes> {
  await plantTheirs(parley, theirs, canaries);
  await plantOurs(parley, mine, canaries);
  // After recording, so that the messages have search tokens until a worker clears them.
  await updateRetention(parley.app.database, mine.id, windowDays);
  await readable(parley.app.database);
  return {
    parley,
    key: mine.key,
    organizationId: mine.id,
    own: await withParts(parley, mine.id, await known(parley, schema, mine.key)),
    foreign: await withParts(parley, theirs.id, await known(parley, schema, theirs.key)),
    paths: [...(await pathsOf(parley, mine)), await idsOf(parley, theirs)],
    words: canaries.words(/body|title|first name/),
    operations: [0, 250],
    ids: 24,
    depth: 4,
  };
}

/** Adds the ids of reactions and attachments that are no longer listed, because clients may have kept them. */
async function withParts({ app }: Parley, organizationId: string, has: Known): Promise<Known> {
  for (const [type, table] of [
    ['Reaction', 'reactions'],
    ['Attachment', 'attachments'],
  ] as const) {
    const rows = await app.database.query<{ id: string }>({
      label: 'test_parts',
      text: `select p.id from ${table} p join visible_messages m on m.id = p.message_id where p.organization_id = $1
        order by m.deleted_at is not null, m.redacted_at is not null, p.id`,
      values: [organizationId],
    });
    has.ids.set(type, new Set([...(has.ids.get(type) ?? []), ...rows.map(({ id }) => encodeId(type, id))]));
  }
  return has;
}

/** Returns our conversations with their ids in routes. */
async function pathsOf(parley: Parley, tenant: Tenant): Promise<Ids[]> {
  const first = await idsOf(parley, tenant);
  const { data } = await parley.graphql(tenant.key, '{ conversations(first: 100) { nodes { id number } } }');
  return (data.conversations.nodes as { id: string; number: number }[]).map(({ id, number }) => ({
    agentmessage: { ...first.agentmessage, id },
    agentphone: { ...first.agentphone, conversation_id: `conv_${id}` },
    ziik: { ...first.ziik, conversation: String(number) },
  }));
}

/** Returns the first finding of the doors, after the door's name; null if there is none. */
export async function firstShown(canaries: Canaries, what: RegExp, given: Eyes, through: typeof doors = doors): Promise<string | null> {
  for (const [name, door] of Object.entries(through)) {
    for await (const text of door(given)) {
      const place = canaries.in(text).find((each) => what.test(each));
      if (place !== undefined) return `${name}: ${place}`;
    }
  }
  return null;
}
