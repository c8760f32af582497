import { agentMessage } from './agentmessage/sync.ts';
import { agentPhone } from './agentphone/sync.ts';
import type { SourceContract } from './sync/contract.ts';
import { ziik } from './ziik/sync.ts';

/** The APIs from which messages can be copied. */
export const sources: readonly SourceContract[] = [agentMessage, agentPhone, ziik];
