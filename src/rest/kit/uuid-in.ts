import { decodeId } from '../../values/ids.ts';

/** The UUID in a global id that the schema gave. */
export function uuidIn(id: string): string {
  const decoded = decodeId(id);
  if (decoded === null) throw new Error(`the schema gave an id that is none: ${id}`);
  return decoded.uuid;
}
