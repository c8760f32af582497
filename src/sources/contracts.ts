import { agentMessage } from './agentmessage/sync.ts';
import { agentPhone } from './agentphone/sync.ts';
import type { SourceContract } from './sync/contract.ts';
import { ziik } from './ziik/sync.ts';

/** The path of a receiver of webhooks, before its id. */
export const receiverPath = '/agentphone/webhook/';

/** The APIs from which messages can be copied. */
export const sources: readonly SourceContract[] = [agentMessage, agentPhone, ziik];
