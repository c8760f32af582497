import type { Logger } from 'pino';
import type { Viewer } from '../auth/viewer.ts';
import type { Database } from '../database/database.ts';
import type { Loaders } from '../database/loaders.ts';
import type { Live } from '../modules/event/live/live.ts';

/** What every resolver knows of the request. */
export interface Context {
  /** Null: no valid key; only introspection of the demo gets this far. */
  viewer: Viewer | null;
  /** The header that the key came in; null in process. */
  authorization: () => string | null;
  /** For verbs, which change things; what is read goes through the loaders. */
  database: Database;
  loaders: Loaders;
  /** For subscriptions. */
  live: Live;
  requestId: string;
  log: Logger;
}
