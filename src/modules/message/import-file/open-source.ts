import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { OperatorError } from '../../../errors.ts';

/** A file that can be read from its beginning more than once. */
export interface Source {
  /** The size of the file, compressed if it is. */
  bytes: number;
  /** Reads the content, uncompressed if it is gzip. @param onRead gets the number of bytes read from the file */
  read(onRead: (bytes: number) => void): AsyncIterable<Buffer>;
  close(): Promise<void>;
}

/** Opens a file, or standard input as `-`. Input that cannot be read twice is spooled. @throws OperatorError if it cannot be read */
export async function openSource(path: string): Promise<Source> {
  try {
    const file = path === '-' ? await spool(process.stdin) : await openFile(path);
    const { size } = await file.stat();
    const isGzip = await beginsAsGzip(file);
    return { bytes: size, read: (onRead) => content(file, path, isGzip, onRead), close: () => file.close() };
  } catch (error) {
    throw new OperatorError(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

async function openFile(path: string): Promise<FileHandle> {
  const file = await open(path);
  const stat = await file.stat();
  if (stat.isFile()) return file;
  if (stat.isDirectory()) {
    await file.close();
    throw new Error('it is a folder');
  }
  return spool(file.createReadStream());
}

/** Copies input into a temporary file without a name: the system deletes it when the process ends, even if it crashes. */
async function spool(input: Readable): Promise<FileHandle> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-import-'));
  const file = await open(join(folder, 'spool'), 'wx+', 0o600);
  await rm(folder, { recursive: true });
  for await (const chunk of input) await file.writeFile(chunk);
  return file;
}

async function beginsAsGzip(file: FileHandle): Promise<boolean> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
  return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
}

async function* content(file: FileHandle, path: string, isGzip: boolean, onRead: (bytes: number) => void): AsyncGenerator<Buffer> {
  const raw = file.createReadStream({ start: 0, autoClose: false });
  raw.on('data', (chunk) => onRead(chunk.length));
  // Reading the last stream throws the errors of all streams.
  const plain = pipeline(raw, isGzip ? createGunzip({ chunkSize: 65_536 }) : new PassThrough(), () => {});
  try {
    yield* plain as AsyncIterable<Buffer>;
  } catch (error) {
    throw new OperatorError(`${path} cannot be read to its end: ${(error as Error).message}`, { cause: error });
  }
}
