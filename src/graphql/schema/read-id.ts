import { badInput } from '../../errors.ts';
import { decodeId, type NodeType } from '../../values/ids.ts';

/** Returns the UUID in a global id of the expected type. @throws BAD_USER_INPUT naming `field` for any other text */
export function readId(field: string, type: NodeType, id: string): string {
  const decoded = decodeId(id);
  if (decoded?.type !== type) throw badInput(field, `is no ${type} id`);
  return decoded.uuid;
}
