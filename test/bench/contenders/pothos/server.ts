// Yoga with Pothos and its Prisma plugin, written as their documentation shows it: prismaObject, prismaField, prismaConnection, relatedConnection.
import { createServer } from 'node:http';
import SchemaBuilder from '@pothos/core';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import { PrismaPg } from '@prisma/adapter-pg';
import { createYoga } from 'graphql-yoga';
import { connectionString, listen, organizationId } from '../listen.ts';
import { PrismaClient } from './generated/client/client.ts';
import { Channel, Direction, Status } from './generated/client/enums.ts';
import type PrismaTypes from './generated/pothos-types.ts';
import { getDatamodel } from './generated/pothos-types.ts';

const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString }) });

const builder = new SchemaBuilder<{ PrismaTypes: PrismaTypes; Scalars: { DateTime: { Input: Date; Output: Date } } }>({
  plugins: [PrismaPlugin, RelayPlugin],
  prisma: { client: prisma, dmmf: getDatamodel() },
});
builder.scalarType('DateTime', { serialize: (instant) => instant.toISOString() });

const DirectionEnum = builder.enumType(Direction, { name: 'Direction' });
const ChannelEnum = builder.enumType(Channel, { name: 'Channel' });
const StatusEnum = builder.enumType(Status, { name: 'Status' });

const newestFirst = { orderBy: [{ createdAt: 'desc' as const }, { id: 'desc' as const }] };

builder.prismaObject('VisibleMessage', {
  fields: (t) => ({
    id: t.exposeID('id'),
    number: t.int({ resolve: ({ number }) => Number(number) }),
    externalId: t.exposeString('externalId'),
    direction: t.expose('direction', { type: DirectionEnum }),
    channel: t.expose('channel', { type: ChannelEnum }),
    status: t.expose('status', { type: StatusEnum, nullable: true }),
    body: t.exposeString('body', { nullable: true }),
    segmentCount: t.exposeInt('segmentCount'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

builder.prismaObject('PhoneNumber', {
  fields: (t) => ({ id: t.exposeID('id'), e164: t.exposeString('number') }),
});

builder.prismaObject('Consent', {
  fields: (t) => ({ optedIn: t.exposeBoolean('optedIn'), optedInAt: t.expose('optedInAt', { type: 'DateTime', nullable: true }) }),
});

builder.prismaObject('Conversation', {
  fields: (t) => ({
    id: t.exposeID('id'),
    contactNumber: t.exposeString('contactNumber', { nullable: true }),
    lastMessageAt: t.expose('lastMessageAt', { type: 'DateTime' }),
    phoneNumber: t.relation('phoneNumber', { nullable: true }),
    consent: t.relation('consent', { nullable: true }),
    messages: t.relatedConnection('messages', { cursor: 'organizationId_id', query: newestFirst }),
  }),
});

builder.queryType({
  fields: (t) => ({
    conversation: t.prismaField({
      type: 'Conversation',
      nullable: true,
      args: { id: t.arg.id({ required: true }) },
      resolve: (query, _root, { id }) => prisma.conversation.findUnique({ ...query, where: { organizationId_id: { organizationId, id } } }),
    }),
    conversations: t.prismaConnection({
      type: 'Conversation',
      cursor: 'organizationId_id',
      resolve: (query) =>
        prisma.conversation.findMany({ ...query, where: { organizationId }, orderBy: [{ lastMessageAt: 'desc' }, { id: 'desc' }] }),
    }),
  }),
});

const yoga = createYoga({ schema: builder.toSchema(), graphiql: false });
await listen(createServer(yoga));
