// What a file's name or media type tells of it.

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

/** In lower case, without the dot; of a name that has none, what its media type says where that is a plain word; else empty. */
export function extensionOf(name: string, mime: string): string {
  const [, given] = /\.([a-z0-9]{1,10})$/i.exec(name) ?? [];
  const [, subtype] = /^[a-z]+\/([a-z0-9]{1,5})$/i.exec(mime) ?? [];
  return (given ?? subtype ?? '').toLowerCase();
}

/** Of media that came as a URL alone. */
export function mimeOf(name: string): string {
  return mimes[extensionOf(name, '')] ?? 'application/octet-stream';
}

export function fileType(mime: string): 'image' | 'video' | 'audio' | 'file' {
  const [family] = mime.toLowerCase().split('/');
  return family === 'image' || family === 'video' || family === 'audio' ? family : 'file';
}
