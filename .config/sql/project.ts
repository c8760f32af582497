// The TypeScript compiler's view of the repository. The API is the one that TypeScript 7 calls unstable: the version is pinned, and only `.config/sql` uses it.
import { join } from 'node:path';
import type { ArrowFunction, FunctionDeclaration, FunctionExpression, MethodDeclaration, Node, SourceFile } from 'typescript/unstable/ast';
import * as is from 'typescript/unstable/ast/is';
import { API, type Checker } from 'typescript/unstable/sync';

const root = join(import.meta.dirname, '../..');

export interface Project {
  checker: Checker;
  sourceFile(path: string): SourceFile;
  close(): void;
}

export function openProject(): Project {
  const api = new API({ cwd: root });
  const config = join(root, 'tsconfig.json');
  const project = api.updateSnapshot({ openProject: config }).getProject(config);
  if (project === undefined) throw new Error('TypeScript does not open tsconfig.json');
  return {
    checker: project.checker,
    sourceFile: (path) => {
      const file = project.program.getSourceFile(path);
      if (file === undefined) throw new Error(`${path} is not part of tsconfig.json`);
      return file;
    },
    close: () => api.close(),
  };
}

/** A node and everything in it, in the order of the text. */
export function nodesIn(node: Node): Node[] {
  const nodes = [node];
  node.forEachChild((child) => void nodes.push(...nodesIn(child)));
  return nodes;
}

export function isFunction(node: Node): node is ArrowFunction | FunctionDeclaration | FunctionExpression | MethodDeclaration {
  return is.isArrowFunction(node) || is.isFunctionDeclaration(node) || is.isFunctionExpression(node) || is.isMethodDeclaration(node);
}

/** The nodes around a node, the nearest first. */
export function nodesAround(node: Node): Node[] {
  return node.parent === undefined ? [] : [node.parent, ...nodesAround(node.parent)];
}
