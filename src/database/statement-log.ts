import type { Logger } from 'pino';
import type { StatementCounter } from './caller.ts';

interface DoneStatement {
  label: string;
  rows: number;
  /** The time of `performance.now()`. */
  begun: number;
}

/** Counts a statement for its request, and logs it at level debug: its label, rows and milliseconds, but never its values. */
export function logStatement(log: Logger, { label, rows, begun }: DoneStatement, counter?: StatementCounter): void {
  const ended = performance.now();
  counter?.countStatement(label, begun, ended);
  if (!log.isLevelEnabled('debug')) return;
  log.debug({ requestId: counter?.requestId, statement: label, rows, ms: Math.round((ended - begun) * 100) / 100 }, 'statement');
}
