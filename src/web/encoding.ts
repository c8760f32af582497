export type Encoding = 'br' | 'gzip' | 'identity';

/** Returns the best encoding that an Accept-Encoding header allows; `identity` without one. */
export function chooseEncoding(header: string | null): Encoding {
  const weights = new Map((header ?? '').toLowerCase().split(',').map(parse));
  const weight = (encoding: string) => weights.get(encoding) ?? weights.get('*') ?? 0;
  if (weight('br') > 0 && weight('br') >= weight('gzip')) return 'br';
  return weight('gzip') > 0 ? 'gzip' : 'identity';
}

function parse(part: string): [string, number] {
  const [name = '', ...parameters] = part.split(';').map((text) => text.trim());
  const q = parameters.find((parameter) => parameter.startsWith('q='));
  const weight = q === undefined ? 1 : Number(q.slice(2));
  return [name, Number.isFinite(weight) ? weight : 0];
}
