// Rules about the text of files.
import { code, type SourceFile } from './source-file.ts';

/** The one place that may name the tables of content: everything else reads the views, which redact. */
const ingestion = /^modules\/message\/(ingest|import-file|search-tokens)\//;
const baseTable =
  /\b(?:from|join|update|into|only|table|using)\s+(?:public\.)?"?(?:messages|attachments)\b|"(?:messages|attachments)"\s*(?:\(|\.|set\b|where\b)|\bprisma\.(?:message|attachment)\b/i;

export function baseTableNames(files: readonly SourceFile[]): string[] {
  return findings(files, (file) => !ingestion.test(file.path) && code(file), baseTable, 'names a table of content: read the view');
}

const vendorWord = /agentmessage|agentphone|ziik/i;
/** Files that may name a contract: its folder, the prefix of its keys, the places that mount and show it. */
const mayNameVendors =
  /^((rest|sources)\/(agentmessage|agentphone|ziik)\/|(rest|sources)\/contracts\.ts$|auth\/secret\.ts$|cli\/key\.ts$|app\.ts$|demo(\/|\.ts$))/;

export function vendorWords(files: readonly SourceFile[]): string[] {
  return findings(files, (file) => !mayNameVendors.test(file.path) && file.source, vendorWord, "knows a vendor's word");
}

export function environmentReaders(files: readonly SourceFile[]): string[] {
  return findings(
    files,
    (file) => !/^(main|cli|production)\.ts$/.test(file.path) && code(file),
    /\bprocess\.env\b/,
    'reads the environment: loadConfig does',
  );
}

export function longFiles(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, source }) => {
    const lines = source.split('\n').length - 1;
    return lines > 400 ? [`${path} has ${lines} lines, 400 is the limit`] : [];
  });
}

export function badNames(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => !/^([a-z0-9]+(-[a-z0-9]+)*\/)*[a-z0-9]+(-[a-z0-9]+)*(\.test|\.d)?\.tsx?$/.test(path))
    .map(({ path }) => `${path} is not kebab-case`);
}

/** The files whose text, as `textOf` gives it (false: not looked at), matches. */
function findings(
  files: readonly SourceFile[],
  textOf: (file: SourceFile) => string | false,
  pattern: RegExp,
  complaint: string,
): string[] {
  return files.flatMap((file) => {
    const text = textOf(file);
    const match = text === false ? null : pattern.exec(text);
    return match === null ? [] : [`${file.path} ${complaint} ("${match[0]}")`];
  });
}
