import type { Queryable } from '../../../database/database.ts';

/**
 * Begins a range of positions if this database was copied from another one. The first writer would begin it, too, but a long transaction would hold up all other
 * writers meanwhile.
 */
export async function takeOver(database: Queryable): Promise<void> {
  await database.query({
    label: 'events_take_over',
    text: 'select event_position() as position where (select shift from event_now()) is null',
  });
}
