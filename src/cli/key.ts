import { Command, InvalidArgumentError, Option } from 'commander';
import { scopes as allScopes, isScope, type Scope } from '../auth/scopes.ts';
import { type Contract, defaultContract, newSecret, secretPrefixes } from '../auth/secret.ts';
import { createApiKey } from '../modules/api-key/commands/create.ts';
import { revokeApiKey } from '../modules/api-key/commands/revoke.ts';
import { listApiKeys } from '../modules/api-key/store/rows.ts';
import { findOrganization } from '../modules/organization/store/find.ts';
import { formatInstant } from '../values/instant.ts';
import { budgetArgument, durationArgument, uuidArgument } from './arguments.ts';
import { type CliContext, jsonOption, table } from './context.ts';
import { rotateCommand } from './key-rotate.ts';
import { budgetText, keyDocument, orgOption, secretNotice, stateText } from './key-text.ts';

export function keyCommand(context: CliContext): Command {
  return new Command('key')
    .description('create, list, rotate and revoke API keys')
    .addCommand(createCommand(context))
    .addCommand(listCommand(context))
    .addCommand(rotateCommand(context))
    .addCommand(revokeCommand(context));
}

interface CreateOptions {
  org: string;
  name: string;
  scope: Scope[];
  contract: Contract;
  expires?: number;
  budget?: number | null;
}

function createCommand({ open, out, logAction }: CliContext): Command {
  return new Command('create')
    .description('create a key; its secret is shown once and not stored. Standard output has only the secret')
    .addOption(orgOption())
    .requiredOption('--name <name>', 'the name of the key, 1 to 200 characters')
    .requiredOption('--scope <scope>', `a scope of the key, once for each scope: ${allScopes.join(', ')}`, addScope)
    .addOption(
      new Option('--contract <contract>', 'the API that paths without a mount, such as /v1/conversations, belong to')
        .choices(Object.keys(secretPrefixes))
        .default(defaultContract),
    )
    .option('--expires <duration>', 'the time until it expires: 30d, 12h, 45m (default: never)', durationArgument)
    .option(
      '--budget <points>',
      'the points that its operations may cost in a minute, or "unlimited" (default: BUDGET_PER_MINUTE)',
      budgetArgument,
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExample:\n  $ parley key create --org $ORG --name crm --scope conversations:read --scope messages:ingest --expires 30d',
    )
    .action(async ({ org, name, scope, contract, expires, budget = null }: CreateOptions) => {
      const secret = newSecret(contract);
      const expiresAt = expires === undefined ? null : new Date(Date.now() + expires);
      const key = await createApiKey(await open(), org, { secret, name, scopes: scope, expiresAt, budgetPerMinute: budget });
      const { id, ...rest } = keyDocument(key);
      logAction({ action: 'API_KEY_CREATED', organizationId: org, keyId: id, scopes: key.scopes, expiresAt });
      out({ id, key: secret, ...rest }, [secret], [secretNotice(key)]);
    });
}

function listCommand({ open, out }: CliContext): Command {
  return new Command('list')
    .description("list an organization's keys with their dates, without their secrets; the last use of a key is not stored")
    .addOption(orgOption())
    .addOption(jsonOption())
    .action(async ({ org }: { org: string }) => {
      const database = await open();
      await findOrganization(database, org);
      const keys = await listApiKeys(database, org);
      const rows = keys.map((key) => [
        key.id,
        key.hint,
        formatInstant(key.createdAt),
        stateText(key),
        budgetText(key),
        key.scopes.join(' '),
        key.name,
      ]);
      out(keys.map(keyDocument), table(['ID', 'KEY', 'CREATED', 'STATE', 'BUDGET', 'SCOPES', 'NAME'], rows));
    });
}

function revokeCommand({ open, out, logAction }: CliContext): Command {
  return new Command('revoke')
    .description('revoke a key for good; it stops working within seconds')
    .argument('<id>', 'the id of the key', uuidArgument)
    .addOption(orgOption())
    .addOption(jsonOption())
    .action(async (id: string, { org }: { org: string }) => {
      const database = await open();
      await findOrganization(database, org);
      const key = await revokeApiKey(database, org, id);
      if (key.changed) logAction({ action: 'API_KEY_REVOKED', organizationId: org, keyId: id });
      out(keyDocument(key), [`${key.name} (${key.hint}) is ${stateText(key)}.`]);
    });
}

function addScope(text: string, before: Scope[] = []): Scope[] {
  if (!isScope(text)) throw new InvalidArgumentError(`It must be one of ${allScopes.join(', ')}.`);
  return [...before, text];
}
