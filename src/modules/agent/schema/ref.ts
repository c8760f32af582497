import { builder } from '../../../graphql/schema/builder.ts';
import type { AgentRow } from '../store/rows.ts';

export const Agent = builder.objectRef<AgentRow>('Agent');
