import { vi } from 'vitest';
import type { App } from '../../src/app.ts';
import type { Statement } from '../../src/database/database.ts';

/** A node of an executed plan, as EXPLAIN writes it. */
export interface PlanNode {
  'Node Type': string;
  'Parent Relationship'?: string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Loops': number;
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

/** Runs the one statement with this label of `work` again with EXPLAIN. @returns all nodes of its plan */
export async function explain(app: App, label: string, work: () => Promise<unknown>): Promise<PlanNode[]> {
  const [explained, ...more] = await explainEach(app, [label], work);
  if (explained === undefined || more.length > 0) throw new Error(`one statement "${label}" was expected`);
  return explained.nodes;
}

/** Runs the statements with these labels of `work` again with EXPLAIN, in the same order. */
export async function explainEach({ database }: App, labels: readonly string[], work: () => Promise<unknown>): Promise<Explained[]> {
  const statements: Statement[] = [];
  const handleFor = database.for.bind(database);
  // Every request has a database handle of its own.
  const spy = vi.spyOn(database, 'for').mockImplementation((caller) => {
    const handle = handleFor(caller);
    const query: typeof handle.query = (statement) => {
      statements.push(statement);
      return handle.query(statement);
    };
    return { ...handle, query };
  });
  await work();
  spy.mockRestore();
  const explained: Explained[] = [];
  for (const { label, text, values = [] } of statements.filter((each) => labels.includes(each.label))) {
    const [row] = await database.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>({
      label: 'test_explain',
      text: `explain (analyze, buffers, format json) ${text}`,
      values,
      replanned: true,
    });
    explained.push({ label, nodes: row?.['QUERY PLAN'].flatMap(({ Plan }) => nodesOf(Plan)) ?? [] });
  }
  return explained;
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}
