// The gateway sends a comment every 12 seconds. Without any for this long, the connection is broken.
const silenceMs = 40_000;

/** Yields the data of each `next` event of a stream of server-sent events, until `complete` or the end. @throws if the stream breaks off or falls silent */
export async function* eventData(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await beforeSilence(reader.read());
      if (done) throw new Error('the stream ended early');
      const events = (text + value).split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) {
        if (event.startsWith('event: complete')) return;
        if (event.startsWith('event: next')) yield event.slice(event.indexOf('data:') + 'data:'.length);
      }
    }
  } finally {
    await reader.cancel();
  }
}

async function beforeSilence<Result>(reading: Promise<Result>): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('the stream is silent')), silenceMs);
  return Promise.race([reading, promise]).finally(() => clearTimeout(timer));
}
