import { uuidv7 } from 'uuidv7';
import type { Database, Queryable } from '../../database/database.ts';

/** A source of an organization. `since`: no earlier activity is copied. `completeThrough`: all activity up to this time is copied. */
export interface Source {
  id: string;
  since: Date | null;
  completeThrough: Date | null;
}

/** The position in the messages of a conversation. */
export interface Place {
  /** All messages up to this time are copied. */
  readThrough: Date | null;
  /** The time of the newest message of a walk that has not ended. */
  walkTop: Date | null;
  /** The page at which to read on; null: the first one. */
  nextPage: string | null;
}

export interface StoredPlace extends Place {
  fingerprint: string | null;
}

export const noPlace: StoredPlace = { fingerprint: null, readThrough: null, walkTop: null, nextPage: null };

/**
 * Finds or creates a source. An earlier `since` than before forgets its positions, because older messages are wanted now. A later one moves the beginning if
 * activity between the two was not read yet.
 */
export async function openSource(
  database: Database,
  organizationId: string,
  { contract, baseUrl, since }: { contract: string; baseUrl: string; since: Date | null },
): Promise<Source> {
  return database.transaction(async (tx) => {
    const [source] = await tx.query<Source>({
      label: 'sync_open_source',
      // The update changes nothing: it locks and returns a row that exists.
      text: `insert into sync_sources as s (organization_id, id, contract, base_url, since) values ($1, $2, $3, $4, $5)
        on conflict (organization_id, contract, base_url) do update set contract = excluded.contract
        returning s.id, s.since, s.complete_through as "completeThrough"`,
      values: [organizationId, uuidv7(), contract, baseUrl, since],
    });
    if (source === undefined) throw new Error('a source was not stored');
    const isEarlier = (since?.getTime() ?? -Infinity) < (source.since?.getTime() ?? -Infinity);
    const isGap = since !== null && since > (source.completeThrough ?? source.since ?? new Date(0));
    if (!isEarlier && !isGap) return source;
    if (isEarlier)
      await tx.query({
        label: 'sync_forget_conversations',
        text: 'delete from sync_conversations where organization_id = $1 and source_id = $2',
        values: [organizationId, source.id],
      });
    const completeThrough = isEarlier ? null : source.completeThrough;
    await tx.query({
      label: 'sync_begin_source',
      text: 'update sync_sources set since = $3, complete_through = $4 where organization_id = $1 and id = $2',
      values: [organizationId, source.id, since, completeThrough],
    });
    return { id: source.id, since, completeThrough };
  });
}

export async function saveCompleteThrough(database: Queryable, organizationId: string, sourceId: string, time: Date): Promise<void> {
  await database.query({
    label: 'sync_save_complete_through',
    text: 'update sync_sources set complete_through = $3 where organization_id = $1 and id = $2',
    values: [organizationId, sourceId, time],
  });
}

/** Returns the stored places of conversations, by the source's ids. */
export async function findPlaces(
  database: Queryable,
  organizationId: string,
  sourceId: string,
  ids: readonly string[],
): Promise<Map<string, StoredPlace>> {
  const rows = await database.query<StoredPlace & { externalId: string }>({
    label: 'sync_find_places',
    text: `select external_id as "externalId", fingerprint, read_through as "readThrough", walk_top as "walkTop", next_page as "nextPage"
      from sync_conversations where organization_id = $1 and source_id = $2 and external_id = any($3::text[])`,
    values: [organizationId, sourceId, ids],
  });
  return new Map(rows.map(({ externalId, ...place }) => [externalId, place]));
}

/** Saves places, together with the messages before them. @param places by the source's ids */
export async function savePlaces(
  tx: Queryable,
  organizationId: string,
  sourceId: string,
  places: ReadonlyMap<string, Place>,
): Promise<void> {
  if (places.size === 0) return;
  const rows = [...places].map(([external_id, { readThrough, walkTop, nextPage }]) => ({
    external_id,
    read_through: readThrough,
    walk_top: walkTop,
    next_page: nextPage,
  }));
  await tx.query({
    label: 'sync_save_places',
    text: `insert into sync_conversations (organization_id, source_id, external_id, read_through, walk_top, next_page)
      select $1, $2, x.external_id, x.read_through, x.walk_top, x.next_page
      from jsonb_to_recordset($3::jsonb) as x (external_id text, read_through timestamptz, walk_top timestamptz, next_page text)
      on conflict (organization_id, source_id, external_id) do update set
        read_through = excluded.read_through, walk_top = excluded.walk_top, next_page = excluded.next_page`,
    values: [organizationId, sourceId, JSON.stringify(rows)],
  });
}

/** Marks conversations with saved places as completely read. @param fingerprints by the source's ids */
export async function saveFingerprints(
  database: Queryable,
  organizationId: string,
  sourceId: string,
  fingerprints: ReadonlyMap<string, string>,
): Promise<void> {
  if (fingerprints.size === 0) return;
  await database.query({
    label: 'sync_save_fingerprints',
    text: `update sync_conversations c set fingerprint = x.fingerprint from unnest($3::text[], $4::text[]) as x (external_id, fingerprint)
      where c.organization_id = $1 and c.source_id = $2 and c.external_id = x.external_id`,
    values: [organizationId, sourceId, [...fingerprints.keys()], [...fingerprints.values()]],
  });
}
