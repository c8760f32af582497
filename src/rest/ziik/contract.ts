import type { Contract } from '../contract.ts';
import { getConversation } from './get-conversation.ts';
import { listConversations } from './list-conversations.ts';
import { listMessages } from './list-messages.ts';
import { refuse } from './refuse.ts';

export const ziik: Contract = { name: 'ziik', title: 'Ziik', routes: [listMessages, listConversations, getConversation], refuse };
