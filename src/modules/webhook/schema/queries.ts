import type { GraphQLResolveInfo } from 'graphql';
import { countAll, countUpTo, maxCountedText } from '../../../database/count.ts';
import type { ListSource } from '../../../database/source.ts';
import { badInput, ParleyError, refuseNulls } from '../../../errors.ts';
import type { Context } from '../../../graphql/context.ts';
import { viewerOf } from '../../../graphql/schema/authorization.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { resolveConnection, selects } from '../../../graphql/schema/connection.ts';
import { type ConnectionArgs, offsetDescription, readPage } from '../../../graphql/schema/page-arguments.ts';
import { argumentsOfPayload } from '../../../graphql/schema/payload.ts';
import { orderings } from '../../../values/cursor.ts';
import { Agent } from '../../agent/schema/ref.ts';
import { agentSource } from '../../agent/store/rows.ts';
import { type DeliveryRow, deliveriesOfOrganization, deliverySource } from '../store/delivery-rows.ts';
import { endpointOfAgent, endpointOfOrganization, endpointSource } from '../store/endpoint-rows.ts';
import { type DeliveryFilter, deliveryConditions } from '../store/filter.ts';
import { StatusEnum } from './delivery.ts';
import { readScopes, WebhookDelivery, WebhookDeliveryConnection, WebhookEndpoint } from './ref.ts';

builder.queryField('webhookEndpoint', (t) =>
  t.field({
    type: WebhookEndpoint,
    nullable: true,
    extensions: { needs: [] },
    description: 'The webhook endpoint of an agent, or of the organization; null if it has none. NOT_FOUND if there is no such agent.',
    authScopes: readScopes,
    args: { agentId: t.arg.globalID({ for: Agent, description: 'The global id of an agent. Null: the endpoint of the organization.' }) },
    resolve: async (_parent, { agentId }, context) => {
      const { loaders } = context;
      if (agentId == null) return loaders.row(endpointOfOrganization, viewerOf(context).organizationId);
      if ((await loaders.row(agentSource, agentId.id)) === null) throw new ParleyError('NOT_FOUND', 'there is no such agent');
      return loaders.row(endpointOfAgent, agentId.id);
    },
  }),
);

builder.queryField('webhookEndpoints', (t) =>
  t.connection(
    {
      type: WebhookEndpoint,
      description: 'The organization’s webhook endpoints, including those of its agents and disabled ones, oldest first.',
      authScopes: readScopes,
      resolve: (_parent, args, context, info) =>
        resolveConnection(
          context,
          {
            source: endpointSource,
            ordering: { mark: orderings.webhookEndpointCreatedAt, descending: false },
            time: 'w.created_at',
            where: () => [],
            total: selects(info, 'totalCount') ? countAll : null,
          },
          args,
          viewerOf(context).organizationId,
        ),
    },
    { name: 'WebhookEndpointConnection', description: 'A page of webhook endpoints.' },
    { name: 'WebhookEndpointEdge', description: 'A webhook endpoint and its cursor.' },
  ),
);

/** The hours for which deliveries are kept. */
const mostHours = 30 * 24;

const Filter = builder.inputType('WebhookDeliveryFilter', {
  description:
    'A filter of webhook deliveries: a delivery matches if it matches every given field. A field must not be null: leave it out.',
  fields: (t) => ({
    statuses: t.field({ type: [StatusEnum], description: 'Deliveries in one of these states; an empty list matches none.' }),
    createdAfter: t.field({ type: 'DateTime', description: 'Deliveries that were queued after this time.' }),
    withinHours: t.int({ description: `Deliveries that were queued within this many hours before now, 1 to ${mostHours}.` }),
  }),
});

const filterArgument = { type: Filter, description: 'A filter of the list. Null: all deliveries.' } as const;
const ordering = { mark: orderings.webhookDeliveryCreatedAt, descending: true };
const order = `newest first. \`totalCount\` counts up to ${maxCountedText}`;

interface Arguments extends ConnectionArgs {
  filter?: DeliveryFilter | null | undefined;
}

/** Checks the arguments of a list of deliveries. @throws BAD_USER_INPUT */
function checkArguments({ filter, ...args }: Arguments): void {
  checkFilter(filter ?? {});
  readPage(args, ordering);
}

function checkFilter(filter: DeliveryFilter): void {
  refuseNulls('filter', filter);
  const { withinHours } = filter;
  if (withinHours != null && !(withinHours >= 1 && withinHours <= mostHours))
    throw badInput('filter.withinHours', `must be from 1 to ${mostHours}`);
}

function listDeliveries(
  context: Context,
  source: ListSource<DeliveryRow>,
  { filter, ...args }: Arguments,
  info: GraphQLResolveInfo,
  parentId: string,
) {
  checkFilter(filter ?? {});
  return resolveConnection(
    context,
    {
      source,
      ordering,
      time: 'd.created_at',
      where: (bind) => deliveryConditions(filter ?? {}, bind),
      total: selects(info, 'totalCount') ? (_bind, filtered) => countUpTo(`select ${filtered}`) : null,
    },
    args,
    parentId,
  );
}

builder.queryField('webhookDeliveries', (t) =>
  t.connection(
    {
      type: WebhookDelivery,
      description: `The deliveries to all webhook endpoints of the organization, ${order}.`,
      authScopes: readScopes,
      args: { offset: t.arg.int({ description: offsetDescription }), filter: t.arg(filterArgument) },
      resolve: (_parent, args, context, info) =>
        listDeliveries(context, deliveriesOfOrganization, args, info, viewerOf(context).organizationId),
    },
    WebhookDeliveryConnection,
  ),
);

builder.objectField(WebhookEndpoint, 'deliveries', (t) =>
  t.connection(
    {
      type: WebhookDelivery,
      description: `The deliveries to this endpoint, ${order}.`,
      args: { filter: t.arg(filterArgument) },
      extensions: { needs: [], ...argumentsOfPayload(checkArguments) },
      resolve: ({ id }, args, context, info) => listDeliveries(context, deliverySource, args, info, id),
    },
    WebhookDeliveryConnection,
  ),
);
