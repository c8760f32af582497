/** What start prints: where to click, and lines to paste. `demoKey` null: the demo is not served. */
export function welcome(origin: string, demoKey: string | null): string {
  const authorization = `-H 'Authorization: Bearer ${demoKey ?? 'YOUR_KEY'}'`;
  const query = '{"query":"{ conversations(first: 3) { nodes { contactNumber lastMessagePreview } } }"}';
  return `
Parley is up${demoKey === null ? '' : ', with the demo data: its keys are public, so it is served on this machine only'}.

  GraphiQL      ${origin}/graphql
  REST          ${origin}/v1/conversations, the contract by the key's prefix; each has a mount of its own, listed at ${origin}/
  Health        ${origin}/health

Paste in another terminal:

curl -s ${authorization} '${origin}/v1/conversations?limit=3'

curl -s ${authorization} -H 'Content-Type: application/json' -d '${query}' ${origin}/graphql

`;
}
