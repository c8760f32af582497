import { type DocumentNode, parse } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';
import type { Caller, Context } from '../context.ts';
import { checkSubscriptions } from '../execution/check-subscriptions.ts';
import { checkShape } from '../execution/document-shape.ts';
import { tooComplex } from '../execution/too-complex.ts';
import { keptTokens, maxDocumentLength, maxTokens } from '../limits.ts';

/**
 * Limits the documents that clients send, and the rule of their subscriptions. A valid document of a client with a key is kept parsed, so that it is neither
 * parsed nor validated when it comes again; without a key nothing is kept.
 */
export function limitDocuments(): Plugin<Context, Caller> {
  const kept = new LRUCache<string, DocumentNode>({ maxSize: keptTokens, sizeCalculation: sizeOf });
  return {
    onParse({ params: { source }, setParsedDocument, setParseFn }) {
      const known = kept.get(String(source));
      if (known === undefined) setParseFn(parseWithin);
      else setParsedDocument(known);
    },
    onValidate({ context, params: { documentAST }, setResult }) {
      const text = documentAST.loc?.source.body;
      if (text === undefined) return;
      if (kept.peek(text) === documentAST) return setResult([]);
      return ({ valid }) => {
        if (valid && context.viewer !== null) kept.set(text, documentAST);
      };
    },
  };
}

/** In tokens. A token takes about as much memory as 128 characters of text, which may all be a comment. */
function sizeOf({ tokenCount = maxTokens }: DocumentNode, text: string): number {
  return tokenCount + Math.ceil(text.length / 128);
}

/** @throws GraphQLError that says which limit is passed, or where the text is no GraphQL */
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
    // The parser calls itself for every bracket within another.
    throw error instanceof RangeError ? tooComplex('the document nests its brackets too deeply') : error;
  }
}
