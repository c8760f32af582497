import { z } from 'zod';
import { isHttpsUrl } from '../../values/https-url.ts';

const workplace = z.object({ name: z.string() }).nullish();

export const participant = z.object({
  id: z.int(),
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
  name: z.string().nullish(),
  title: z.string().nullish(),
  avatar: z.object({ url: z.string().nullish() }).nullish(),
  participant_type: z.string().nullish(),
  department: workplace,
  unit: workplace,
});

export type Participant = z.output<typeof participant>;

/** The fields of an author that a line of the import format has. */
interface Authorship {
  direction: 'inbound' | 'outbound';
  author: object | null;
  agent: { externalId: string; name: string } | null;
}

/** Agents and the organization write outbound messages, everybody else inbound ones: the API shows no direction. */
export function authorship(given: Participant): Authorship {
  const type = given.participant_type?.toLowerCase();
  if (type === 'organization') return { direction: 'outbound', author: null, agent: null };
  if (type === 'agent') return { direction: 'outbound', author: null, agent: { externalId: String(given.id), name: nameOf(given) } };
  return { direction: 'inbound', author: personOf(given), agent: null };
}

/** The parts of a participant that its name and kind are made of. */
export function named({ id, name, participant_type }: Participant) {
  return [id, name, participant_type];
}

function personOf(given: Participant): object {
  const { id, avatar, title, department, unit } = given;
  const first = given.first_name ?? '';
  const last = given.last_name ?? '';
  const url = avatar?.url ?? '';
  return {
    externalId: String(id),
    // A contact may have no name but its address.
    firstName: first === '' && last === '' ? nameOf(given) : first,
    lastName: last,
    title: textOf(title),
    avatarUrl: isHttpsUrl(url) ? url : null,
    department: textOf(department?.name),
    unit: textOf(unit?.name),
  };
}

function nameOf({ id, name }: Participant): string {
  return textOf(name) ?? String(id);
}

function textOf(text: string | null | undefined): string | null {
  return text == null || text.trim() === '' ? null : text;
}
