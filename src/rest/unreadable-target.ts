import { contractOf } from './contracts.ts';
import { answerRefusal } from './kit/answer.ts';

export const targetProblem = 'must be percent-encoded UTF-8';

/**
 * Returns the target of a request if it has bytes that must be percent-encoded; else null.
 * @param head the bytes that Node's parser refused, as text
 */
export function unreadableTarget(head: string): string | null {
  // The time of each pattern is proportional to the length of the head, whatever a client sends.
  const target = /^[A-Z]+ (\S+) HTTP\/1\.[01]\r?$/m.exec(head)?.[1] ?? '';
  return isBad(target) ? target : null;
}

/** Refuses a request with an unreadable target, in the shape of its contract. The key is not checked: the parser stopped before it. */
export function refuseTarget(target: string, head: string, requestId: string): Response {
  const [path = '', ...query] = target.split('?');
  const names = query.join('?').split('&').filter(isBad).map(nameOf);
  const authorization = /^authorization:[ \t]*(\S+ +\S+)/im.exec(head)?.[1] ?? null;
  const [part, problems] = isBad(path) ? (['path', { path: targetProblem }] as const) : (['query', Object.fromEntries(names)] as const);
  return answerRefusal(contractOf(path, authorization), { reason: 'malformed', part, problems }, requestId);
}

function isBad(text: string): boolean {
  return /[^\x21-\x7e]/.test(text);
}

function nameOf(pair: string): [name: string, problem: string] {
  return [encodeURIComponent(pair.split('=', 1)[0] ?? ''), targetProblem];
}
