import type { Logger } from 'pino';
import type { Viewer } from '../auth/viewer.ts';
import type { Visit } from '../auth/visit.ts';
import type { RequestDatabase } from '../database/database.ts';
import type { Loaders } from '../database/loaders.ts';
import type { Live } from '../modules/change/live/live.ts';
import type { WebhookSettings } from '../modules/webhook/commands/settings.ts';
import type { AnswerSize } from './execution/answer-size.ts';
import type { Output } from './execution/compiled/output.ts';

/** The client of an operation, known before the operation is parsed. */
export interface Caller {
  viewer: Viewer | null;
  requestId: string;
  /** Pays for the operation. */
  visit: Pick<Visit, 'spend' | 'headers' | 'record'>;
  /** The limit of the answer in UTF-8 bytes. Default MAX_RESPONSE_BYTES. */
  maxBytes?: number;
  /** The form of the answer's data. Default JSON text. */
  output?: Output;
}

/** The GraphQL context of a request. */
export interface Context {
  /** Null without a valid key: then only introspection of the demo runs. */
  viewer: Viewer | null;
  /** Returns the Authorization header of the request. */
  authorization: () => string | null;
  /** For commands, which write; resolvers read through the loaders. Its statements are cancelled when the client disconnects. */
  database: RequestDatabase;
  loaders: Loaders;
  /** Counts the bytes of the answer. */
  answer: AnswerSize;
  /** The form of the answer's data. */
  output: Output;
  /** For subscriptions. */
  live: Live;
  /** Empties the cache of keys; called after keys were created, rotated or revoked. */
  forgetKeys: () => void;
  webhooks: WebhookSettings;
  requestId: string;
  visit: Caller['visit'];
  log: Logger;
}
