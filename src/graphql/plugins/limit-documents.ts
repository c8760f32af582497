import { type DocumentNode, parse } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';
import type { Caller, Context } from '../context.ts';
import { tooComplex } from '../errors.ts';
import { checkSubscriptions } from '../execution/check-subscriptions.ts';
import { checkShape } from '../execution/document-shape.ts';
import { keptTokens, maxDocumentLength, maxTokens } from '../limits.ts';

/**
 * Checks the limits of documents and the rule for subscriptions. A valid document of a client with a key is cached, so that it is parsed and validated once.
 */
export function limitDocuments(): Plugin<Context, Caller> {
  const cache = new LRUCache<string, DocumentNode>({ maxSize: keptTokens, sizeCalculation: sizeOf });
  return {
    onParse({ params: { source }, setParsedDocument, setParseFn }) {
      const cached = cache.get(String(source));
      if (cached === undefined) setParseFn(parseWithin);
      else setParsedDocument(cached);
    },
    onValidate({ context, params: { documentAST }, setResult }) {
      const text = documentAST.loc?.source.body;
      if (text === undefined) return;
      if (cache.peek(text) === documentAST) return setResult([]);
      return ({ valid }) => {
        if (valid && context.viewer !== null) cache.set(text, documentAST);
      };
    },
  };
}

/** Returns the size in tokens. A token takes about as much memory as 128 characters of text, which may all be a comment. */
function sizeOf({ tokenCount = maxTokens }: DocumentNode, text: string): number {
  return tokenCount + Math.ceil(text.length / 128);
}

/** Parses a document within the limits. @throws GraphQLError naming the limit or the syntax error */
function parseWithin(source: string): DocumentNode {
  if (source.length > maxDocumentLength)
    throw tooComplex(`the document has more than ${maxDocumentLength.toLocaleString('en')} characters`);
  const document = parseShallow(source);
  checkShape(document);
  checkSubscriptions(document);
  return document;
}

function parseShallow(source: string): DocumentNode {
  try {
    return parse(source, { maxTokens });
  } catch (error) {
    // The parser is recursive: deep brackets overflow the stack.
    throw error instanceof RangeError ? tooComplex('the document nests its brackets too deeply') : error;
  }
}
