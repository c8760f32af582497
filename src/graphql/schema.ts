import './scalars.ts';
import './total-count.ts';
import './mutation.ts';
import '../modules/organization/graphql.ts';
import '../modules/phone-number/graphql.ts';
import '../modules/agent/graphql.ts';
import '../modules/participant/graphql.ts';
import '../modules/conversation/graphql.ts';
import '../modules/conversation/queries.ts';
import '../modules/conversation/mutations.ts';
import '../modules/message/graphql.ts';
import '../modules/message/of-conversation.ts';
import '../modules/message/of-phone-number.ts';
import '../modules/message/queries.ts';
import { builder } from './builder.ts';

export const schema = builder.toSchema();
