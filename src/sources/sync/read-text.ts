import { RequestError } from './failures.ts';

/** A page of 200 long messages has less than a fifth of it. */
const mostBytes = 64 * 1024 * 1024;

/** Reads the text of an answer, decompressed. @throws RequestError if it is too large; the failure of the connection */
export async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    // Leaving the loop ends the request.
    if (size > mostBytes) throw new RequestError(`the answer is larger than ${mostBytes / 1024 / 1024} MiB`, response.status);
    parts.push(decoder.decode(chunk, { stream: true }));
  }
  return parts.join('') + decoder.decode();
}
