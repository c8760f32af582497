import type { GraphQLResolveInfo } from 'graphql';
import { maxCountedText } from '../../../database/count.ts';
import { refuseNulls } from '../../../errors.ts';
import type { Context } from '../../../graphql/context.ts';
import { viewerOf } from '../../../graphql/schema/authorization.ts';
import { builder } from '../../../graphql/schema/builder.ts';
import { resolveConnection, selects } from '../../../graphql/schema/connection.ts';
import { type ConnectionArgs, offsetDescription } from '../../../graphql/schema/page-arguments.ts';
import { OrderDirection } from '../../../graphql/schema/shared-arguments.ts';
import { orderings } from '../../../values/cursor.ts';
import { longestSearch } from '../../../values/search-text.ts';
import { filterConditions, filterTotal, type ParticipantFilter } from '../store/filter.ts';
import { participantsOfOrganization } from '../store/rows.ts';
import { KindEnum } from './node.ts';
import { Participant, ParticipantConnection } from './ref.ts';

const everyField = 'A field must not be null: leave it out.';
const search = `without regard to case, accents and width. At most ${longestSearch} characters, counted as in \`MessageFilter.query\``;

const ContactFilterInput = builder.inputType('ContactFilter', {
  description: `A filter of contacts: a contact matches if it matches every given field. ${everyField}`,
  fields: (t) => ({
    contactNumber: t.field({ type: 'PhoneNumberString', description: 'The address of the contact, compared exactly.' }),
    query: t.string({ description: `A part of the contact’s name or number, ${search}; an empty text matches every contact.` }),
  }),
});

const ParticipantFilterInput = builder.inputType('ParticipantFilter', {
  description: `A filter of participants: a participant matches if they match every given field. ${everyField}`,
  fields: (t) => ({
    kinds: t.field({ type: [KindEnum], description: 'Participants of one of these kinds; an empty list matches nobody.' }),
    contactNumber: t.field({ type: 'PhoneNumberString', description: 'The address of a contact, compared exactly.' }),
    left: t.boolean({ description: 'True: people who left the workplace. False: everybody else.' }),
    query: t.string({
      description: `A part of \`Participant.name\` or the contact’s address, ${search}; an empty text matches everybody.`,
    }),
  }),
});

const OrderField = builder.enumType('ParticipantOrderField', {
  description: 'A field that participants can be ordered by. Equal values are ordered by id.',
  values: { CREATED_AT: { description: 'The time at which the participant was first stored.' } },
});

const Order = builder.inputType('ParticipantOrder', {
  description: 'The order of a list of participants.',
  fields: (t) => ({
    field: t.field({ type: OrderField, required: true, description: 'The field to order by.' }),
    direction: t.field({ type: OrderDirection, required: true, description: 'The direction of the order.' }),
  }),
});

interface Arguments extends ConnectionArgs {
  filter?: ParticipantFilter | null | undefined;
  orderBy?: typeof Order.$inferInput | null | undefined;
}

function listParticipants(context: Context, { filter, orderBy, ...args }: Arguments, info: GraphQLResolveInfo) {
  const conditions = filter ?? {};
  refuseNulls('filter', conditions);
  return resolveConnection(
    context,
    {
      source: participantsOfOrganization,
      ordering: { mark: orderings.participantCreatedAt, descending: orderBy?.direction === 'DESC' },
      time: 'p.created_at',
      where: (bind) => filterConditions(conditions, bind),
      total: selects(info, 'totalCount') ? (_bind, filtered) => filterTotal(conditions, filtered) : null,
    },
    args,
    viewerOf(context).organizationId,
  );
}

builder.queryField('participants', (t) =>
  t.connection(
    {
      type: Participant,
      description: `The organization’s participants, in the order in which they were stored unless \`orderBy\` is given. \`totalCount\` is exact without a filter and with \`kinds\` alone; with other filters it counts up to ${maxCountedText}.`,
      authScopes: { scope: 'conversations:read' },
      args: {
        filter: t.arg({ type: ParticipantFilterInput, description: 'A filter of the list. Null: all participants.' }),
        orderBy: t.arg({ type: Order, description: 'The order of the list. Null: by CREATED_AT, ascending.' }),
      },
      resolve: (_parent, { filter, ...args }, context, info) => {
        // A repeated kind would be compared with every participant again.
        const kinds = filter?.kinds && [...new Set(filter.kinds)];
        return listParticipants(context, { ...args, filter: kinds ? { ...filter, kinds } : filter }, info);
      },
    },
    ParticipantConnection,
  ),
);

builder.queryField('contacts', (t) =>
  t.connection(
    {
      type: Participant,
      description: `The organization’s contacts, which are the participants of kind CONTACT, in the order in which they were stored unless \`orderBy\` is given. \`totalCount\` is exact without a filter; with one it counts up to ${maxCountedText}.`,
      authScopes: { scope: 'conversations:read' },
      args: {
        offset: t.arg.int({ description: offsetDescription }),
        filter: t.arg({ type: ContactFilterInput, description: 'A filter of the list. Null: all contacts.' }),
        orderBy: t.arg({ type: Order, description: 'The order of the list. Null: by CREATED_AT, ascending.' }),
      },
      resolve: (_parent, { filter, ...args }, context, info) =>
        listParticipants(context, { ...args, filter: { ...filter, kinds: ['CONTACT'] } }, info),
    },
    ParticipantConnection,
  ),
);
