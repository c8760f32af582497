import { Option } from 'commander';
import type { ApiKeyRow } from '../modules/api-key/store/rows.ts';
import { formatInstant } from '../values/instant.ts';
import { uuidArgument } from './arguments.ts';

export function orgOption(): Option {
  return new Option('--org <id>', 'the id of the organization').argParser(uuidArgument).makeOptionMandatory();
}

/** Returns the sentence for people beside a new secret. */
export function secretNotice(key: ApiKeyRow): string {
  return `This is the only time the secret is shown. The key's id is ${key.id}, it is ${stateText(key)}.`;
}

/** Returns a key as JSON output has it. */
export function keyDocument(key: ApiKeyRow) {
  const { id, name, hint, scopes, createdAt, expiresAt, revokedAt } = key;
  return {
    id,
    name,
    hint,
    scopes,
    budgetPerMinute: budgetOf(key),
    createdAt: formatInstant(createdAt),
    expiresAt: expiresAt && formatInstant(expiresAt),
    revokedAt: revokedAt && formatInstant(revokedAt),
  };
}

/** Null: the server's BUDGET_PER_MINUTE, which this command cannot read. */
function budgetOf({ budgetPerMinute }: ApiKeyRow): number | 'unlimited' | null {
  return budgetPerMinute === 0 ? 'unlimited' : budgetPerMinute;
}

export function budgetText(key: ApiKeyRow): string {
  return String(budgetOf(key) ?? 'default');
}

/** Returns the end of a key in words. */
export function stateText({ expiresAt, revokedAt }: ApiKeyRow): string {
  if (revokedAt !== null) return `revoked since ${formatInstant(revokedAt)}`;
  if (expiresAt === null) return 'valid until revoked';
  return `${expiresAt.getTime() <= Date.now() ? 'expired since' : 'valid until'} ${formatInstant(expiresAt)}`;
}
