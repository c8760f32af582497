import type { Transaction } from '../../../../database/database.ts';
import { mustGet } from '../../../../database/ensure-rows.ts';
import type { NewMessage, Ranked } from './insert-messages.ts';

/** The place of a message among the messages of its phone number with the same time. */
interface Place {
  id: string;
  /** Null: the database makes it from the next number of the previous release. */
  rank: number | null;
}

/** The least rank that the database makes for messages of the previous release, which stores none. */
const leastRankByNumber = 1_000_000_000;

/**
 * Gives each new message its rank among the messages of its phone number with the same time, after those already stored. Its id becomes greater than theirs too, so
 * that the order by id, which lists use, is the order by rank. Locks these places until the transaction ends; the conversations must be locked already.
 * @param phoneNumberIds by E.164
 */
export async function rankMessages<Message extends NewMessage>(
  tx: Transaction,
  organizationId: string,
  messages: readonly Message[],
  phoneNumberIds: ReadonlyMap<string, string>,
): Promise<Ranked<Message>[]> {
  const lastPlaces = await lockLastPlaces(tx, organizationId, messages, phoneNumberIds);
  return messages.map((message) => {
    const key = placeKey(message, phoneNumberIds);
    // A workplace chat has no phone number, and its messages need no rank.
    if (key === null) return { ...message, createdAtRank: 0 };
    const place = nextPlace(message.id, lastPlaces.get(key));
    lastPlaces.set(key, place);
    return { ...message, id: place.id, createdAtRank: place.rank };
  });
}

/** Returns the place after the last one. The new id is smaller than the last id only if the clock of another gateway is ahead, or this clock was set back. */
function nextPlace(id: string, last: Place | undefined): Place {
  if (last === undefined) return { id, rank: 0 };
  // After a rank of the previous release the database chooses the rank: it can be any number above the least one.
  const rank = last.rank === null || last.rank >= leastRankByNumber ? null : last.rank + 1;
  return { id: id > last.id ? id : successor(last.id), rank };
}

/** Returns the next UUID: as a number of 128 bits, it is greater by one. */
function successor(uuid: string): string {
  const next = (BigInt(`0x${uuid.replaceAll('-', '')}`) + 1n).toString(16).padStart(32, '0');
  return next.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Returns the key of a place; null in a workplace chat. */
function placeKey({ message: { conversation, createdAt } }: NewMessage, phoneNumberIds: ReadonlyMap<string, string>): string | null {
  return conversation.type === 'PHONE' ? `${mustGet(phoneNumberIds, conversation.phoneNumber)} ${createdAt}` : null;
}

/** Returns the last stored place for each phone number and time of the messages, by key, and locks these places against other writers. */
async function lockLastPlaces(
  tx: Transaction,
  organizationId: string,
  messages: readonly NewMessage[],
  phoneNumberIds: ReadonlyMap<string, string>,
): Promise<Map<string, Place>> {
  const keys = [...new Set(messages.flatMap((message) => placeKey(message, phoneNumberIds) ?? []))];
  if (keys.length === 0) return new Map();
  const places = keys.map((key) => key.split(' '));
  const numbers = places.map(([number]) => number);
  await lockPlaces(tx, [...new Set(numbers)], keys);
  const rows = await tx.query<Place & { number: string; at: Date }>({
    label: 'ingest_last_ranks',
    text: `select x.number, x.at, m.id, m.rank from unnest($2::uuid[], $3::timestamptz[]) as x (number, at)
      cross join lateral (select id, created_at_rank as rank from messages
        where organization_id = $1 and phone_number_id = x.number and created_at = x.at order by id desc limit 1) m`,
    values: [organizationId, numbers, places.map(([, at]) => at)],
  });
  return new Map(rows.map(({ number, at, id, rank }) => [`${number} ${at.toISOString()}`, { id, rank }]));
}

/** The most places that one transaction locks: PostgreSQL's table of locks is small, and all connections share it. */
const maxPlaceLocks = 50;

/**
 * Locks places against other writers until the transaction ends. A few places are locked one by one, so that writers of one phone number wait for each other
 * only if their messages have the same time; for many places their phone numbers are locked. Every writer locks in this order: phone numbers, then places, by hash.
 */
async function lockPlaces(tx: Transaction, numbers: readonly (string | undefined)[], keys: readonly string[]): Promise<void> {
  const lock = (label: string, verb: string, names: readonly unknown[]) =>
    tx.query({
      label,
      text: `select ${verb}(hash) from (select distinct hashtextextended(name, 0) as hash from unnest($1::text[]) name order by 1) names`,
      values: [names],
    });
  if (keys.length > maxPlaceLocks) return void (await lock('ingest_lock_numbers', 'pg_advisory_xact_lock', numbers));
  await lock('ingest_share_numbers', 'pg_advisory_xact_lock_shared', numbers);
  await lock('ingest_lock_places', 'pg_advisory_xact_lock', keys);
}
