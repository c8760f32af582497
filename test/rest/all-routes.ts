// Every route of every contract, for tests that include a new route without a change.
import { schema } from '../../src/graphql/built-schema.ts';
import { contracts } from '../../src/rest/contracts.ts';
import type { Contract } from '../../src/rest/kit/contract.ts';
import { openApi } from '../../src/rest/kit/openapi/document.ts';
import type { Route } from '../../src/rest/kit/route.ts';
import { encodeId } from '../../src/values/ids.ts';
import type { Tenant, useApp } from '../support/harness.ts';
import { phoneLine } from '../support/lines.ts';
import { stableHeaders } from '../support/stable-headers.ts';

interface Parameter {
  name: string;
  in: 'path' | 'query';
  description?: string;
  example?: unknown;
  schema: {
    type: string | string[];
    minimum?: number;
    maximum?: number;
    maxLength?: number;
    enum?: string[];
    format?: string;
    pattern?: string;
    default?: unknown;
  };
}

interface BodySchema {
  properties?: Record<string, { type?: string | string[]; anyOf?: { type?: string }[] }>;
  required?: string[];
}

/** The parts of an operation's description that tests read. */
interface Operation {
  parameters: Parameter[];
  requestBody?: {
    content: { 'application/json': { schema: BodySchema; example: object } };
  };
  responses: Record<string, object>;
  'x-graphql': { document: string; variables: Record<string, unknown>; example: Record<string, unknown> };
}

export interface Case {
  title: string;
  contract: Contract;
  route: Route;
  operation: Operation;
}

export const cases: readonly Case[] = contracts.flatMap((contract) => {
  // The parts that tests read.
  const { paths } = openApi(contract, schema) as object as { paths: Record<string, Record<string, Operation>> };
  return contract.routes.map((route) => {
    const operation = paths[route.path]?.[route.method.toLowerCase()];
    const title = `${contract.name}: ${route.method} ${route.path}`;
    if (operation === undefined) throw new Error(`the OpenAPI document lacks ${title}`);
    return { title, contract, route, operation };
  });
});

/** Parameter in a path → value, for each contract. */
export type Ids = Record<string, Record<string, string>>;

/** Returns the ids of a tenant's most recent phone conversation, its agent and its number. */
export async function idsOf(parley: ReturnType<typeof useApp>, { key }: Pick<Tenant, 'key'>): Promise<Ids> {
  const query = '{ conversations(first: 1, filter: { types: [PHONE] }) { nodes { id number agent { id } phoneNumber { id } } } }';
  const [conversation] = (await parley.graphql(key, query)).data.conversations.nodes;
  return idsFrom(conversation.id, conversation.agent.id, conversation.phoneNumber.id, conversation.number);
}

/** Returns a tenant with one conversation, and the ids for every parameter of a path. */
export async function tenantWithIds(parley: ReturnType<typeof useApp>): Promise<{ tenant: Tenant; ids: Ids }> {
  const tenant = await parley.tenant();
  await parley.importLines(tenant, [phoneLine({ agent: { externalId: 'ada', name: 'Ada' } })]);
  return { tenant, ids: await idsOf(parley, tenant) };
}

const uuid = '0190a1b2-c3d4-7000-8000-000000000000';

/** Well-formed ids that no row has. */
export const unknownIds = idsFrom(
  encodeId('Conversation', uuid),
  encodeId('Agent', uuid),
  encodeId('PhoneNumber', uuid),
  Number.MAX_SAFE_INTEGER,
);

/** Ids that are malformed in every contract. */
export const malformedIds: Ids = {
  agentmessage: { id: 'x' },
  agentphone: { conversation_id: 'x', agent_id: 'x', number_id: 'x' },
  ziik: { conversation: 'x' },
};

function idsFrom(conversation: string, agent: string, number: string, conversationNumber: number): Ids {
  return {
    agentmessage: { id: conversation },
    agentphone: { conversation_id: `conv_${conversation}`, agent_id: `agt_${agent}`, number_id: `num_${number}` },
    ziik: { conversation: String(conversationNumber) },
  };
}

/** Returns the path of a route, below the contract's mount. @throws if a parameter of the path has no id here */
export function pathOf({ contract, route }: Pick<Case, 'contract' | 'route'>, ids: Ids): string {
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name) => {
    const value = ids[contract.name]?.[name];
    if (value === undefined) throw new Error(`all-routes.ts does not know what {${name}} of ${contract.name} is the id of`);
    return value;
  });
  return `/${contract.name}${path}`;
}

/** Returns the method and, if the route reads a body, the example of its description. */
export function initOf({ route, operation }: Pick<Case, 'route' | 'operation'>, body: unknown = undefined): RequestInit {
  const { requestBody } = operation;
  if (requestBody === undefined) return { method: route.method };
  const sent = body ?? requestBody.content['application/json'].example;
  return { method: route.method, body: JSON.stringify(sent), headers: { 'content-type': 'application/json' } };
}

/** Returns status, text and headers, without those that differ between requests: the request id, the date and the rest of the budget. */
export async function comparable(response: Response): Promise<{ status: number; text: string; headers: [string, string][] }> {
  const id = response.headers.get('x-request-id') ?? 'none';
  const text = await response.text();
  return { status: response.status, text: text.replaceAll(id, ''), headers: stableHeaders(response.headers) };
}

/** Returns every text and number in a JSON value, at any depth, as text. */
export function scalars(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(scalars);
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
}

/** Removes links to the requested address: they only repeat the request. */
export function withoutLinks(text: string): string {
  return text.replaceAll(/"http:\/\/parley\.test\/[^"]*"/g, '""');
}
