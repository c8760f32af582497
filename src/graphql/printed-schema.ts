import { type GraphQLSchema, printSchema } from 'graphql';
import { isFresh, tagOf } from '../http/etag.ts';

/** Returns a handler that answers with the schema as text, for tools; 304 if the client has it already. */
export function printedSchema(schema: GraphQLSchema): (request: Request) => Response {
  let printed: { text: string; etag: string } | null = null;
  return ({ headers }) => {
    printed ??= print(schema);
    const { text, etag } = printed;
    if (isFresh(headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers: { ETag: etag } });
    const length = String(Buffer.byteLength(text));
    return new Response(text, { headers: { 'Content-Length': length, 'Content-Type': 'text/plain; charset=utf-8', ETag: etag } });
  };
}

function print(schema: GraphQLSchema): { text: string; etag: string } {
  const text = `${printSchema(schema)}\n`;
  return { text, etag: `"${tagOf(text)}"` };
}
