/** All scopes that a key can have. */
export const scopes = [
  'conversations:read',
  'conversations:write',
  'messages:ingest',
  'messages:erase',
  'org:admin:write',
  'apikeys:write',
  'webhooks:read',
  'webhooks:write',
] as const;

export type Scope = (typeof scopes)[number];

export function isScope(text: string): text is Scope {
  return (scopes as readonly string[]).includes(text);
}
