import { Command } from 'commander';
import { createOrganization } from '../modules/organization/commands/create.ts';
import { updateRetention } from '../modules/organization/commands/update-retention.ts';
import { listOrganizations } from '../modules/organization/store/find.ts';
import type { OrganizationRow } from '../modules/organization/store/rows.ts';
import { formatInstant } from '../values/instant.ts';
import { daysArgument, uuidArgument, windowArgument } from './arguments.ts';
import { type CliContext, jsonOption, table } from './context.ts';

export function orgCommand(context: CliContext): Command {
  return new Command('org')
    .description('create and list organizations, and set how long their content is kept')
    .addCommand(createCommand(context))
    .addCommand(listCommand(context))
    .addCommand(retentionCommand(context));
}

function createCommand({ open, out, logAction }: CliContext): Command {
  return new Command('create')
    .description('create an organization')
    .requiredOption('--name <name>', 'the name of the organization, 1 to 200 characters')
    .option('--retention-days <days>', 'redact content this many days after it was sent, 1 to 36500 (default: never)', daysArgument)
    .addOption(jsonOption())
    .addHelpText('after', "\nExample:\n  $ parley org create --name 'Acme Dental' --retention-days 90 --json")
    .action(async ({ name, retentionDays = null }: { name: string; retentionDays?: number | null }) => {
      const organization = await createOrganization(await open(), { name, retentionDays });
      logAction({ action: 'ORGANIZATION_CREATED', organizationId: organization.id, retentionDays });
      out(document(organization), [`Created ${organization.name}: ${organization.id}, ${windowText(organization)}.`]);
    });
}

function listCommand({ open, out }: CliContext): Command {
  return new Command('list')
    .description('list every organization')
    .addOption(jsonOption())
    .action(async () => {
      const organizations = await listOrganizations(await open());
      const rows = organizations.map((each) => [each.id, formatInstant(each.createdAt), windowText(each), each.name]);
      out(organizations.map(document), table(['ID', 'CREATED', 'RETENTION', 'NAME'], rows));
    });
}

function retentionCommand({ open, out, logAction }: CliContext): Command {
  return new Command('retention')
    .description('set how long content is kept; redacted content stays redacted')
    .argument('<id>', 'the id of the organization', uuidArgument)
    .requiredOption('--days <days>', 'days of 24 hours, 1 to 36500, or none', windowArgument)
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  $ parley org retention 0197a3c2-5f60-7cc1-b1d4-0a6b1f1a9c3e --days none')
    .action(async (id: string, { days }: { days: number | 'none' }) => {
      const retentionDays = days === 'none' ? null : days;
      const organization = await updateRetention(await open(), id, retentionDays);
      if (organization.changed) logAction({ action: 'RETENTION_CHANGED', organizationId: id, retentionDays });
      out(document(organization), [`${organization.name}: ${windowText(organization)}.`]);
    });
}

function document({ id, name, retentionDays, redactedThrough, createdAt }: OrganizationRow) {
  return {
    id,
    name,
    retentionDays,
    redactedThrough: redactedThrough && formatInstant(redactedThrough),
    createdAt: formatInstant(createdAt),
  };
}

function windowText({ retentionDays }: OrganizationRow): string {
  return retentionDays === null ? 'kept without end' : `kept for ${retentionDays} days`;
}
