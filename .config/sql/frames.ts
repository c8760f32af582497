import { join } from 'node:path';
import * as is from 'typescript/unstable/ast/is';
import { nodesIn, type Project } from './project.ts';
import { type RowType, rowTypeOf } from './row-type.ts';

const folder = join(import.meta.dirname, '../../src/database');

/** The columns that the loaders add to those of a source. */
export interface Frames {
  keyed: RowType;
  page: RowType;
  around: RowType;
}

export function framesOf(project: Project): Frames {
  const page = addedBy(project, 'keyset.ts', 'PageRow');
  return {
    keyed: addedBy(project, 'row-statement.ts', 'KeyedRow'),
    page,
    around: new Map([...page, ...addedBy(project, 'around.ts', 'AroundRow')]),
  };
}

/** The properties that `type Name<Row> = … & { … }` adds. */
function addedBy({ checker, sourceFile }: Project, file: string, name: string): RowType {
  const alias = nodesIn(sourceFile(join(folder, file))).find((node) => is.isTypeAliasDeclaration(node) && node.name.text === name);
  const literal = alias && nodesIn(alias).find(is.isTypeLiteralNode);
  const type = literal && checker.getTypeFromTypeNode(literal);
  const added = type && rowTypeOf(checker, type);
  if (!added) throw new Error(`${file} has no type ${name} with properties of its own`);
  return added;
}
