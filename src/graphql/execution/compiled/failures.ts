import type { GraphQLError, GraphQLResolveInfo } from 'graphql';

export type Path = GraphQLResolveInfo['path'];

/** The errors of an answer. Below a part that is null already, later errors are left out: a null has one reason. */
export class Failures {
  readonly errors: GraphQLError[] = [];
  readonly #positions = new Set<Path | undefined>();

  /** @param path of the part that becomes null; undefined for the whole answer */
  add(error: GraphQLError, path: Path | undefined): void {
    if (this.#isNull(path)) return;
    this.#positions.add(path);
    this.errors.push(error);
  }

  #isNull(path: Path | undefined): boolean {
    if (this.#positions.size === 0) return false;
    for (let step = path; step !== undefined; step = step.prev) if (this.#positions.has(step)) return true;
    return this.#positions.has(undefined);
  }
}
