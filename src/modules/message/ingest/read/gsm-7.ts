// The characters of GSM 03.38, seven bits each. Position 09 is Ç, as providers read it.

const basic =
  '\n\r !"#$%&\'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz¡£¤¥§¿ÄÅÆÇÉÑÖØÜßàäåæèéìñòöøùüΓΔΘΛΞΠΣΦΨΩ';
/** Each after an escape: two septets. */
const extension = '\f[\\]^{|}~€';

const sizes = new Uint8Array(0x10000);
for (const character of basic) sizes[character.charCodeAt(0)] = 1;
for (const character of extension) sizes[character.charCodeAt(0)] = 2;

/** Returns the number of septets of a UTF-16 code unit, 1 or 2; 0 for a unit that GSM-7 does not have. */
export function septetsOf(unit: number): number {
  return sizes[unit] ?? 0;
}
