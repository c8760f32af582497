/** A circle with initials. Pictures of other hosts are not loaded: they would notify those hosts of the reader. */
export function Avatar({ name }: { name: string }) {
  const color = [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 6, 0);
  return (
    <span className={`avatar avatar-${color}`} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  if (/^\+?\d+$/.test(name)) return name.slice(-2);
  const words = name.split(/\s+/u).filter((word) => /^\p{L}/u.test(word));
  return words
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase())
    .join('');
}
