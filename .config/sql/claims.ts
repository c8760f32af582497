// Finds the statements of a file and the row types that the code claims for them.
import {
  type CallExpression,
  type Node,
  type ObjectLiteralExpression,
  type SourceFile,
  SyntaxKind,
  type VariableDeclaration,
} from 'typescript/unstable/ast';
import * as is from 'typescript/unstable/ast/is';
import type { Checker, Type } from 'typescript/unstable/sync';
import { localsOf } from './locals.ts';
import { nodesIn, type Project } from './project.ts';
import { type RowType, rowTypeOf } from './row-type.ts';

export interface Claim {
  file: string;
  line: number;
  /** Null: the code reads no column of the result. */
  row: RowType | null;
  /** TypeScript that gives the statement or the source in the scope of its module. */
  code: string;
  /** Declarations of its function that the code needs. */
  locals: string[];
  /** Names that the code needs and nobody knows before the program runs: samples give their values. */
  unknowns: string[];
}

export function claimsOf({ checker, sourceFile }: Project, path: string): Claim[] {
  const file = sourceFile(path);
  return nodesIn(file).flatMap((node) => {
    const found = is.isCallExpression(node)
      ? statementOf(checker, file, node)
      : is.isVariableDeclaration(node)
        ? sourceOf(checker, file, node)
        : null;
    if (found === null) return [];
    const line = file.text.slice(0, node.getStart(file)).split('\n').length;
    return [{ file: path, line, ...found }];
  });
}

type Found = Omit<Claim, 'file' | 'line'>;

/** A call `….query(statement)` that answers with an array of rows. A call that passes on a statement and its row type is left out. */
function statementOf(checker: Checker, file: SourceFile, call: CallExpression): Found | null {
  const [argument] = call.arguments;
  if (!is.isPropertyAccessExpression(call.expression) || call.expression.name.text !== 'query' || argument === undefined) return null;
  const row = argumentOf(checker, argumentOf(checker, checker.getTypeAtLocation(call), 'Promise'), 'Array');
  if (row === null) return null;
  const isParameter = row.isTypeParameter() || (row.isIntersectionType() && row.getTypes()?.some((each) => each.isTypeParameter()));
  if (isParameter && !is.isObjectLiteralExpression(argument)) return null;
  const nodes = is.isObjectLiteralExpression(argument) ? [partOf(argument, 'label'), partOf(argument, 'text')] : [argument];
  const texts = nodes.map((node) => node.getText(file));
  const code = nodes.length === 2 ? `{ label: ${texts[0]}, text: ${texts[1]} }` : `${texts[0]}`;
  return { row: isParameter ? null : rowTypeOf(checker, row), code, ...localsOf(file, call, nodes) };
}

/** The type argument of a generic type of this name; null for another type. */
function argumentOf(checker: Checker, type: Type | null | undefined, name: string): Type | null {
  if (!type?.isTypeReference() || type.getSymbol()?.name !== name) return null;
  return checker.getTypeArguments(type)[0] ?? null;
}

function partOf(literal: ObjectLiteralExpression, name: string): Node {
  for (const property of literal.properties) {
    if (is.isSpreadAssignment(property) || property.name === undefined || !is.isIdentifier(property.name) || property.name.text !== name)
      continue;
    if (is.isShorthandPropertyAssignment(property)) return property.name;
    if (is.isPropertyAssignment(property)) return property.initializer;
  }
  throw new Error(`a statement without ${name}: ${literal.getText()}`);
}

/** A constant of the module that is a source: its type has the row type under a symbol. */
function sourceOf(checker: Checker, file: SourceFile, declaration: VariableDeclaration): Found | null {
  if (
    declaration.parent.parent.parent.kind !== SyntaxKind.SourceFile ||
    !/\bsource\b|Source\b|\.\.\./.test(declaration.initializer?.getText(file) ?? '')
  )
    return null;
  const type = checker.getTypeAtLocation(declaration.name);
  const symbol = type && checker.getPropertiesOfType(type).find(({ name }) => name.startsWith('__@rowType'));
  const row = symbol && checker.getTypeOfSymbol(symbol);
  if (row === undefined) return null;
  return { row: rowTypeOf(checker, row), code: declaration.name.getText(file), locals: [], unknowns: [] };
}
