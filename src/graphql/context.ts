import type { Logger } from 'pino';
import type { Viewer } from '../auth/viewer.ts';
import type { Database } from '../database/database.ts';
import type { Loaders } from '../database/loaders.ts';

/** What every resolver knows of the request. */
export interface Context {
  /** Null: no valid key; only introspection of the demo gets this far. */
  viewer: Viewer | null;
  /** For verbs, which change things; what is read goes through the loaders. */
  database: Database;
  loaders: Loaders;
  requestId: string;
  log: Logger;
}
