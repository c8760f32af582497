import { badInput } from '../../../errors.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { change, logAction } from '../../../graphql/schema/mutation.ts';
import { updateRetention } from '../commands/update-retention.ts';
import { Organization } from './ref.ts';

builder.relayMutationField(
  'updateRetentionPolicy',
  {
    description: 'Input of `updateRetentionPolicy`.',
    inputFields: (t) => ({
      days: t.int({
        description: 'The retention window in days of 24 hours, 1 to 36,500. Null: content is kept without limit. The field must be given.',
      }),
    }),
  },
  {
    description:
      'Changes the retention window of all messages of the organization. Content that is older than the new window is redacted at once and cannot be restored; a longer window restores nothing.',
    authScopes: { scope: 'org:admin:write' },
    resolve: async (_parent, { input: { days } }, context, info) => {
      // A forgotten variable must not mean unlimited retention.
      if (days === undefined) throw badInput('input.days', 'is missing: give a number of days, or null for no window');
      const organization = await change(context, info, (database, organizationId) => updateRetention(database, organizationId, days));
      if (organization.changed) logAction(context, { action: 'RETENTION_CHANGED', retentionDays: days });
      return organization;
    },
  },
  {
    description: 'Payload of `updateRetentionPolicy`.',
    outputFields: (t) => ({
      organization: t.field({
        type: Organization,
        description: 'The organization after the change.',
        resolve: (organization) => organization,
      }),
    }),
  },
);
