import { z } from 'zod';
import { blankProblem } from '../../values/name.ts';
import type { Client } from '../sync/client.ts';
import { RequestError } from '../sync/failures.ts';

interface Agent {
  externalId: string;
  name: string;
}

const agentItem = z.object({ name: z.string().nullish() });

/** Returns a function that reads an agent by its id, and remembers it. An agent without a usable name is called by its id. */
export function agentsOf(client: Client): (id: string) => Promise<Agent> {
  const known = new Map<string, Agent>();
  return async (id) => {
    const agent = known.get(id) ?? { externalId: id, name: await readName(client, id) };
    known.set(id, agent);
    return agent;
  };
}

async function readName(client: Client, id: string): Promise<string> {
  try {
    const { name } = await client.getAs(agentItem, `/v1/agents/${encodeURIComponent(id)}`);
    return name == null || blankProblem(name) !== null ? id : name;
  } catch (error) {
    if (error instanceof RequestError && error.status === 404) return id;
    throw error;
  }
}
