// Words of style.md's table that are never right, in comments and in texts that people read.
import { type Passage, passagesOf } from './passages.ts';
import type { SourceFile } from './source-file.ts';

interface Rule {
  /** Passages are searched as one line, so a space stands for a line break too. */
  pattern: RegExp;
  say: string;
  /** The places that it holds for, if not everywhere. */
  kinds?: readonly Passage['kind'][];
}

/** Words that no sentence of this code needs, each with plain ones. */
const rules: readonly Rule[] = [
  {
    pattern: /^(?:What|Whatever|Whether|Who|Whose|Whom|Whoever|Where|How|Of (?:what|which|whom|whose|these|those|them|all))\b/,
    say: 'the thing itself: "Returns …", "The …"',
    kinds: ['comment', 'text'],
  },
  { pattern: /\bretold\b|\bretells?\b/i, say: 'repeated, duplicate' },
  { pattern: /\b(?:is|are|was|were|be|been|being) told\b|\btold (?:of|about)\b|\btells? of\b/i, say: 'notified, described by' },
  { pattern: /\bput(?:s|ting)? away\b/i, say: 'archived' },
  { pattern: /\btravel(?:s|l?ed|l?ing)?\b|\bwhich way it went\b/i, say: 'channel, direction' },
  { pattern: /\bmend(?:s|ed|ing)?\b/i, say: 'fix' },
  { pattern: /\bdear(?:er|est|ly)?\b/i, say: 'expensive' },
  { pattern: /\basked for\b/i, say: 'requested' },
  {
    pattern: /\bas (?:it|they) stands?\b|\bas (?:it (?:is|was)|they (?:are|were))(?: now)?(?=[.,;:)]|$)/i,
    say: 'unchanged, current',
  },
  { pattern: /\b(?:is|are|was|were|be|has|have) gone\b/i, say: 'is redacted, is deleted, has disconnected' },
  {
    pattern: /\b(?:is|are|was|were) not there\b|\b(?:is|are|was|were)(?: already| still| all)? there(?=[.,;:)]|$)/i,
    say: 'exists, is missing',
  },
  {
    pattern: /\b(?:it|they|that|which) stands? at\b|\bwhere (?:it|they) stands?\b|\b(?:it|that|which) lies\b|\blies in\b/i,
    say: 'is stored in, its position',
  },
  { pattern: /\bseen before\b/i, say: 'already stored, duplicate' },
  { pattern: /\bthose that fit(?=[.,;:)]|$)|\bwho may see it\b/i, say: 'matching messages, viewer with scope …' },
  { pattern: /\bas though\b/i, say: 'the rule: "answers NOT_FOUND"' },
];

/** Returns each offence as `path:line: words → plain words`. Texts that are no prose, such as names and paths, are skipped. */
export function unplainWords(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => passagesOf(file).flatMap((passage) => (isProse(file, passage) ? offences(file.path, passage) : [])));
}

/** The texts of tests are data. */
function isProse({ path }: SourceFile, { kind, text }: Passage): boolean {
  return kind !== 'text' || (path.startsWith('src/') && text.includes(' '));
}

function offences(path: string, { kind, line, text }: Passage): string[] {
  const oneLine = text.replace(/\s/g, ' ');
  return rules.flatMap(({ pattern, say, kinds }) => {
    const match = kinds === undefined || kinds.includes(kind) ? pattern.exec(oneLine) : null;
    if (match === null) return [];
    const at = line + text.slice(0, match.index).split('\n').length - 1;
    return [`${path}:${at}: "${match[0]}" → ${say}`];
  });
}
