import { Command } from 'commander';
import { countRedactedBy } from '../modules/message/store/count-redacted-by.ts';
import { createOrganization } from '../modules/organization/commands/create.ts';
import { renameOrganization } from '../modules/organization/commands/rename.ts';
import { checkRetentionDays, updateRetention } from '../modules/organization/commands/update-retention.ts';
import { findOrganization, listOrganizations } from '../modules/organization/store/find.ts';
import type { OrganizationRow } from '../modules/organization/store/rows.ts';
import { formatInstant } from '../values/instant.ts';
import { checkName } from '../values/name.ts';
import { daysArgument, uuidArgument, windowArgument } from './arguments.ts';
import { confirm, yesOption } from './confirm.ts';
import { type CliContext, jsonOption, table } from './context.ts';

export function orgCommand(context: CliContext): Command {
  return new Command('org')
    .description('create, list and rename organizations, and set how long their content is kept')
    .addCommand(createCommand(context))
    .addCommand(listCommand(context))
    .addCommand(renameCommand(context))
    .addCommand(retentionCommand(context));
}

function createCommand(context: CliContext): Command {
  const { open, out, logAction } = context;
  return new Command('create')
    .description('create an organization')
    .requiredOption('--name <name>', 'the name of the organization, 1 to 200 characters')
    .option('--retention-days <days>', 'redact content this many days after it was sent, 1 to 36500 (default: never)', daysArgument)
    .addOption(yesOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      "\nTo import older messages with their content, create the organization without a window, and set it after the import.\n\nExample:\n  $ parley org create --name 'Acme Dental' --json",
    )
    .action(async ({ name, retentionDays = null, yes }: { name: string; retentionDays?: number | null; yes: boolean }) => {
      checkName('name', name);
      checkRetentionDays('retentionDays', retentionDays);
      const database = await open();
      if (retentionDays !== null) await confirm(context, laterImports(retentionDays), { yes, needsYes: false });
      const organization = await createOrganization(database, { name, retentionDays });
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

function renameCommand({ open, out, logAction }: CliContext): Command {
  return new Command('rename')
    .description('change the name of an organization')
    .argument('<id>', 'the id of the organization', uuidArgument)
    .requiredOption('--name <name>', 'the new name, 1 to 200 characters')
    .addOption(jsonOption())
    .addHelpText('after', "\nExample:\n  $ parley org rename 0197a3c2-5f60-7cc1-b1d4-0a6b1f1a9c3e --name 'Acme Dental'")
    .action(async (id: string, { name }: { name: string }) => {
      const organization = await renameOrganization(await open(), id, name);
      if (organization.changed) logAction({ action: 'ORGANIZATION_RENAMED', organizationId: id });
      out(document(organization), [`The name of ${id} is ${organization.name}.`]);
    });
}

function retentionCommand(context: CliContext): Command {
  const { open, out, logAction } = context;
  return new Command('retention')
    .description('set how long content is kept; redacted content stays redacted')
    .argument('<id>', 'the id of the organization', uuidArgument)
    .requiredOption('--days <days>', 'days of 24 hours, 1 to 36500, or none', windowArgument)
    .addOption(yesOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nIf stored messages are past the new window, a script must give --yes: their content is redacted at once, and that is final.\n\nExample:\n  $ parley org retention 0197a3c2-5f60-7cc1-b1d4-0a6b1f1a9c3e --days none',
    )
    .action(async (id: string, { days, yes }: { days: number | 'none'; yes: boolean }) => {
      const retentionDays = days === 'none' ? null : days;
      checkRetentionDays('days', retentionDays);
      const database = await open();
      const { name } = await findOrganization(database, id);
      const redacted = retentionDays === null ? 0 : await countRedactedBy(database, id, retentionDays);
      if (redacted > 0) {
        const warning = `${messages(redacted)} of ${name} past ${retentionDays} days will be redacted now, and that is final.`;
        await confirm(context, warning, { yes, needsYes: true });
      }
      const organization = await updateRetention(database, id, retentionDays);
      if (organization.changed) logAction({ action: 'RETENTION_CHANGED', organizationId: id, retentionDays });
      const result = redacted === 0 ? '' : ` ${messages(redacted)} redacted.`;
      out({ ...document(organization), redacted }, [`${organization.name}: ${windowText(organization)}.${result}`]);
    });
}

/** The warning of a new organization, which has no messages yet. */
function laterImports(days: number): string {
  return `messages that were sent more than ${days} days ago will be redacted when they are imported, and that is final. To keep their content, create the organization without a window, and set it after the import.`;
}

function messages(count: number): string {
  return count === 1 ? '1 message' : `${count.toLocaleString('en')} messages`;
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
