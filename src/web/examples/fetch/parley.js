// GraphQL over fetch. `gateway` is { url, key }, such as { url: 'http://localhost:4000/graphql', key: 'am_live_…' }.

/** Runs a query or a mutation. Throws the first error, whose `extensions.code` says what is wrong. */
export async function query(gateway, text, variables = {}) {
  const response = await send(gateway, { query: text, variables }, 'application/json');
  const { data, errors } = await response.json();
  if (errors) throw Object.assign(new Error(errors[0].message), { code: errors[0].extensions?.code });
  return data;
}

/**
 * Follows a subscription whose event has a `cursor`, and whose variable `after` continues behind it. No event is lost or repeated when the connection ends.
 * Returns a function that stops.
 */
export function subscribe(gateway, text, variables, onEvent, onError = console.error) {
  const stop = new AbortController();
  let after = variables.after ?? null;
  const follow = async () => {
    const response = await send(gateway, { query: text, variables: { ...variables, after } }, 'text/event-stream', stop.signal);
    for await (const { data, errors } of events(response)) {
      if (errors) throw Object.assign(new Error(errors[0].message), { code: errors[0].extensions?.code });
      const [event] = Object.values(data);
      after = event.cursor ?? after;
      onEvent(event);
    }
  };
  (async () => {
    while (!stop.signal.aborted) {
      try {
        await follow();
      } catch (error) {
        if (stop.signal.aborted) return;
        // The gateway refused: to try again would not help.
        if (error.code) return onError(error);
      }
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  })();
  return () => stop.abort();
}

function send({ url, key }, body, accept, signal) {
  const headers = { accept, authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body), signal });
}

/** Reads the results of server-sent events. */
async function* events(response) {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return yield await response.json();
  let rest = '';
  for await (const chunk of chunks(response.body.pipeThrough(new TextDecoderStream()))) {
    const parts = (rest + chunk).split('\n\n');
    rest = parts.pop();
    for (const part of parts) {
      const data = part.split('\n').find((line) => line.startsWith('data:'))?.slice(5).trim();
      if (data && part.includes('event: next')) yield JSON.parse(data);
    }
  }
}

/** Not every browser can iterate a stream itself. */
async function* chunks(stream) {
  const reader = stream.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
}
