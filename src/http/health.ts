import type { Database, ReadyState } from '../database/database.ts';
import { retryAfterSeconds } from '../errors.ts';

const states: Record<ReadyState, string> = {
  ready: 'ready',
  busy: 'every database connection is in use',
  unreachable: 'the database does not answer',
};

/** Answers `/health`, which says that this process runs, and `/ready`, which says that it can use its database. */
export async function health(pathname: string, database: Database): Promise<Response> {
  if (pathname === '/health') return answer(200, 'alive');
  const state = await database.ready().catch(() => 'unreachable' as const);
  return answer(state === 'ready' ? 200 : 503, states[state]);
}

/** Answers `/ready` of a gateway that is being stopped. */
export function notReady(): Response {
  return answer(503, 'this gateway is being stopped');
}

function answer(status: number, text: string): Response {
  const retry = status === 503 && { 'Retry-After': String(retryAfterSeconds) };
  return Response.json({ status: text }, { status, headers: { 'Cache-Control': 'no-store', ...retry } });
}
