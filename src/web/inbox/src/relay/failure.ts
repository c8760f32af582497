/** An operation that failed: the gateway refused it, or did not answer. */
export class Failure extends Error {
  /** The gateway's code, such as `UNAUTHENTICATED`; null if it did not answer. */
  readonly code: string | null;

  constructor(message: string, code: string | null) {
    super(message);
    this.code = code;
  }

  /** True if the key must be replaced. */
  get needsKey(): boolean {
    return this.code === 'UNAUTHENTICATED';
  }
}
