import { z } from 'zod';
import { type Environment, environment, printing, readVariables } from '../config.ts';

interface PrintedSetting {
  name: string;
  /** The value in force, as the variable would be written; null: none. */
  value: string | null;
  /** False: the value is the default. */
  isSet: boolean;
}

const hidden = '(hidden)';

/** Returns the variables of the environment with their values in force. Secrets are hidden. @throws ConfigError */
export function printedSettings(env: Environment): PrintedSetting[] {
  const values: Record<string, unknown> = readVariables(env);
  return Object.entries(environment.shape).map(([name, schema]) => {
    const value = String(values[name] ?? '');
    return { name, value: value === '' ? null : printed(schema, value), isSet: (env[name] ?? '') !== '' };
  });
}

/** Returns what may be printed of a variable's value. */
export function printed(schema: z.core.$ZodType, value: string): string {
  const registered = printing.get(schema);
  if (registered !== undefined) return registered.prints === 'everything' ? value : withoutPassword(value);
  // The registered schema may be inside one that gives it a default, or changes its value.
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return printed(schema.unwrap(), value);
  return schema instanceof z.ZodPipe ? printed(schema.in, value) : hidden;
}

/** Names of parameters whose values are secrets: PostgreSQL accepts passwords, receivers of traces take tokens. */
const secretNames = /pass|secret|token|key|auth|credential|signature|^sig$/i;

/** Hides the password of a URL, secrets in its parameters, and the name of a user without a password, which over HTTP is a token. */
function withoutPassword(text: string): string {
  const url = new URL(text);
  // Without a host, JavaScript finds no password.
  if (url.hostname === '' && text.includes('@')) return hidden;
  if (url.password !== '') url.password = '***';
  else if (/^https?:$/.test(url.protocol) && url.username !== '') url.username = '***';
  for (const name of new Set(url.searchParams.keys())) if (secretNames.test(name)) url.searchParams.set(name, '***');
  return url.href;
}
