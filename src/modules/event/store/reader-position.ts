import type { Queryable } from '../../../database/database.ts';
import type { EventPosition } from './position.ts';
import { horizon } from './rows.ts';

/** Starts a reader on the events of an organization from now on. A reader that was already started keeps its position. */
export async function startReading(database: Queryable, organizationId: string, reader: string): Promise<void> {
  await database.query({
    label: 'event_reader_start',
    text: `insert into event_readers (organization_id, name, transaction_id, event_id) values ($1, $2, ${horizon}, 0) on conflict do nothing`,
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

/** Returns the position and locks it until the transaction ends, so that only one gateway continues to read; null if the reader was not started. */
export async function lockPosition(tx: Queryable, organizationId: string, reader: string): Promise<EventPosition | null> {
  const [position] = await tx.query<EventPosition>({
    label: 'event_reader_lock',
    text: `select transaction_id as "transactionId", event_id as id from event_readers where organization_id = $1 and name = $2 for update`,
    values: [organizationId, reader],
  });
  return position ?? null;
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
