/** The closed list of what a key may be allowed to do. */
export const scopes = [
  'conversations:read',
  'conversations:write',
  'messages:ingest',
  'messages:erase',
  'org:admin:write',
  'apikeys:write',
] as const;

export type Scope = (typeof scopes)[number];

export function isScope(text: string): text is Scope {
  return (scopes as readonly string[]).includes(text);
}
