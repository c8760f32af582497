// Unique words that are planted in stored content. The place of each word is known, so that a text with a word names the wall that failed.

import { newSecret } from '../../src/auth/secret.ts';
import { createApiKey } from '../../src/modules/api-key/commands/create.ts';
import type { Tenant, useApp } from '../support/harness.ts';
import { chatLine, phoneLine } from '../support/lines.ts';
import { newHook } from '../support/webhooks.ts';

type Parley = ReturnType<typeof useApp>;

/** The retention window of our organization in days. */
export const windowDays = 30;

/** The numbers of the other organization, which cannot be words. */
const theirAddress = /\+1999\d{7}/g;

const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

export class Canaries {
  readonly #planted = new Map<string, string>();
  #next = 0;

  /** Returns a unique word of letters, which is one word in every search and the beginning of no other. */
  plant(where: string): string {
    const letters = [676, 26, 1].map((unit) => String.fromCharCode(97 + (Math.floor(this.#next / unit) % 26))).join('');
    this.#next += 1;
    const word = `kanari${letters}`;
    this.#planted.set(word, where);
    return word;
  }

  words(where: RegExp): string[] {
    return [...this.#planted].flatMap(([word, place]) => (where.test(place) ? [word] : []));
  }

  /** Returns the places of the words in a text. */
  in(text: string): string[] {
    const words = text.toLowerCase().match(/kanari[a-z]{3}/g) ?? [];
    const addresses = text.match(theirAddress) ?? [];
    return [...words.map((word) => this.#planted.get(word) ?? `unknown ${word}`), ...addresses.map(() => 'theirs: address')];
  }

  /** Returns the places of all words in the texts. */
  async shownIn(texts: AsyncIterable<string> | Iterable<string>): Promise<Set<string>> {
    const found = new Set<string>();
    for await (const text of texts) for (const place of this.in(text)) found.add(place);
    return found;
  }
}

/** All fields of content, and no others. */
function content(canaries: Canaries, state: string): Record<string, unknown> {
  const file = (kind: string) => ({
    name: `${canaries.plant(`${state}: ${kind} name`)}`,
    url: `https://files.example/${canaries.plant(`${state}: ${kind} url`)}`,
    size: 1,
  });
  return {
    body: `${canaries.plant(`${state}: body`)} hello`,
    attachments: [
      { ...file('picture'), mime: 'image/png' },
      { ...file('voice'), mime: 'audio/mpeg', duration: 1 },
    ],
  };
}

/** Reactions to a redacted message remain; those to a deleted one do not. */
function reactions(canaries: Canaries, state: string, given: Record<string, unknown>): Record<string, unknown> {
  const type = canaries.plant(state === 'deleted' ? 'deleted: reaction' : `visible: reaction to one ${state}`);
  return { reactions: [{ type, direction: 'inbound', createdAt: ago(4), ...given }] };
}

const media = (canaries: Canaries, state: string) => ({ mediaUrls: [`https://media.example/${canaries.plant(`${state}: media`)}.png`] });

/** The ways in which a recorded message loses its content, as fields of a second line. */
const endings: Record<string, { createdAt: string; later: Record<string, unknown> | null }> = {
  visible: { createdAt: ago(5), later: null },
  'past the window': { createdAt: ago(windowDays + 10), later: null },
  redacted: { createdAt: ago(5), later: { body: null, attachments: [], mediaUrls: [], redactedAt: ago(1) } },
  deleted: { createdAt: ago(5), later: { deletedAt: ago(1) } },
};

export const goneStates = Object.keys(endings).filter((state) => state !== 'visible');

/** Our organization: for each way of losing content, a conversation whose latest message lost it, one in which a later message replies to it, and the same in a chat. */
export async function plantOurs(parley: Parley, tenant: Tenant, canaries: Canaries): Promise<void> {
  const lines = Object.entries(endings).flatMap(([state, { createdAt, later }], nth) =>
    ['latest', 'quoted'].flatMap((place, index) => {
      const contactNumber = `+1555000002${nth * 2 + index}`;
      const agent = { externalId: 'ada', name: 'Ada' };
      const chat = { externalId: `chat ${nth} ${index}`, type: 'group', title: `Chat ${nth} ${index}` };
      const both = [
        phoneLine({
          ...content(canaries, state),
          ...media(canaries, state),
          ...reactions(canaries, state, {}),
          externalId: 'first',
          contactNumber,
          agent,
          createdAt,
        }),
        chatLine({
          ...content(canaries, state),
          ...reactions(canaries, state, { author: { externalId: 'bob', firstName: 'Bob', lastName: 'Ray' } }),
          externalId: 'first',
          conversation: chat,
          createdAt,
        }),
      ];
      const replies = [
        phoneLine({ contactNumber, agent, replyTo: 'first', createdAt: ago(2) }),
        chatLine({ conversation: chat, replyTo: 'first', createdAt: ago(2) }),
      ];
      return [...both, ...(later ? both.map((line) => ({ ...line, ...later })) : []), ...(place === 'quoted' ? replies : [])];
    }),
  );
  await parley.importLines(tenant, lines);
  await newHook(parley, tenant);
}

/** The other organization, with data of every kind. */
export async function plantTheirs(parley: Parley, tenant: Tenant, canaries: Canaries): Promise<void> {
  const word = (where: string) => canaries.plant(`theirs: ${where}`);
  const person = () => ({
    externalId: word('external id of a person'),
    firstName: word('first name'),
    lastName: word('last name'),
    title: word('position'),
    department: word('department'),
    unit: word('unit'),
    avatarUrl: `https://pictures.example/${word('avatar')}`,
  });
  await parley.importLines(tenant, [
    phoneLine({
      ...content(canaries, 'theirs'),
      ...media(canaries, 'theirs'),
      externalId: word('external id of a message'),
      phoneNumber: '+19990000001',
      contactNumber: '+19990000002',
      createdAt: ago(3),
      agent: { externalId: word('external id of an agent'), name: word('agent') },
      consent: { optedIn: true, at: ago(3) },
      metadata: { [word('metadata key')]: word('metadata value') },
    }),
    chatLine({
      ...content(canaries, 'theirs'),
      author: person(),
      conversation: { externalId: word('external id of a chat'), type: 'group', title: word('title') },
      reactions: [{ type: word('reaction'), direction: 'inbound', createdAt: ago(1), author: person() }],
      createdAt: ago(2),
    }),
  ]);
  await parley.app.database.query({
    label: 'test_canaries',
    text: `update conversations set background_id = gen_random_uuid(), background_url = $2, background_version = 1 where organization_id = $1`,
    values: [tenant.id, `https://pictures.example/${word('background')}`],
  });
  await parley.app.database.query({
    label: 'test_canaries',
    text: 'update organizations set name = $2 where id = $1',
    values: [tenant.id, word('organization')],
  });
  await newHook(parley, tenant, `https://hooks.example/${word('webhook')}`);
  await createApiKey(parley.app.database, tenant.id, {
    secret: newSecret('agentmessage'),
    name: word('key'),
    scopes: ['apikeys:write'],
    expiresAt: null,
  });
}
