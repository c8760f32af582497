/** The paths that the vendor's SDK can call and that this contract does not serve. */
export const unservedPaths = {
  paths: [
    '/v1/messages',
    '/v1/calls',
    '/v1/usage',
    '/v1/webhooks',
    '/v1/register',
    '/v1/sub-accounts',
    '/v1/location',
    '/v1/agents/voices',
    '/v1/agents/{agent_id}/calls',
    '/v1/agents/{agent_id}/numbers',
    '/v1/agents/{agent_id}/webhook',
    '/v1/numbers/{number_id}/calls',
    '/v1/numbers/{number_id}/contact-card',
    '/v1/contacts/{contact_id}',
  ],
  because: 'This gateway does not serve this path: it serves conversations and their messages, and shows numbers, agents and contacts',
};
