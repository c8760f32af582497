import { Command } from 'commander';
import type { Database } from '../database/database.ts';
import { OperatorError } from '../errors.ts';
import { findOrganization } from '../modules/organization/store/find.ts';
import { deleteEndpoint } from '../modules/webhook/commands/delete-endpoint.ts';
import { setEndpoint } from '../modules/webhook/commands/set-endpoint.ts';
import { disableEndpoint, enableEndpoint } from '../modules/webhook/commands/switch-endpoint.ts';
import { listEndpoints } from '../modules/webhook/store/endpoint-rows.ts';
import { noEndpoint } from '../modules/webhook/store/lock.ts';
import { formatInstant } from '../values/instant.ts';
import { countArgument, uuidArgument } from './arguments.ts';
import { type CliContext, jsonOption, table } from './context.ts';
import { orgOption } from './key-text.ts';
import { deliveriesCommand, replayCommand, testCommand } from './webhook-deliveries.ts';
import { rotateCommand } from './webhook-rotate.ts';
import { endpointDocument, endpointState, secretNotice, webhookSettings } from './webhook-text.ts';

export function webhookCommand(context: CliContext): Command {
  return new Command('webhook')
    .description('create, list, test, disable, enable, rotate and delete webhook endpoints; list and replay deliveries')
    .addCommand(createCommand(context))
    .addCommand(listCommand(context))
    .addCommand(testCommand(context))
    .addCommand(switchCommand(context, 'disable'))
    .addCommand(switchCommand(context, 'enable'))
    .addCommand(rotateCommand(context))
    .addCommand(deliveriesCommand(context))
    .addCommand(replayCommand(context))
    .addCommand(deleteCommand(context));
}

interface CreateOptions {
  org: string;
  url: string;
  agent?: string;
  contextLimit?: number | null;
  timeoutSeconds?: number | null;
}

function createCommand({ environment, open, out, logAction }: CliContext): Command {
  return new Command('create')
    .description(
      'create the endpoint of an organization, or of an agent; an existing one gets the URL and the given settings, keeps its secret and is enabled. The secret is shown once: standard output has only the secret',
    )
    .addOption(orgOption())
    .requiredOption('--url <url>', 'the URL that receives POST requests: https, with a public address')
    .option('--agent <external-id>', 'the external id of the agent whose events it receives (default: all agents without an endpoint)')
    .option('--context-limit <messages>', 'the most recent messages in a payload, 0 to 50 (default: 10)', countArgument)
    .option('--timeout-seconds <seconds>', 'the time within which it must answer, 5 to 120 (default: 30)', countArgument)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nIt needs WEBHOOK_ENCRYPTION_KEY, the same as the server.\n\nExample:\n  $ parley webhook create --org $ORG --url https://hooks.example.com/parley',
    )
    .action(async ({ org, url, agent, contextLimit = null, timeoutSeconds = null }: CreateOptions) => {
      const settings = webhookSettings(environment);
      const database = await open();
      const agentId = agent === undefined ? null : await findAgent(database, org, agent);
      const { endpoint, secret } = await setEndpoint(database, settings, org, {
        agentId,
        url,
        contextLimit,
        renewSecret: false,
        timeoutSeconds,
      });
      logAction({
        action: secret === null ? 'WEBHOOK_ENDPOINT_CHANGED' : 'WEBHOOK_ENDPOINT_CREATED',
        organizationId: org,
        endpointId: endpoint.id,
      });
      const notice =
        secret === null
          ? `The endpoint existed: it has the new settings and its old secret. Its id is ${endpoint.id}.`
          : secretNotice(endpoint);
      out({ ...endpointDocument(endpoint), secret }, secret === null ? [] : [secret], [notice]);
    });
}

async function findAgent({ prisma }: Database, organizationId: string, externalId: string): Promise<string> {
  const where = { organizationId_externalId: { organizationId, externalId } };
  const agent = await prisma.agent.findUnique({ where, select: { id: true } });
  if (agent === null) throw new OperatorError('the organization has no agent with this external id');
  return agent.id;
}

function listCommand({ open, out }: CliContext): Command {
  return new Command('list')
    .description("list an organization's webhook endpoints, without their secrets")
    .addOption(orgOption())
    .addOption(jsonOption())
    .action(async ({ org }: { org: string }) => {
      const database = await open();
      await findOrganization(database, org);
      const endpoints = await listEndpoints(database, org);
      const rows = endpoints.map((each) => [
        each.id,
        each.secretHint,
        formatInstant(each.createdAt),
        endpointState(each),
        each.agentId ?? 'all',
        each.url,
      ]);
      out(endpoints.map(endpointDocument), table(['ID', 'SECRET', 'CREATED', 'STATE', 'AGENT', 'URL'], rows));
    });
}

const switches = {
  disable: {
    command: disableEndpoint,
    action: 'WEBHOOK_ENDPOINT_DISABLED',
    description: 'stop all deliveries to an endpoint; pending ones are withdrawn',
  },
  enable: { command: enableEndpoint, action: 'WEBHOOK_ENDPOINT_ENABLED', description: 'deliver events to an endpoint from now on' },
} as const;

function switchCommand({ open, out, logAction }: CliContext, name: keyof typeof switches): Command {
  const { command, action, description } = switches[name];
  return new Command(name)
    .description(description)
    .argument('<id>', 'the id of the endpoint', uuidArgument)
    .addOption(orgOption())
    .addOption(jsonOption())
    .action(async (id: string, { org }: { org: string }) => {
      const { changed, ...endpoint } = await command(await open(), org, id);
      if (changed) logAction({ action, organizationId: org, endpointId: id });
      out(endpointDocument(endpoint), [`${endpoint.url} is ${endpointState(endpoint)}.`]);
    });
}

function deleteCommand({ open, out, logAction }: CliContext): Command {
  return new Command('delete')
    .description('delete an endpoint with its deliveries; pending ones are not sent')
    .argument('<id>', 'the id of the endpoint', uuidArgument)
    .addOption(orgOption())
    .addOption(jsonOption())
    .action(async (id: string, { org }: { org: string }) => {
      if (!(await deleteEndpoint(await open(), org, id))) throw noEndpoint();
      logAction({ action: 'WEBHOOK_ENDPOINT_DELETED', organizationId: org, endpointId: id });
      out({ id, deleted: true }, ['The endpoint is deleted.']);
    });
}
