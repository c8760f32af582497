// The functions that the description of every contract explains to readers of `x-graphql`.
import { isContactAddress } from '../../../values/contact-address.ts';
import { encodeId, type NodeType } from '../../../values/ids.ts';
import { convert } from './combine.ts';
import type { Parameter } from './expression.ts';

/** The global id of a UUID. */
export function globalId<Value extends string | undefined>(type: NodeType, parameter: Parameter<Value>) {
  return convert(
    parameter,
    (uuid) => encodeId(type, uuid),
    (text) => `globalId(${JSON.stringify(type)}, ${text})`,
  );
}

/** A contact address; undefined for a text that is none. */
export function contactAddress<Value extends string | undefined>(parameter: Parameter<Value>) {
  return convert(parameter, readContactAddress, (text) => `contactAddress(${text})`);
}

/** Reads a contact address. It has no space at its ends: a space there is a `+` that was not percent-encoded. */
export function readContactAddress(text: string): string | undefined {
  const restored = text.replace(/^ | $/g, '+');
  return isContactAddress(restored) ? restored : undefined;
}
