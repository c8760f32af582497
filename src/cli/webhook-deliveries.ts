import { Command, InvalidArgumentError, Option } from 'commander';
import { findOrganization } from '../modules/organization/store/find.ts';
import { replayDelivery } from '../modules/webhook/commands/replay-delivery.ts';
import { testEndpoint } from '../modules/webhook/commands/test-endpoint.ts';
import { type DeliveryRow, deliveryStatuses, listDeliveries } from '../modules/webhook/store/delivery-rows.ts';
import { formatInstant } from '../values/instant.ts';
import { countArgument, uuidArgument } from './arguments.ts';
import { type CliContext, jsonOption, table } from './context.ts';
import { orgOption } from './key-text.ts';
import { deliveryDocument } from './webhook-text.ts';

interface ListOptions {
  org: string;
  endpoint?: string | null;
  status?: DeliveryRow['status'] | null;
  limit: number;
}

const mostListed = 1_000;

export function deliveriesCommand({ open, out }: CliContext): Command {
  return new Command('deliveries')
    .description('list the deliveries of an organization, newest first; they have no content')
    .addOption(orgOption())
    .option('--endpoint <id>', 'only the deliveries to this endpoint', uuidArgument)
    .addOption(new Option('--status <status>', 'only the deliveries in this state').choices(deliveryStatuses))
    .option('--limit <number>', `the most deliveries to list, 1 to ${mostListed}`, limitArgument, 50)
    .addOption(jsonOption())
    .action(async ({ org, endpoint = null, status = null, limit }: ListOptions) => {
      const database = await open();
      await findOrganization(database, org);
      const deliveries = await listDeliveries(database, org, { endpointId: endpoint, status, limit });
      const rows = deliveries.map((each) => [
        each.id,
        formatInstant(each.createdAt),
        each.kind,
        each.status,
        String(each.attempts),
        String(each.httpStatus ?? '-'),
        each.error ?? '-',
        each.nextAttemptAt === null ? '-' : formatInstant(each.nextAttemptAt),
      ]);
      out(deliveries.map(deliveryDocument), table(['ID', 'CREATED', 'KIND', 'STATUS', 'ATTEMPTS', 'HTTP', 'ERROR', 'NEXT ATTEMPT'], rows));
    });
}

function limitArgument(text: string): number {
  const limit = countArgument(text);
  if (limit < 1 || limit > mostListed) throw new InvalidArgumentError(`It must be from 1 to ${mostListed}.`);
  return limit;
}

export function testCommand({ open, out }: CliContext): Command {
  return new Command('test')
    .description('queue a sample message, which a running server sends to the endpoint once, also if it is disabled')
    .argument('<id>', 'the id of the endpoint', uuidArgument)
    .addOption(orgOption())
    .addOption(jsonOption())
    .action(async (id: string, { org }: { org: string }) => {
      const delivery = await testEndpoint(await open(), org, id, null);
      out(deliveryDocument(delivery), [
        `Queued ${delivery.id}. See its result with: parley webhook deliveries --org ${org} --endpoint ${id} --limit 1`,
      ]);
    });
}

export function replayCommand({ open, out }: CliContext): Command {
  return new Command('replay')
    .description('send a delivery again that has ended, with the current content and the same X-Webhook-ID')
    .argument('<id>', 'the id of the delivery', uuidArgument)
    .addOption(orgOption())
    .addOption(jsonOption())
    .action(async (id: string, { org }: { org: string }) => {
      const { changed, ...delivery } = await replayDelivery(await open(), org, id);
      out(deliveryDocument(delivery), [changed ? 'It will be sent again.' : 'It was pending already.']);
    });
}
