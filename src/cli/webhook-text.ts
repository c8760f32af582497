import { SealedSecrets } from '../auth/sealed-secrets.ts';
import { type Environment, loadConfig } from '../config.ts';
import type { WebhookSettings } from '../modules/webhook/commands/settings.ts';
import type { DeliveryRow } from '../modules/webhook/store/delivery-rows.ts';
import type { EndpointRow } from '../modules/webhook/store/endpoint-rows.ts';
import { formatInstant } from '../values/instant.ts';
import { readRanges } from '../values/public-address.ts';
import { webhookUrlProblem } from '../values/webhook-url.ts';

/** Returns the settings of webhooks from the environment, which must be the server's. */
export function webhookSettings(environment: Environment): WebhookSettings {
  const { webhookEncryptionKeys, webhookAllowedRanges } = loadConfig(environment);
  const ranges = readRanges(webhookAllowedRanges);
  return { secrets: new SealedSecrets(webhookEncryptionKeys), urlProblem: (url) => webhookUrlProblem(url, ranges) };
}

/** Returns the sentence for people beside a new secret. */
export function secretNotice({ id }: EndpointRow): string {
  return `This is the only time the secret is shown. The endpoint's id is ${id}.`;
}

/** Returns an endpoint as JSON output has it. */
export function endpointDocument(endpoint: EndpointRow) {
  const { disabledAt, failingSince, previousSecretUntil, createdAt, ...rest } = endpoint;
  return {
    ...rest,
    disabledAt: disabledAt && formatInstant(disabledAt),
    failingSince: failingSince && formatInstant(failingSince),
    previousSecretUntil: previousSecretUntil && formatInstant(previousSecretUntil),
    createdAt: formatInstant(createdAt),
  };
}

/** Returns the state of an endpoint in words. */
export function endpointState({ disabledReason, disabledAt, failuresInARow }: EndpointRow): string {
  if (disabledReason !== null) return `disabled since ${disabledAt && formatInstant(disabledAt)} (${disabledReason.toLowerCase()})`;
  return failuresInARow === 0 ? 'active' : `active, ${failuresInARow} failed in a row`;
}

/** Returns a delivery as JSON output has it. */
export function deliveryDocument(delivery: DeliveryRow) {
  const { nextAttemptAt, lastAttemptAt, createdAt, ...rest } = delivery;
  return {
    ...rest,
    nextAttemptAt: nextAttemptAt && formatInstant(nextAttemptAt),
    lastAttemptAt: lastAttemptAt && formatInstant(lastAttemptAt),
    createdAt: formatInstant(createdAt),
  };
}
