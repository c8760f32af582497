import { badInput } from '../../../errors.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { change, logAction } from '../../../graphql/schema/mutation.ts';
import { updateRetention } from '../commands/update-retention.ts';
import { Organization } from './ref.ts';

builder.relayMutationField(
  'updateRetentionPolicy',
  {
    description: 'How long the content of messages is to be kept.',
    inputFields: (t) => ({
      days: t.int({ description: 'After how many days of 24 hours it goes, 1 to 36,500; null: never by itself. It must be given.' }),
    }),
  },
  {
    description:
      'Puts another retention policy in force from now on, for every message of the organization. What is past the new window goes at once and for good; a longer window brings nothing back.',
    authScopes: { scope: 'org:admin:write' },
    resolve: async (_parent, { input: { days } }, context, info) => {
      // A variable forgotten must not keep everything for ever.
      if (days === undefined) throw badInput('input.days', 'is missing: give a number of days, or null for no window');
      const organization = await change(context, info, (...where) => updateRetention(...where, days));
      if (organization.changed) logAction(context, { action: 'RETENTION_CHANGED', retentionDays: days });
      return organization;
    },
  },
  {
    description: 'The organization with its policy.',
    outputFields: (t) => ({
      organization: t.field({
        type: Organization,
        description: 'As it is now.',
        resolve: (organization) => organization,
      }),
    }),
  },
);
