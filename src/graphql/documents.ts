import { type DocumentNode, parse } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';
import { keptDocumentsLength, maxDocumentLength, maxTokens } from './limits.ts';
import { checkShape } from './shape.ts';
import { tooComplex } from './too-complex.ts';
import { checkSubscriptions } from './whole-subscriptions.ts';

/** Holds what arrives as text to the limits of a document, and its subscriptions to their rule; one that was parsed before is not looked at again. */
export function limitDocuments(): Plugin {
  return {
    onParse: ({ setParseFn }) => setParseFn(parseWithin),
  };
}

/** Parsed documents by their text, and why others do not parse. Bounded by their length: a parsed one takes many times its text. */
export function keptDocuments() {
  return { documentCache: byText<DocumentNode>(), errorCache: byText<Error>() };
}

function byText<Kept extends object>(): LRUCache<string, Kept> {
  return new LRUCache({ maxSize: keptDocumentsLength, sizeCalculation: (_kept, text) => text.length + 1 });
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
