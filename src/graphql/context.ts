import type { Logger } from 'pino';
import type { Viewer } from '../auth/viewer.ts';
import type { Visit } from '../auth/visit.ts';
import type { RequestDatabase } from '../database/database.ts';
import type { Loaders } from '../database/loaders.ts';
import type { Live } from '../modules/change/live/live.ts';
import type { AnswerSize } from './execution/answer-size.ts';

/** The client of an operation, known before anything is parsed. */
export interface Caller {
  viewer: Viewer | null;
  requestId: string;
  /** Pays for the operation. */
  visit: Pick<Visit, 'spend' | 'headers'>;
  /** UTF-8 bytes that the answer has at most, if not MAX_RESPONSE_BYTES. */
  maxBytes?: number;
}

/** What every resolver knows of the request. */
export interface Context {
  /** Null: no valid key; only introspection of the demo gets this far. */
  viewer: Viewer | null;
  /** The header that the key came in. */
  authorization: () => string | null;
  /** For verbs, which change things; what is read goes through the loaders. Its statements end when the client disconnects. */
  database: RequestDatabase;
  loaders: Loaders;
  /** Counts what the fields give. */
  answer: AnswerSize;
  /** For subscriptions. */
  live: Live;
  /** Called after keys were created or ended. */
  forgetKeys: () => void;
  requestId: string;
  visit: Caller['visit'];
  log: Logger;
}
