// Two organizations with objects of every type. The second has more of each, so that some of its integer ids are unknown in the first.
import type { Tenant, useApp } from '../support/harness.ts';
import { chatLine, phoneLine } from '../support/lines.ts';
import { newHook } from '../support/webhooks.ts';

/** The external ids and the metadata key of an organization with this mark. */
export const externalIds = ['agent', 'person-1', 'chat', 'key'].map((each) => `zanzibar-${each}`);

type Parley = ReturnType<typeof useApp>;

/** Fills an organization with `count` phone conversations and chat messages with every field. `mark` is in every text. No address contains an integer id, because a search would find it. */
export async function fill(
  parley: Parley,
  tenant: Tenant,
  { mark, count, phone }: { mark: string; count: number; phone: string },
): Promise<void> {
  const instant = (nth: number) => new Date(Date.UTC(2026, 0, 1, phone === '+1555' ? 0 : 1) + nth * 61_000).toISOString();
  const person = (nth: number) => ({
    externalId: `${mark}-person-${nth % 3}`,
    firstName: mark,
    lastName: `Lee ${nth % 3}`,
    department: `${mark} sales`,
    unit: `${mark} north`,
    title: `${mark} clerk`,
  });
  const reactions = (nth: number) => [{ type: `${mark} like`, direction: 'inbound', createdAt: instant(nth), author: person(nth + 1) }];
  const attachments = [{ name: `${mark}.png`, mime: 'image/png', size: 10, url: `https://files.example/${mark}.png` }];
  await parley.importLines(tenant, [
    ...Array.from({ length: count }, (_, nth) =>
      phoneLine({
        externalId: `phone-${nth}`,
        phoneNumber: `${phone}0000001`,
        contactNumber: `${phone}00000${20 + nth}`,
        createdAt: instant(nth),
        body: `hello ${mark}`,
        mediaUrls: [`https://media.example/${mark}.png`],
        agent: { externalId: `${mark}-agent`, name: `Ada ${mark}` },
        consent: { optedIn: true, at: instant(nth) },
        metadata: { [`${mark}-key`]: 'sample' },
      }),
    ),
    ...Array.from({ length: count }, (_, nth) =>
      chatLine({
        externalId: `chat-${nth}`,
        createdAt: instant(count + nth),
        body: `hello ${mark}`,
        author: person(nth),
        conversation: { externalId: `${mark}-chat`, type: 'group', title: mark },
        replyTo: nth > 0 ? 'chat-0' : undefined,
        reactions: reactions(nth),
        attachments,
      }),
    ),
  ]);
  const { data } = await parley.graphql(tenant.key, '{ agents { nodes { id } } }');
  for (const agentId of [null, data.agents.nodes[0].id]) await newHook(parley, tenant, `https://hooks.example/${mark}`, agentId);
  // The last key of the list: tests may revoke it. All keys that can do so have its scope.
  await parley.key(tenant.id, ['apikeys:write'], new Date(Date.now() + 86_400_000));
}
