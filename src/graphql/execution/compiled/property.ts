import { getNullableType, isLeafType, isNonNullType } from 'graphql';
import type { ResolveField } from './compiler.ts';
import type { SelectedField } from './info.ts';
import { completeLeaf } from './leaf.ts';

/**
 * Compiles a scalar field without a resolver. Its value is a property of the object, and needs no info, and no path unless it fails. Functions, promises and other
 * values that need more are left to `resolve`, which resolves the field in full.
 */
export function compileProperty(field: SelectedField, resolve: ResolveField): ResolveField {
  const { key, parentType, fieldName, fieldNodes, returnType } = field;
  const type = getNullableType(returnType);
  if (!isLeafType(type)) return resolve;
  const complete = completeLeaf(type);
  const nullable = !isNonNullType(returnType);
  return (run, source, parentPath) => {
    if (typeof source !== 'object' || source === null) return resolve(run, source, parentPath);
    try {
      const value: unknown = (source as Record<string, unknown>)[fieldName];
      if (value == null && nullable) return run.null();
      if (typeof value === 'function') return resolve(run, source, parentPath);
      // The property is read once, because it may be a getter.
      if (value == null || (typeof value === 'object' && !(value instanceof Date))) return resolve(run, { [fieldName]: value }, parentPath);
      return complete(run, value);
    } catch (error) {
      return run.fail(error, fieldNodes, { prev: parentPath, key, typename: parentType.name }, nullable);
    }
  };
}
