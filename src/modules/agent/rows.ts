import { columns } from '../../database/columns.ts';
import type { AgentModel } from '../../generated/prisma/models.ts';

const fields = ['id', 'name', 'createdAt'] as const;

export type AgentRow = Pick<AgentModel, (typeof fields)[number]>;

export const agentSource = {
  label: 'agents',
  columns: columns('a', fields),
  from: 'agents a',
  organization: 'a.organization_id',
  key: 'a.id',
};
