import { uuidv7 } from 'uuidv7';
import type { RequestDatabase, Transaction } from '../../../database/database.ts';
import { badInput, ParleyError } from '../../../errors.ts';
import { startReading } from '../../event/store/reader-position.ts';
import { lockOrganization } from '../../organization/store/lock.ts';
import { type EndpointRow, endpointColumns } from '../store/endpoint-rows.ts';
import { webhookReader } from '../store/reader.ts';
import { replaceSecret, rotationSeconds } from './rotate-secret.ts';
import { newWebhookSecret, type WebhookSettings, webhookSecretHint } from './settings.ts';

interface EndpointInput {
  /** Null: the endpoint of the organization. */
  agentId: string | null;
  url: string;
  /** Null: unchanged, or 10 in a new endpoint. */
  contextLimit: number | null;
  /** Null: unchanged, or 30 in a new endpoint. */
  timeoutSeconds: number | null;
  /** True: an existing endpoint gets a new secret, as by `rotateSecret`. */
  renewSecret: boolean;
}

interface SetEndpoint {
  endpoint: EndpointRow;
  created: boolean;
  /** The new secret; null if the secret is unchanged. */
  secret: string | null;
}

export const mostContext = 50;
export const defaultContext = 10;
export const timeoutRange = { least: 5, most: 120, default: 30 };

/**
 * Creates the endpoint of an organization or of an agent, or changes the existing one, and enables it. A new endpoint receives what happens from now on.
 * @throws BAD_USER_INPUT, NOT_FOUND, CONFLICT if the gateway has no key to encrypt the secret with
 */
export async function setEndpoint(
  database: RequestDatabase,
  { secrets, urlProblem }: WebhookSettings,
  organizationId: string,
  input: EndpointInput,
): Promise<SetEndpoint> {
  const { agentId, url, contextLimit, timeoutSeconds, renewSecret } = input;
  const problem = urlProblem(url);
  if (problem !== null) throw badInput('url', problem);
  checkRange('contextLimit', contextLimit, 0, mostContext);
  checkRange('timeoutSeconds', timeoutSeconds, timeoutRange.least, timeoutRange.most);
  return database.transaction(async (tx) => {
    // One change of the set of endpoints at a time: `deleteEndpoint` stops the reader after the last one.
    await lockOrganization(tx, organizationId);
    const [endpoint] = await tx.query<EndpointRow>({
      label: 'webhook_endpoint_update',
      text: `update webhook_endpoints w set url = $3, context_limit = coalesce($4, w.context_limit), timeout_seconds = coalesce($5, w.timeout_seconds),
          disabled_reason = null, disabled_at = null, failures_in_a_row = 0, failing_since = null
        where w.organization_id = $1 and w.agent_id is not distinct from $2::uuid returning ${endpointColumns}`,
      values: [organizationId, agentId, url, contextLimit, timeoutSeconds],
    });
    if (endpoint !== undefined) {
      if (!renewSecret) return { endpoint, created: false, secret: null };
      return { created: false, ...(await replaceSecret(tx, secrets, organizationId, endpoint.id, rotationSeconds.default)) };
    }
    if (agentId !== null) await checkAgent(tx, organizationId, agentId);
    const secret = newWebhookSecret();
    const id = uuidv7();
    const sealed = secrets.seal({ organizationId, id }, secret);
    await startReading(tx, organizationId, webhookReader);
    const created = await tx.query<EndpointRow>({
      label: 'webhook_endpoint_create',
      text: `insert into webhook_endpoints as w (organization_id, id, agent_id, url, secret, secret_hint, context_limit, timeout_seconds)
        values ($1, $2, $3, $4, $5, $6, $7, $8) returning ${endpointColumns}`,
      values: [
        organizationId,
        id,
        agentId,
        url,
        sealed,
        webhookSecretHint(secret),
        contextLimit ?? defaultContext,
        timeoutSeconds ?? timeoutRange.default,
      ],
    });
    return { endpoint: created[0] as EndpointRow, created: true, secret };
  });
}

async function checkAgent(tx: Transaction, organizationId: string, id: string): Promise<void> {
  const agent = await tx.prisma.agent.findUnique({ where: { organizationId_id: { organizationId, id } }, select: { id: true } });
  if (agent === null) throw new ParleyError('NOT_FOUND', 'there is no such agent');
}

function checkRange(field: string, value: number | null, least: number, most: number): void {
  if (value !== null && !(value >= least && value <= most)) throw badInput(field, `must be from ${least} to ${most}`);
}
