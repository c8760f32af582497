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
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: PlanNode[];
}

/** Runs the one statement with this label of `work` again with EXPLAIN. @returns all nodes of its plan */
export async function explain({ database }: App, label: string, work: () => Promise<unknown>): Promise<PlanNode[]> {
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
  const [statement, ...more] = statements.filter((each) => each.label === label);
  if (statement === undefined || more.length > 0) throw new Error(`one statement "${label}" was expected`);
  const [row] = await database.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>({
    label: 'test_explain',
    text: `explain (analyze, buffers, format json) ${statement.text}`,
    values: statement.values ?? [],
    replanned: true,
  });
  return row?.['QUERY PLAN'].flatMap(({ Plan }) => nodesOf(Plan)) ?? [];
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}
