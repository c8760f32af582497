import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { Option } from 'commander';
import { OperatorError } from '../errors.ts';
import type { CliContext } from './context.ts';

export function yesOption(): Option {
  return new Option('--yes', 'go on without asking on a terminal').default(false);
}

interface Confirmation {
  /** True: the operator gave `--yes`. */
  yes: boolean;
  /** True: a script, which cannot be asked, must give `--yes`. False: the warning is enough for it. */
  needsYes: boolean;
}

/** Prints a warning, and on a terminal asks whether to go on. @throws OperatorError if the operator does not agree, before anything is changed */
export async function confirm({ note }: CliContext, warning: string, { yes, needsYes }: Confirmation): Promise<void> {
  if (!yes && !canAsk() && needsYes) throw new OperatorError(`${warning} Nothing was changed: repeat the command with --yes.`);
  note(`warning: ${warning}`);
  if (yes || !canAsk()) return;
  if (!/^y(es)?$/i.test(await ask('Go on? [y/N] '))) throw new OperatorError('nothing was changed');
}

/** True if a person can read the question and answer it. Standard input that was read to its end, as by an import, answers nothing. */
function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY && !process.stdin.readableEnded;
}

/** Returns the answer; empty if the input ends without one. */
async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const ended = once(terminal, 'close').then(() => '');
  const answer = await Promise.race([terminal.question(question), ended]);
  terminal.close();
  return answer.trim();
}
