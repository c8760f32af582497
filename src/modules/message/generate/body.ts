import type { Random } from './random.ts';

/** Words whose frequency a search can rely on. No other word of a generated body begins like one of them. */
export const searchWords = {
  /** In as many messages as `rareMessages` says. */
  rare: 'zeppelin',
  /** In three of ten messages. */
  common: 'appointment',
  /** In one of a hundred messages, as a part of a longer text without spaces. */
  chinese: '预约',
} as const;

const commonShare = 0.3;
const chineseShare = 0.02;

const frequent =
  'the to you and for we is on your at in of can it be are have this will with me please if thanks time today so just do let know not my call need us was'.split(
    ' ',
  );

/** Half of them have the searched pair of characters. */
const chinese = [
  '您的预约已确认，请准时到达。',
  '谢谢，我明天下午过来。',
  '我想改一下预约的时间，可以吗？',
  '眼镜已经到店了，随时可以来取。',
] as const;

const consonants = 'bcdfghklmnprstvw';
const vowels = 'aeiou';
const differentWords = 20_000;

/** Words by their rank: the frequent ones of English, then made ones of two or three syllables. */
const vocabulary = [...frequent, ...Array.from({ length: differentWords - frequent.length }, (_, index) => madeWord(index))];

function madeWord(index: number): string {
  const syllables = consonants.length * vowels.length;
  let word = '';
  for (let rest = index + syllables; rest > 0; rest = Math.floor(rest / syllables)) {
    const syllable = rest % syllables;
    word += `${consonants[syllable % consonants.length]}${vowels[Math.floor(syllable / consonants.length)]}`;
  }
  return word;
}

/** Returns the text of a message: 3 to 25 words, whose frequency falls with their rank as in a language. `rare`: with the rare word. */
export function bodyOf(random: Random, rare: boolean): string {
  if (!rare && random.chance(chineseShare)) return random.pick(chinese);
  const words = Array.from({ length: 3 + Math.floor(23 * random.next() ** 2) }, () => wordOf(random));
  if (random.chance(commonShare)) words.splice(random.below(words.length), 0, searchWords.common);
  if (rare) words.splice(random.below(words.length), 0, searchWords.rare);
  const text = words.join(' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${random.pick(['.', '.', '?', '!'])}`;
}

/** A rank r has the probability log(1 + 1 / r): Zipf's law, nearly. */
function wordOf(random: Random): string {
  const rank = Math.floor(vocabulary.length ** random.next());
  return vocabulary[rank - 1] ?? '';
}
