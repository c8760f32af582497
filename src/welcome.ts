/** Returns the text that the start prints: links, and commands to paste. `demoKey`: null if the demo is not served. */
export function welcome(origin: string, demoKey: string | null): string {
  const authorization = `-H 'Authorization: Bearer ${demoKey ?? 'YOUR_KEY'}'`;
  const query = '{"query":"{ conversations(first: 3) { nodes { contactNumber lastMessagePreview } } }"}';
  return `
Parley is running${demoKey === null ? '' : ' with the demo data. Its keys are public, so only this machine is served'}.

  GraphiQL      ${origin}/graphql
  REST          ${origin}/v1/conversations (the key's prefix chooses the API; ${origin}/ lists a path for each)
  Health        ${origin}/health

Paste into another terminal:

curl -s ${authorization} '${origin}/v1/conversations?limit=3'

curl -s ${authorization} -H 'Content-Type: application/json' -d '${query}' ${origin}/graphql

`;
}
