import type { Database, Session } from './database.ts';

/** Runs `work`, or returns at once if another process runs it on this database. `lockId` names the work. */
export async function whileAlone(database: Database, lockId: number, work: (session: Session) => Promise<unknown>): Promise<void> {
  await database.session(async (session) => {
    const [lock] = await session.query<{ acquired: boolean }>({
      label: 'work_lock',
      text: 'select pg_try_advisory_lock($1) as acquired',
      values: [lockId],
    });
    if (lock?.acquired !== true) return;
    try {
      await work(session);
    } finally {
      await session.query({ label: 'work_unlock', text: 'select pg_advisory_unlock($1)', values: [lockId] });
    }
  });
}
