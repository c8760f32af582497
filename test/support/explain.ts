import { vi } from 'vitest';
import type { App } from '../../src/app.ts';
import type { Queryable, Statement } from '../../src/database/database.ts';

/** A node of an executed plan, as EXPLAIN writes it. */
export interface PlanNode {
  'Node Type': string;
  'Parent Relationship'?: string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Loops': number;
  /** Rows that the node returned in one loop, on average. */
  'Actual Rows': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: PlanNode[];
}

/** A statement's label, and all nodes of its executed plan. */
export interface Explained {
  label: string;
  nodes: PlanNode[];
}

/** Runs the one statement with this label of `work` again with EXPLAIN, planned for its values. @returns all nodes of its plan */
export async function explain(app: App, label: string, work: () => Promise<unknown>): Promise<PlanNode[]> {
  const [explained, ...more] = await explainEach(app, [label], work);
  if (explained === undefined || more.length > 0) throw new Error(`one statement "${label}" was expected`);
  return explained.nodes;
}

/** Runs the statements with these labels of `work` again with EXPLAIN, planned for their values, in the same order. */
export async function explainEach({ database }: App, labels: readonly string[], work: () => Promise<unknown>): Promise<Explained[]> {
  const explained: Explained[] = [];
  for (const { label, text, values = [] } of await statementsOf(database, labels, work)) {
    const plans = await database.query<Plan>({ label: 'test_explain', text: `${explaining} ${text}`, values, replanned: true });
    explained.push({ label, nodes: nodesOfPlan(plans) });
  }
  return explained;
}

/** The same with the plan that the gateway uses on a PostgreSQL server: one plan for all values, unless the statement is planned for its values. */
export async function explainPrepared(app: App, label: string, work: () => Promise<unknown>): Promise<PlanNode[]> {
  const [statement, ...more] = await statementsOf(app.database, [label], work);
  if (statement === undefined || more.length > 0) throw new Error(`one statement "${label}" was expected`);
  const { text, values = [], replanned } = statement;
  if (replanned) throw new Error(`"${label}" is planned for its values`);
  return app.database.session(async (session) => {
    const run = (statement: string) => session.query<Plan>({ label: 'test_explain', text: statement, replanned: true });
    await run('set plan_cache_mode = force_generic_plan');
    await run(`prepare test_explained as ${text}`);
    try {
      return nodesOfPlan(await run(`${explaining} execute test_explained(${values.map(literal).join(', ')})`));
    } finally {
      await run('deallocate test_explained');
      await run('reset plan_cache_mode');
    }
  });
}

const explaining = 'explain (analyze, buffers, format json)';

interface Plan {
  'QUERY PLAN': { Plan: PlanNode }[];
}

/** A value that needs no escape, as SQL. */
function literal(value: unknown): string {
  if (value === null) return 'null';
  if (Buffer.isBuffer(value)) return `'\\x${value.toString('hex')}'`;
  if (value instanceof Date) return `'${value.toISOString()}'`;
  return Array.isArray(value) ? `'{${value.join(',')}}'` : `'${value}'`;
}

/** Returns the statements with these labels that `work` runs. */
async function statementsOf(database: App['database'], labels: readonly string[], work: () => Promise<unknown>): Promise<Statement[]> {
  const statements: Statement[] = [];
  const handleFor = database.for.bind(database);
  const ofGateway = database.query;
  const noting =
    (query: Queryable['query']): Queryable['query'] =>
    (statement) => {
      statements.push(statement);
      return query(statement);
    };
  // Every request has a database handle of its own; key look-ups use the gateway's.
  const spies = [
    vi.spyOn(database, 'for').mockImplementation((caller) => {
      const handle = handleFor(caller);
      return { ...handle, query: noting(handle.query) };
    }),
    vi.spyOn(database, 'query').mockImplementation(noting(ofGateway)),
  ];
  await work().finally(() => {
    for (const spy of spies) spy.mockRestore();
  });
  return statements.filter((each) => labels.includes(each.label));
}

function nodesOfPlan(plans: Plan[]): PlanNode[] {
  return plans.flatMap((row) => row['QUERY PLAN']).flatMap(({ Plan }) => nodesOf(Plan));
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}
