/** Work that a gateway does without a request. */
export interface Worker {
  /** Starts the work, and does not wait for its end. */
  start(): Promise<void>;
  /** Stops after the batch in progress. */
  stop(): Promise<void>;
}
