import type { Queryable } from '../database/database.ts';

/** Answers `/health`, which says that this process runs, and `/ready`, which says that its database answers. */
export async function health(pathname: string, database: Queryable): Promise<Response> {
  if (pathname === '/health') return answer(200, 'alive');
  try {
    await database.query({ label: 'ready', text: 'select 1 as one' });
    return answer(200, 'ready');
  } catch {
    return answer(503, 'the database does not answer');
  }
}

/** Answers `/ready` of a gateway that is being stopped. */
export function notReady(): Response {
  return answer(503, 'this gateway is being stopped');
}

function answer(status: number, text: string): Response {
  return Response.json({ status: text }, { status, headers: { 'Cache-Control': 'no-store' } });
}
