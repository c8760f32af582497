interface Removable {
  redactedAt: string | null;
  deletedAt: string | null;
}

/** When a message's content went, by deletion or redaction, whichever came first (RFC 3339); null while it is there. */
export function contentGoneAt({ redactedAt, deletedAt }: Removable): string | null {
  if (redactedAt === null || deletedAt === null) return redactedAt ?? deletedAt;
  return Date.parse(deletedAt) < Date.parse(redactedAt) ? deletedAt : redactedAt;
}
