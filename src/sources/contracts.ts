import { agentMessage } from './agentmessage/sync.ts';
import type { SourceContract } from './sync/contract.ts';

/** The APIs from which messages can be copied. */
export const sources: readonly SourceContract[] = [agentMessage];
