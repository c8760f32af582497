import type { Logger } from 'pino';
import type { StatementCounter } from './caller.ts';

interface DoneStatement {
  label: string;
  rows: number;
  ms: number;
}

/** Counts a statement for its request, and logs it at level debug: its label, rows and milliseconds, but never its values. */
export function logStatement(log: Logger, { label, rows, ms }: DoneStatement, counter?: StatementCounter): void {
  counter?.countStatement(ms);
  if (!log.isLevelEnabled('debug')) return;
  log.debug({ requestId: counter?.requestId, statement: label, rows, ms: Math.round(ms * 100) / 100 }, 'statement');
}
