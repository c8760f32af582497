import { createHash } from 'node:crypto';
import { type GraphQLSchema, printSchema } from 'graphql';

/** The schema as text, for tools; 304 where the client has it already. */
export function printedSchema(schema: GraphQLSchema): (request: Request) => Response {
  const text = `${printSchema(schema)}\n`;
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  return ({ headers }) => {
    const known = (headers.get('if-none-match') ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
    if (known.includes(etag) || known.includes('*')) return new Response(null, { status: 304, headers: { ETag: etag } });
    const length = String(Buffer.byteLength(text));
    return new Response(text, { headers: { 'Content-Length': length, 'Content-Type': 'text/plain; charset=utf-8', ETag: etag } });
  };
}
