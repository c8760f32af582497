import { columns, source } from '../../../database/source.ts';
import type { AgentModel } from '../../../generated/prisma/models.ts';

const fields = ['id', 'externalId', 'name', 'createdAt'] as const;

export type AgentRow = Pick<AgentModel, (typeof fields)[number]>;

/** Agents by id, and as the list of their organization. */
export const agentSource = source<AgentRow>({
  label: 'agents',
  columns: columns('a', fields),
  from: 'agents a',
  organization: 'a.organization_id',
  parent: 'a.organization_id',
  key: 'a.id',
  id: 'a.id',
});

export const agentByExternalId = { ...agentSource, key: 'a.external_id', keyType: 'text' } as const;
