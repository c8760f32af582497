import type { Logger } from 'pino';
import type { Database } from '../../database/database.ts';
import { queueDeliveries } from '../../modules/webhook/commands/queue-deliveries.ts';
import { webhookReader } from '../../modules/webhook/store/reader.ts';
import { eventReader } from '../event-reader.ts';
import type { Worker } from '../worker.ts';

/** Reads the events of organizations with webhook endpoints, and queues deliveries in the transaction that moves its position: no event is lost or queued twice. */
export function webhookQueue(database: Database, log: Logger): Worker {
  return eventReader(database, log, { name: webhookReader, handle: queueDeliveries });
}
