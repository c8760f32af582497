// The extension and the media type of a file, by its name.

const mimes: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  heic: 'image/heic',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  '3gp': 'video/3gpp',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  ogg: 'audio/ogg',
  amr: 'audio/amr',
  wav: 'audio/wav',
  pdf: 'application/pdf',
  vcf: 'text/vcard',
};

/** Returns the name's extension in lower case, without the dot; else the media type's second part, if it is a plain word; else an empty text. */
export function extensionOf(name: string, mime: string): string {
  const [, given] = /\.([a-z0-9]{1,10})$/i.exec(name) ?? [];
  const [, subtype] = /^[a-z]+\/([a-z0-9]{1,5})$/i.exec(mime) ?? [];
  return (given ?? subtype ?? '').toLowerCase();
}

/** Guesses the media type from the extension of a name. */
export function mimeOf(name: string): string {
  return mimes[extensionOf(name, '')] ?? 'application/octet-stream';
}

export function fileType(mime: string): 'image' | 'video' | 'audio' | 'file' {
  const [family] = mime.toLowerCase().split('/');
  return family === 'image' || family === 'video' || family === 'audio' ? family : 'file';
}
