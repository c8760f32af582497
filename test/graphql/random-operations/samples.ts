import { readable } from '../../modules/change/readable.ts';
import type { Tenant, useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';

/** Values of an organization that arguments can name. */
export interface Samples {
  /** Global ids by type. */
  ids: Record<string, string[]>;
  /** Integer ids by type. */
  numbers: Record<string, number[]>;
  /** Cursors of any order by the name of the list's field. */
  cursors: Record<string, string[]>;
}

type Parley = ReturnType<typeof useApp>;

const page = 'edges { cursor node { __typename id } }';
const messages = 'edges { cursor node { __typename id number author { __typename id number } } }';
const everything = `{
  conversations(first: 200) { edges { cursor node { __typename id number messages { ${messages} } participants { edges { cursor } } } } }
  oldest: conversations(orderBy: { field: CREATED_AT, direction: ASC }) { edges { cursor } }
  phoneNumbers { edges { cursor node { __typename id messages { edges { cursor } } } } }
  agents { ${page} }
  contacts { ${page} }
  searchMessages(query: "hello") { edges { cursor } }
  changes(first: 20) { ${page} }
  organization { __typename id }
}`;

/** Creates a small organization with data of every kind: replies, reactions, files, consents, deleted and redacted messages, equal times, an empty text. */
export async function seed(parley: Parley, tenant: Tenant): Promise<Samples> {
  const recent = (days: number, seconds = 0) => new Date(Date.now() - days * 86_400_000 + seconds * 1_000).toISOString();
  const person = (name: string) => ({
    externalId: name.toLowerCase(),
    firstName: name,
    lastName: 'Lee',
    department: 'Sales',
    unit: 'North',
  });
  const phone = Array.from({ length: 5 }, (_, contact) =>
    Array.from({ length: 1 + contact * 2 }, (_, nth) =>
      phoneLine({
        externalId: `${contact}-${nth}`,
        phoneNumber: `+1555000000${contact % 2}`,
        contactNumber: `+1555000001${contact}`,
        // Some share a time; the older ones are past the window.
        createdAt: recent(contact === 4 ? 400 : 20 - contact, Math.floor(nth / 2)),
        direction: nth % 2 === 0 ? 'inbound' : 'outbound',
        body: ['Hello there', 'héllo wörld', '你好世界', null][nth % 4],
        mediaUrls: nth % 4 === 3 ? ['https://media.example/1.png'] : [],
        replyTo: nth > 1 ? `${contact}-${nth - 2}` : undefined,
        agent: contact % 2 ? { externalId: 'bot', name: 'Bot' } : undefined,
        consent: contact < 3 ? { optedIn: contact !== 1, at: recent(21) } : undefined,
        deletedAt: nth === 5 ? recent(1) : undefined,
        metadata: contact === 2 ? { plan: { seats: 3 } } : undefined,
      }),
    ),
  ).flat();
  const chat = Array.from({ length: 6 }, (_, nth) =>
    chatLine({
      externalId: `chat-${nth}`,
      createdAt: recent(3, nth),
      author: person(['Ann', 'Bo', 'Cy'][nth % 3] ?? 'Ann'),
      kind: nth === 0 ? 'service' : 'normal',
      editedAt: nth === 2 ? recent(1) : undefined,
      // The most attachments, and more reactions than the default size.
      attachments: Array.from({ length: nth === 3 ? 16 : 0 }, (_, file) => ({
        name: `${file}.png`,
        mime: 'image/png',
        size: 10,
        url: 'https://files.example/a.png',
        width: 1,
        height: 2,
      })),
      reactions: Array.from({ length: nth === 4 ? 60 : 2 }, (_, type) => ({
        type: `👍 ${type}`,
        direction: 'inbound',
        createdAt: recent(2),
        author: person('Bo'),
      })),
    }),
  );
  await parley.importLines(tenant, [...phone, ...chat]);
  // Two equal requests must have equal answers: no event may become readable between them.
  await readable(parley.app.database);
  const { data } = await parley.graphql(tenant.key, everything);
  return sample(data);
}

/** Collects the ids, numbers and cursors of an answer. */
function sample(data: unknown): Samples {
  const samples: Samples = { ids: {}, numbers: {}, cursors: {} };
  const add = <Value>(to: Record<string, Value[]>, key: string, value: Value) => {
    to[key] = [...(to[key] ?? []), value];
  };
  const walk = (value: unknown, list: string) => {
    if (Array.isArray(value)) for (const each of value) walk(each, list);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    const { __typename: type, id, number, cursor, ...rest } = value as Record<string, unknown>;
    if (typeof type === 'string' && typeof id === 'string') add(samples.ids, type, id);
    if (typeof type === 'string' && typeof number === 'number') add(samples.numbers, type, number);
    if (typeof cursor === 'string') add(samples.cursors, list, cursor);
    for (const [name, each] of Object.entries(rest))
      walk(each, ['edges', 'node'].includes(name) ? list : name === 'oldest' ? 'conversations' : name);
  };
  walk(data, '');
  return samples;
}
