import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../contenders/start.ts';
import { type Call, graphql } from '../scenario.ts';

/** A call of AgentMessage's API. */
export function rest(path: string, key: string | undefined): Call {
  return { method: 'GET', path, headers: { Authorization: `Bearer ${key}` } };
}

/** The same over /graphql: the operation that the route runs. */
export function operation(name: string, variables: object, key: string | undefined): Call {
  return graphql(readFileSync(join(root, `src/rest/agentmessage/${name}.graphql`), 'utf8'), variables, key);
}

export const restTargets = [
  { case: 'AgentMessage', against: 'its operation over /graphql', measure: 'rate', atLeast: 0.9 },
  { case: 'AgentMessage', against: 'floor', measure: 'rate', atLeast: 0.5 },
] as const;
