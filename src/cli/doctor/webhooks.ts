import { SealedSecrets } from '../../auth/sealed-secrets.ts';
import { loadConfig } from '../../config.ts';
import { countUnreadable } from '../../modules/webhook/store/unreadable-secrets.ts';
import type { Check } from './check.ts';

export const webhooks: Check = {
  name: 'webhooks',
  needsSchema: true,
  run: async (database, environment) => {
    const { webhookEncryptionKeys } = loadConfig(environment);
    const { endpoints, unreadable } = await countUnreadable(database, new SealedSecrets(webhookEncryptionKeys));
    if (unreadable > 0) {
      return {
        state: 'problem',
        text: `the secrets of ${unreadable} of ${endpoints} webhook endpoints cannot be opened with the keys of WEBHOOK_ENCRYPTION_KEY, so nothing is sent to them`,
        action:
          'add the key that sealed them to WEBHOOK_ENCRYPTION_KEY, or give each a new secret: parley webhook rotate ID --org ORG --grace none',
      };
    }
    if (endpoints > 0) return { state: 'ok', text: `the secrets of ${endpoints} webhook endpoints can be opened` };
    return webhookEncryptionKeys.length > 0
      ? { state: 'ok', text: 'no webhook endpoint exists' }
      : { state: 'ok', text: 'no webhook endpoint exists, and none can be created without WEBHOOK_ENCRYPTION_KEY' };
  },
};
