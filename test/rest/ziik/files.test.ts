import { describe, expect, test } from 'vitest';
import { useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';
import { at, recorded } from './recorded.ts';

const parley = useApp();

describe('files', () => {
  const audio = (name: string, duration?: number) => ({
    name,
    mime: 'audio/mpeg',
    size: 9,
    url: `https://media.example/${name}`,
    duration,
  });

  test('shows types, extensions and sizes', async () => {
    const file = (name: string, mime: string, more = {}) => ({ name, mime, size: 5_000_000_000, url: 'https://media.example/x', ...more });
    const { messages } = await recorded(parley, [
      chatLine({
        attachments: [
          file('a.PNG', 'image/png', { width: 640, height: 480 }),
          file('film.tar.mp4', 'video/mp4'),
          file('song', 'Audio/mpeg'),
          file('letter', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'),
          file('.', 'application/pdf'),
        ],
      }),
    ]);
    expect(messages[0]?.files.map(({ type, extension, width, height }) => [type, extension, width, height])).toEqual([
      ['image', 'png', 640, 480],
      ['video', 'mp4', null, null],
      ['audio', 'mpeg', null, null],
      ['file', '', null, null],
      ['file', 'pdf', null, null],
    ]);
    expect(messages[0]?.files[0]).toMatchObject({ size: 5_000_000_000, name: 'a.PNG', source: 'https://media.example/x' });
  });

  test('shows the first audio file with a duration as the voice message; the others stay files', async () => {
    const film = { name: 'film.mp4', mime: 'video/mp4', size: 9, url: 'https://media.example/film.mp4', duration: 3 };
    const { messages } = await recorded(parley, [
      chatLine({ ...at(0), body: null, attachments: [film, audio('song.mp3'), audio('one.mp3', 0.5), audio('two.mp3', 2)] }),
      chatLine({ ...at(1), attachments: [film, audio('song.mp3')] }),
    ]);
    const [first, second] = messages;
    expect(first?.voice).toEqual({
      id: expect.any(Number),
      processing: false,
      extension: 'mp3',
      duration: 0.5,
      url: 'https://media.example/one.mp3',
    });
    expect(first?.files.map(({ name }) => name)).toEqual(['film.mp4', 'song.mp3', 'two.mp3']);
    expect(second?.voice).toBeNull();
    expect(second?.files).toHaveLength(2);
  });

  test('shows the media of a text message as files, each once, with their own ids', async () => {
    const mediaUrls = [
      'https://media.example/a/photo.jpg?size=1',
      'https://media.example/b',
      'https://media.example/',
      'https://media.example/a/photo.jpg?size=1',
    ];
    const { messages } = await recorded(parley, [
      phoneLine({ ...at(0), body: null, mediaUrls }),
      phoneLine({
        ...at(1),
        mediaUrls: ['https://media.example/c.gif', 'https://media.example/d.ogg'],
        attachments: [{ name: 'c.gif', mime: 'image/gif', size: 12, url: 'https://media.example/c.gif' }],
      }),
    ]);
    const files = messages.flatMap((message) => message.files);
    expect(files.map(({ name, mime, type, size }) => [name, mime, type, size])).toEqual([
      ['photo.jpg', 'image/jpeg', 'image', 0],
      ['b', 'application/octet-stream', 'file', 0],
      ['media', 'application/octet-stream', 'file', 0],
      ['photo.jpg', 'image/jpeg', 'image', 0],
      ['c.gif', 'image/gif', 'image', 12],
      ['d.ogg', 'audio/ogg', 'audio', 0],
    ]);
    expect(files.map(({ source }) => source).slice(0, 4)).toEqual(mediaUrls);
    expect(new Set(files.map(({ id }) => id)).size).toBe(files.length);
    expect(messages.map(({ voice }) => voice)).toEqual([null, null]);
  });

  test('keeps file ids small and unique, even with the most media and attachments', async () => {
    const urls = (name: string) => Array.from({ length: 16 }, (_, index) => `https://media.example/${name}${index}`);
    const lines = Array.from({ length: 20 }, (_, index) =>
      chatLine({
        ...at(index),
        mediaUrls: urls('media'),
        attachments: [
          ...urls('file')
            .slice(1)
            .map((url) => ({ name: 'x', mime: 'image/png', size: 1, url })),
          audio('voice.mp3', 1),
        ],
      }),
    );
    const { messages } = await recorded(parley, lines);
    const ids = messages.flatMap(({ files, voice }) => [...files.map(({ id }) => id), voice?.id ?? 0]);
    expect(new Set(ids).size).toBe(20 * 32);
    expect(Math.max(...ids)).toBeLessThan(2 ** 32);
  });
});
