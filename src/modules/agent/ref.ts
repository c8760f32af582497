import { builder } from '../../graphql/builder.ts';
import type { AgentRow } from './rows.ts';

export const Agent = builder.objectRef<AgentRow>('Agent');
