import type { Queryable } from '../../../database/database.ts';
import type { EventPosition } from './position.ts';
import { horizon, lastEvent, positionColumns, startOf, withRange } from './range.ts';

/** The position of a reader that its transaction has locked. */
interface LockedPosition extends EventPosition {
  /** Events of earlier transactions were purged. */
  purgedBefore: number;
}

/** Starts a reader on the events of an organization from now on. A reader that was already started keeps its position. */
export async function startReading(database: Queryable, organizationId: string, reader: string): Promise<void> {
  await database.query({
    label: 'event_reader_start',
    text: `${withRange}
      insert into event_readers (organization_id, name, transaction_id, event_id)
      select o.id, $2, position."transactionId", position.id from organizations o left join lateral ${lastEvent} last on true
        cross join lateral (select ${positionColumns('last', 'o')}) position
      where o.id = $1 on conflict do nothing`,
    values: [organizationId, reader],
  });
}

/** Forgets the position: the reader of this name gets no more events of the organization. */
export async function stopReading(database: Queryable, organizationId: string, reader: string): Promise<void> {
  await database.query({
    label: 'event_reader_stop',
    text: 'delete from event_readers where organization_id = $1 and name = $2',
    values: [organizationId, reader],
  });
}

/** Returns the ids of the organizations whose events the reader of this name reads. */
export async function organizationsOf(database: Queryable, reader: string): Promise<string[]> {
  const rows = await database.query<{ organizationId: string }>({
    label: 'event_reader_organizations',
    text: 'select organization_id as "organizationId" from event_readers where name = $1',
    values: [reader],
  });
  return rows.map(({ organizationId }) => organizationId);
}

/** Returns the position and locks it until the transaction ends; null if another gateway has locked it and reads on, or if the reader was not started. */
export async function lockPosition(tx: Queryable, organizationId: string, reader: string): Promise<LockedPosition | null> {
  const [position] = await tx.query<LockedPosition>({
    label: 'event_reader_lock',
    text: `select r.transaction_id as "transactionId", r.event_id as id, ${startOf('o')} as "purgedBefore" from event_readers r
      join organizations o on o.id = r.organization_id where r.organization_id = $1 and o.id = $1 and r.name = $2 for update of r skip locked`,
    values: [organizationId, reader],
  });
  return position ?? null;
}

/** Returns the position of the organization's last event up to a position that this database does not know. */
export async function lastKnown(tx: Queryable, organizationId: string, { transactionId, id }: EventPosition): Promise<EventPosition> {
  const [position] = await tx.query<EventPosition>({
    label: 'event_reader_last_known',
    text: `${withRange} select ${positionColumns('last', 'o')} from organizations o left join lateral (select e.transaction_id, e.id from events e
        where e.organization_id = $1 and e.transaction_id < ${horizon} and (e.transaction_id, e.id) <= ($2::bigint, $3::bigint)
        order by e.transaction_id desc, e.id desc limit 1) last on true
      where o.id = $1`,
    values: [organizationId, transactionId, id],
  });
  if (position === undefined) throw new Error('the organization of a reader is missing');
  return position;
}

/** Moves the position that the transaction has locked. */
export async function savePosition(
  tx: Queryable,
  organizationId: string,
  reader: string,
  { transactionId, id }: EventPosition,
): Promise<void> {
  await tx.query({
    label: 'event_reader_save',
    text: 'update event_readers set transaction_id = $3, event_id = $4 where organization_id = $1 and name = $2',
    values: [organizationId, reader, transactionId, id],
  });
}
