import { Command } from 'commander';
import { scopes } from '../auth/scopes.ts';
import { defaultContract, newSecret } from '../auth/secret.ts';
import type { Database } from '../database/database.ts';
import { createApiKey } from '../modules/api-key/commands/create.ts';
import { searchWords } from '../modules/message/generate/body.ts';
import { checkRecipe, generate, refuseFilled } from '../modules/message/generate/generate.ts';
import type { Recipe } from '../modules/message/generate/messages.ts';
import { createOrganization } from '../modules/organization/commands/create.ts';
import { countArgument, uuidArgument } from './arguments.ts';
import { type CliContext, jsonOption } from './context.ts';
import { progressBar } from './progress-bar.ts';

interface Options extends Recipe {
  org?: string;
  force: boolean;
}

export function generateCommand({ open, out, logAction }: CliContext): Command {
  return new Command('generate')
    .description('write generated conversations, to try out or to measure')
    .requiredOption('--conversations <n>', 'the number of conversations', countArgument)
    .requiredOption('--messages <n>', 'the number of messages of all conversations together', countArgument)
    .option('--org <id>', 'the organization, which must be empty (default: a new one, with a key)', uuidArgument)
    .option('--force', 'write into an organization that is not empty', false)
    .option('--seed <n>', 'another seed makes other messages; the same one the same, with new ids', countArgument, 1)
    .option('--rare-messages <n>', `the number of messages with the word "${searchWords.rare}"`, countArgument, 10)
    .addOption(jsonOption())
    .addHelpText('after', explanation)
    .action(async ({ org, force, ...recipe }: Options) => {
      checkRecipe(recipe);
      const database = await open();
      if (org !== undefined && !force) await refuseFilled(database, org);
      const created = org === undefined ? await createTarget(database, recipe, logAction) : null;
      const organizationId = created?.organizationId ?? org ?? '';
      const bar = progressBar();
      const begun = performance.now();
      const imported = await generate(database, organizationId, recipe, bar.update).finally(bar.stop);
      const seconds = Math.round(performance.now() - begun) / 1000;
      const document = { organization: organizationId, key: created?.key ?? null, messages: imported, seconds, words: searchWords };
      out(document, [
        `${imported.toLocaleString('en')} messages in ${seconds.toFixed(1)} s.`,
        `organization: ${organizationId}`,
        ...(created === null ? [] : [`key (all scopes, no budget): ${created.key}`]),
      ]);
    });
}

async function createTarget(database: Database, { messages }: Recipe, logAction: CliContext['logAction']) {
  const name = `Generated, ${messages.toLocaleString('en')} messages`;
  const { id } = await createOrganization(database, { name, retentionDays: null });
  logAction({ action: 'ORGANIZATION_CREATED', organizationId: id, retentionDays: null });
  const secret = newSecret(defaultContract);
  const key = await createApiKey(database, id, { secret, name, scopes, expiresAt: null, budgetPerMinute: 0 });
  logAction({ action: 'API_KEY_CREATED', organizationId: id, keyId: key.id, scopes: key.scopes, expiresAt: null });
  return { organizationId: id, key: secret };
}

const explanation = `
Sizes are skewed as in life: of a million messages one conversation has 100,000 and twenty have 10,000 each (of fewer messages, 10 % and 1 % each);
the others share the rest. The messages are of the year 2025. They are written as an import writes them.
Words to search for: "${searchWords.rare}" is in --rare-messages messages, "${searchWords.common}" in 30 % of them, "${searchWords.chinese}" in 1 %.
A key that is created has all scopes and no budget: for measuring.

Example:
  $ parley generate --conversations 5000 --messages 1000000`;
