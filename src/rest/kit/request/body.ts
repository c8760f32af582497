import { type Bodies, BodyIncomplete, BodyTooLarge } from '../../../http/body.ts';
import { findInJson, maxLevels } from '../../../values/json.ts';
import { textProblem } from '../../../values/storable-text.ts';
import { Refused } from '../refusal.ts';
import type { RawPart } from './raw-request.ts';

/**
 * Reads these keys of the JSON object in a request's body; others are ignored.
 * @throws Refused if there is no such object, or it is too large; UnavailableError if too many bodies are arriving
 */
export async function readBody(request: Request, organizationId: string, bodies: Bodies, names: readonly string[]): Promise<RawPart> {
  const type = request.headers.get('content-type');
  if (type !== null && !/^application\/json *(;|$)/i.test(type)) throw malformed('must be application/json');
  const body = parse(await readText(request, organizationId, bodies));
  const values: Record<string, unknown> = {};
  const problems: Record<string, string> = {};
  for (const name of names) {
    if (!Object.hasOwn(body, name)) continue;
    const problem = findInJson(body[name], check)?.reason ?? null;
    if (problem === null) values[name] = body[name];
    else problems[name] = problem;
  }
  return { values, problems };
}

async function readText(request: Request, organizationId: string, bodies: Bodies): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await bodies.read(request, organizationId));
  } catch (error) {
    if (error instanceof BodyTooLarge) throw new Refused({ reason: 'tooLarge' });
    if (error instanceof BodyIncomplete) throw malformed('must be complete');
    if (error instanceof TypeError) throw malformed('must be UTF-8');
    throw error;
  }
}

function parse(text: string): Record<string, unknown> {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed('must be a JSON object');
  return value as Record<string, unknown>;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('must be JSON');
  }
}

const check = {
  maxLevels: maxLevels.requestBody,
  tooDeep: `must be nested at most ${maxLevels.requestBody} levels deep`,
  refuse: (value: unknown) => (typeof value === 'string' ? textProblem(value) : null),
};

function malformed(problem: string): Refused {
  return new Refused({ reason: 'malformed', part: 'body', problems: { '': problem } });
}
