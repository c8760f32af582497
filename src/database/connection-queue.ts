import { DisconnectedError, UnavailableError } from '../errors.ts';
import type { Caller } from './caller.ts';
import type { PoolUse } from './database.ts';
import type { QueueLimits } from './queue-limits.ts';

type Admit = () => void;

/** The connections of one organization, and its callers that wait: the first one is next. */
interface Share {
  held: number;
  waiting: Map<Caller, Set<Admit>>;
}

/**
 * A queue in front of the pool. The gateway's own work comes first while it uses no more than the reserved connections, and last beyond them: many unknown keys
 * do not stop organizations. Among organizations that wait, the one that holds the fewest connections is next, and among its callers the one that was served
 * longest ago.
 */
export class ConnectionQueue {
  readonly #limits: QueueLimits;
  #ofSystem = 0;
  #ofCallers = 0;
  readonly #system = new Set<Admit>();
  /** Organizations that hold a connection or wait for one, in the order in which they were last served. */
  readonly #shares = new Map<string, Share>();

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  /** Waits until the caller may use one connection. @returns a function to call when it no longer uses it. @throws UnavailableError, DisconnectedError */
  take(caller: Caller | null): Promise<() => void> {
    if (caller?.disconnected) return Promise.reject(new DisconnectedError());
    const { promise, resolve, reject } = Promise.withResolvers<() => void>();
    let timer: NodeJS.Timeout | undefined;
    let stopListening = () => {};
    const stopWaiting = () => {
      clearTimeout(timer);
      stopListening();
    };
    const admit = () => {
      stopWaiting();
      resolve(() => this.#giveBack(caller));
    };
    const queue = this.#queueOf(caller);
    queue.add(admit);
    this.#serve();
    if (!queue.has(admit)) return promise;
    const giveUp = (error: Error) => {
      stopWaiting();
      queue.delete(admit);
      if (caller !== null) this.#tidy(caller);
      reject(error);
    };
    timer = setTimeout(
      () => giveUp(new UnavailableError(`no database connection became free in time: ${this.#holders()}`)),
      this.#limits.waitMs,
    );
    if (caller !== null) stopListening = caller.onDisconnect(() => giveUp(new DisconnectedError()));
    return promise;
  }

  get use(): PoolUse {
    let waiting = this.#system.size;
    for (const share of this.#shares.values()) for (const statements of share.waiting.values()) waiting += statements.size;
    return { size: this.#limits.connections, inUse: this.#ofSystem + this.#ofCallers, waiting };
  }

  #holders(): string {
    const { connections, reserved } = this.#limits;
    const full = this.#ofCallers >= connections - reserved || this.#ofSystem + this.#ofCallers >= connections;
    return full ? 'all are in use' : 'the organization uses its share';
  }

  #queueOf(caller: Caller | null): Set<Admit> {
    if (caller === null) return this.#system;
    const share = this.#shares.get(caller.organizationId) ?? { held: 0, waiting: new Map<Caller, Set<Admit>>() };
    this.#shares.set(caller.organizationId, share);
    const queue = share.waiting.get(caller) ?? new Set<Admit>();
    share.waiting.set(caller, queue);
    return queue;
  }

  #giveBack(caller: Caller | null): void {
    if (caller === null) {
      this.#ofSystem -= 1;
    } else {
      this.#ofCallers -= 1;
      caller.held -= 1;
      const share = this.#shares.get(caller.organizationId);
      if (share !== undefined) share.held -= 1;
      this.#tidy(caller);
    }
    this.#serve();
  }

  #serve(): void {
    const { connections, reserved } = this.#limits;
    while (this.#ofSystem + this.#ofCallers < connections) {
      const [system] = this.#system;
      const next = this.#ofCallers < connections - reserved ? this.#nextCaller() : null;
      if (system !== undefined && (next === null || this.#ofSystem < reserved)) {
        this.#system.delete(system);
        this.#ofSystem += 1;
        system();
      } else if (next !== null) {
        this.#admit(next);
      } else {
        return;
      }
    }
  }

  #nextCaller(): Caller | null {
    let fewest = this.#limits.perOrganization;
    let next: Caller | null = null;
    for (const { held, waiting } of this.#shares.values()) {
      if (held >= fewest) continue;
      const caller = waiting.keys().find((each) => each.held < this.#limits.perCaller);
      if (caller === undefined) continue;
      fewest = held;
      next = caller;
    }
    return next;
  }

  #admit(caller: Caller): void {
    const share = this.#shares.get(caller.organizationId);
    const queue = share?.waiting.get(caller);
    const [admit] = queue ?? [];
    if (share === undefined || queue === undefined || admit === undefined)
      throw new Error('a caller without a waiting statement was served');
    queue.delete(admit);
    this.#ofCallers += 1;
    share.held += 1;
    caller.held += 1;
    // Moved to the end, so that equal organizations, and the callers of one, take turns.
    share.waiting.delete(caller);
    if (queue.size > 0) share.waiting.set(caller, queue);
    this.#shares.delete(caller.organizationId);
    this.#shares.set(caller.organizationId, share);
    admit();
  }

  /** Forgets a caller that no longer waits, and an organization without connections and waiting callers. */
  #tidy(caller: Caller): void {
    const share = this.#shares.get(caller.organizationId);
    if (share === undefined) return;
    if (share.waiting.get(caller)?.size === 0) share.waiting.delete(caller);
    if (share.held === 0 && share.waiting.size === 0) this.#shares.delete(caller.organizationId);
  }
}
