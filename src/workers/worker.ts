/** Work that a gateway does by itself, beside requests. */
export interface Worker {
  /** Begins to work; does not wait for the work itself. */
  start(): Promise<void>;
  /** Ends after the batch in progress. */
  stop(): Promise<void>;
}
