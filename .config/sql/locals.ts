import type { Node, SourceFile } from 'typescript/unstable/ast';
import * as is from 'typescript/unstable/ast/is';
import { isFunction, nodesAround, nodesIn } from './project.ts';

interface Locals {
  locals: string[];
  unknowns: string[];
}

/** What the nodes need of the functions around a call: constants with their declarations, other names as unknowns. */
export function localsOf(file: SourceFile, call: Node, nodes: readonly Node[]): Locals {
  const around = nodesAround(call).filter((node) => isFunction(node) || is.isBlock(node) || is.isForOfStatement(node));
  const declarations = around.flatMap((scope) => declaredIn(scope));
  const constants: { position: number; text: string }[] = [];
  const unknowns = new Set<string>();
  const seen = new Set<Node>();
  const need = (node: Node) => {
    for (const name of namesUsedIn(node)) {
      const found = declarations.find(({ names }) => names.includes(name));
      if (found === undefined) continue;
      if (found.value === null) unknowns.add(name);
      else if (!seen.has(found.value)) {
        seen.add(found.value);
        constants.push({ position: found.value.pos, text: `const ${found.value.getText(file)};` });
        need(found.value);
      }
    }
  };
  nodes.forEach(need);
  return { locals: constants.toSorted((a, b) => a.position - b.position).map(({ text }) => text), unknowns: [...unknowns] };
}

interface Declared {
  names: string[];
  /** The declaration of a constant; null for a parameter and for what is only known later. */
  value: Node | null;
}

function declaredIn(scope: Node): Declared[] {
  if (isFunction(scope)) return scope.parameters.map(({ name }) => ({ names: namesBoundBy(name), value: null }));
  if (is.isForOfStatement(scope)) return [{ names: namesBoundBy(scope.initializer), value: null }];
  if (!is.isBlock(scope)) return [];
  return scope.statements.filter(is.isVariableStatement).flatMap(({ declarationList }) =>
    declarationList.declarations.map((declaration) => {
      const isLater = declaration.initializer === undefined || nodesIn(declaration).some(is.isAwaitExpression);
      return { names: namesBoundBy(declaration.name), value: isLater ? null : declaration };
    }),
  );
}

function namesBoundBy(name: Node | undefined): string[] {
  if (name === undefined) return [];
  return nodesIn(name).flatMap((node) => {
    const isBound = is.isIdentifier(node) && (node === name || (is.isBindingElement(node.parent) && node.parent.name === node));
    return isBound ? [node.text] : [];
  });
}

/** Names that a node uses and does not declare itself. */
function namesUsedIn(node: Node): Set<string> {
  const nodes = nodesIn(node);
  const own = nodes.flatMap((each) => (isFunction(each) ? each.parameters.flatMap(({ name }) => namesBoundBy(name)) : []));
  const used = nodes.flatMap((each) => {
    if (!is.isIdentifier(each)) return [];
    const { parent } = each;
    const isMember = (is.isPropertyAccessExpression(parent) || is.isPropertyAssignment(parent)) && parent.name === each;
    return isMember || own.includes(each.text) ? [] : [each.text];
  });
  return new Set(used);
}
