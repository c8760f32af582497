import type { Logger } from 'pino';
import { UnavailableError } from '../errors.ts';

const reportMs = 1_000;

/** The failures for one reason since its last line. */
interface Outage {
  failures: number;
  line: Record<string, unknown>;
}

/**
 * A logger for a gateway whose database may not answer. Failures for the same temporary reason are counted, and logged once a second without their stacks: an
 * outage fails every request. Other lines are written unchanged.
 */
export class Outages {
  readonly log: Logger;
  readonly #target: Logger;
  readonly #outages = new Map<string, Outage>();
  #timer: NodeJS.Timeout | undefined;

  constructor(target: Logger) {
    this.#target = target;
    this.log = Object.create(target) as Logger;
    for (const level of ['warn', 'error'] as const) {
      // The types of pino's methods are overloads, which no implementation has.
      const write = target[level].bind(target) as (...line: unknown[]) => void;
      this.log[level] = (...line: unknown[]) => {
        const { err, ...fields } = Object(line[0]) as Record<string, unknown>;
        if (err instanceof UnavailableError) this.#count(err, fields);
        else write(...line);
      };
    }
  }

  /** Logs the failures that were counted since the last report. */
  report(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const [reason, { failures, line }] of this.#outages) if (failures > 0) this.#write(reason, failures, line);
    this.#outages.clear();
  }

  #count(error: UnavailableError, fields: Record<string, unknown>): void {
    const { message: reason, cause } = error;
    const { code } = Object(cause) as { code?: unknown };
    const line = { ...fields, code };
    const outage = this.#outages.get(reason);
    if (outage === undefined) {
      this.#write(reason, 1, line);
      this.#outages.set(reason, { failures: 0, line });
    } else {
      outage.failures += 1;
      outage.line = line;
    }
    this.#timer ??= setTimeout(() => this.#continue(), reportMs).unref();
  }

  /** Keeps the reasons that failed in this second: their next failure is counted, too. */
  #continue(): void {
    const continuing = [...this.#outages].filter(([, { failures }]) => failures > 0);
    this.report();
    for (const [reason, { line }] of continuing) this.#outages.set(reason, { failures: 0, line });
    if (continuing.length > 0) this.#timer = setTimeout(() => this.#continue(), reportMs).unref();
  }

  /** `line` has the fields of the last failure, such as its request. */
  #write(reason: string, failures: number, line: Record<string, unknown>): void {
    this.#target.error({ ...line, reason, failures }, 'temporarily unavailable');
  }
}
