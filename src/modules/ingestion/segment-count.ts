import { SegmentedMessage } from 'sms-segments-calculator';

/** So many UTF-16 units fit one segment in either encoding. */
const always = 70;
/** Characters of one septet each, of those that are ASCII too: what most bodies are made of, and no work to count. */
const plain = /^[\n\r -Z_a-z]*$/;
const oneSegment = 160;
const partOfSeveral = 153;

/** How many SMS segments a body takes, in GSM-7 where all of it can be so encoded, else in UCS-2; at least 1. */
export function segmentCount(body: string | null): number {
  if (body === null || body.length <= always) return 1;
  if (plain.test(body)) return body.length <= oneSegment ? 1 : Math.ceil(body.length / partOfSeveral);
  return Math.max(1, new SegmentedMessage(body).segmentsCount);
}
