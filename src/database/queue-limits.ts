/** The limits on connections of one process. */
export interface QueueLimits {
  /** Connections of the pool. */
  connections: number;
  /** Connections that only the gateway's own work may use: key look-ups, the reader of events, workers. */
  reserved: number;
  /** Connections that one organization may hold. It is less than `connections - reserved`, so that the next organization need not wait. */
  perOrganization: number;
  /** Connections that one caller may hold. */
  perCaller: number;
  /** Milliseconds until a statement that waits for a connection is refused. */
  waitMs: number;
}

/**
 * Derives the limits from the size of the pool, 4 or more. The gateway keeps a fifth, and at least 2: a worker can hold one of them for long. An organization may hold three
 * quarters of the others, and a caller half of that.
 */
export function limitsOf(connections: number, waitMs: number): QueueLimits {
  const reserved = Math.max(2, Math.floor(connections / 5));
  const perOrganization = Math.floor(((connections - reserved) * 3) / 4);
  return { connections, reserved, perOrganization, perCaller: Math.max(1, Math.floor(perOrganization / 2)), waitMs };
}
