// The ranges of positions: see the migration `event_ranges`. Positions grow with the order of commits on one server. A copy of the database on another one
// continues in a range of its own, and knows of each earlier range only the positions up to the copy's last event.

/** The greatest number that JavaScript counts exactly; no position is greater. */
const maxPosition = Number.MAX_SAFE_INTEGER;

/** The first part of a statement that uses `horizon` or `isKnown`. */
export const withRange = 'with current_range as materialized (select begins_at, horizon from event_now())';

/**
 * SQL for the position of the oldest transaction that may still be writing. All events of older transactions are visible, and none will be added. So only these
 * are read, in the order of commits. A long transaction that writes, in any database of the server, delays the events of later ones.
 */
export const horizon = '(select horizon from current_range)';

/** SQL for the last event that can be read of the organization $1; its columns are null if none can. */
export const lastEvent = `(select e.transaction_id, e.id from events e where e.organization_id = $1 and e.transaction_id < ${horizon}
    order by e.transaction_id desc, e.id desc limit 1)`;

/** The position of an organization of which no event can be read. */
export const startOf = (organization: string) => `coalesce(${organization}.events_purged_before, 0)`;

interface PositionParts {
  /** The organization's id. */
  organizationId: string;
  /** The alias of its row. */
  organization: string;
  transactionId: string;
  id: string;
}

/**
 * SQL for true if this database has the events up to a position. False after a restore, for a position that was given out after the backup: later events may come
 * after it or not, so nobody can continue from it.
 */
export function isKnown({ organizationId, organization, transactionId, id }: PositionParts): string {
  return `case when ${transactionId} >= (select begins_at from current_range) then ${transactionId} <= ${horizon}
    else (${transactionId}, ${id}) = (${startOf(organization)}, 0) or exists (select from events e
      where e.organization_id = ${organizationId} and (e.transaction_id, e.id) >= (${transactionId}, ${id})
        and e.transaction_id < coalesce((select min(r.begins_at) from event_ranges r where r.begins_at > ${transactionId}), ${maxPosition})) end`;
}

/** SQL for a position as two columns. */
export const positionColumns = (last: string, organization: string) =>
  `coalesce(${last}.transaction_id, ${startOf(organization)}) as "transactionId", coalesce(${last}.id, 0) as id`;
