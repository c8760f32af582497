import { SyntaxKind } from 'typescript/unstable/ast';
import { createScanner } from 'typescript/unstable/ast/scanner';
import type { SourceFile } from './source-file.ts';

/** A piece of prose in a file: a comment, a text of the program, or a paragraph. */
export interface Passage {
  kind: 'comment' | 'text' | 'paragraph';
  /** The line that it begins in, from 1. */
  line: number;
  /** Without the marks of a comment. It has the line breaks of the file. */
  text: string;
}

/** Returns the prose of a file, read by the rules of its kind. */
export function passagesOf({ path, source }: SourceFile): Passage[] {
  if (/\.(ts|tsx)$/.test(path)) return ofTypeScript(source);
  if (path.endsWith('.md')) return paragraphs(source);
  return lineComments(source, path.endsWith('.prisma') ? '//' : '#');
}

const { SingleLineCommentTrivia, MultiLineCommentTrivia, NewLineTrivia, WhitespaceTrivia } = SyntaxKind;
const texts = new Set([
  SyntaxKind.StringLiteral,
  SyntaxKind.NoSubstitutionTemplateLiteral,
  SyntaxKind.TemplateHead,
  SyntaxKind.TemplateMiddle,
  SyntaxKind.TemplateTail,
]);
/** Tokens that end a value: a slash after one divides, any other slash begins a regular expression. */
const valueEnds = new Set([
  ...texts,
  SyntaxKind.Identifier,
  SyntaxKind.NumericLiteral,
  SyntaxKind.RegularExpressionLiteral,
  SyntaxKind.CloseParenToken,
  SyntaxKind.CloseBracketToken,
  SyntaxKind.CloseBraceToken,
  SyntaxKind.ThisKeyword,
]);

function ofTypeScript(source: string): Passage[] {
  const scanner = createScanner(false, undefined, source);
  const found: Passage[] = [];
  /** The open braces of each template that is being read. */
  const templates: number[] = [];
  let line = 1;
  let previous = SyntaxKind.Unknown;
  for (let token = scanner.scan(); token !== SyntaxKind.EndOfFile; token = scanner.scan()) {
    const depth = templates.at(-1);
    if (token === SyntaxKind.CloseBraceToken && depth === 0) {
      token = scanner.reScanTemplateToken(false);
      if (token === SyntaxKind.TemplateTail) templates.pop();
    } else if (token === SyntaxKind.OpenBraceToken && depth !== undefined) templates.splice(-1, 1, depth + 1);
    else if (token === SyntaxKind.CloseBraceToken && depth !== undefined) templates.splice(-1, 1, depth - 1);
    else if (token === SyntaxKind.TemplateHead) templates.push(0);
    else if ((token === SyntaxKind.SlashToken || token === SyntaxKind.SlashEqualsToken) && !valueEnds.has(previous))
      token = scanner.reScanSlashToken();

    const raw = scanner.getTokenText();
    if (token === SingleLineCommentTrivia || token === MultiLineCommentTrivia) addComment(found, line, raw);
    else if (texts.has(token)) found.push({ kind: 'text', line, text: scanner.getTokenValue() });
    line += raw.split('\n').length - 1;
    if (![SingleLineCommentTrivia, MultiLineCommentTrivia, NewLineTrivia, WhitespaceTrivia].includes(token)) previous = token;
  }
  return found;
}

function addComment(found: Passage[], line: number, raw: string): void {
  const text = raw.replace(/^\/\*+ ?|^\/\/+ ?|\s*\*\/$/g, '').replace(/\n\s*\* ?/g, '\n');
  continueOrAdd(found, line, text, raw.startsWith('//'));
}

/** Comments in lines that follow each other are one passage, as a sentence may go on in the next line. */
function continueOrAdd(found: Passage[], line: number, text: string, isLine: boolean): void {
  const last = found.at(-1);
  if (isLine && last?.kind === 'comment' && last.line + last.text.split('\n').length === line) last.text += `\n${text}`;
  else found.push({ kind: 'comment', line, text });
}

function lineComments(source: string, mark: '//' | '#'): Passage[] {
  const found: Passage[] = [];
  for (const [index, line] of source.split('\n').entries()) {
    const text = new RegExp(`(?:^|\\s)${mark}+\\s(.*)$`).exec(line)?.[1];
    if (text !== undefined) continueOrAdd(found, index + 1, text, true);
  }
  return found;
}

/** The paragraphs of Markdown, without its blocks of code. */
function paragraphs(source: string): Passage[] {
  const found: Passage[] = [];
  let isCode = false;
  let begins = true;
  for (const [index, line] of source.split('\n').entries()) {
    const fence = line.trimStart().startsWith('```');
    if (fence) isCode = !isCode;
    if (fence || isCode || line.trim() === '') {
      begins = true;
      continue;
    }
    const last = found.at(-1);
    if (begins || last === undefined) found.push({ kind: 'paragraph', line: index + 1, text: line });
    else last.text += `\n${line}`;
    begins = false;
  }
  return found;
}
