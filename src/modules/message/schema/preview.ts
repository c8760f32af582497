const previewLength = 160;
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The first 160 grapheme clusters of a body: never half an emoji, never a letter without its accent. */
export function preview(body: string): string {
  if (body.length <= previewLength) return body;
  let end = 0;
  let count = 0;
  for (const { index, segment } of graphemes.segment(body)) {
    if (count === previewLength) break;
    end = index + segment.length;
    count += 1;
  }
  return body.slice(0, end);
}
