import { z } from 'zod';
import type { ZiikAuthorFragment } from '../../generated/graphql/graphql.ts';
import { contactAddressRule } from '../../values/contact-address.ts';
import { time, unixSecondsOrNull } from './time.ts';

const id = z.int();

const workplace = z.strictObject({ id, name: z.string() }).nullable();

export const author = z
  .strictObject({
    id,
    first_name: z.string(),
    last_name: z.string(),
    name: z.string().meta({
      description: `The full name. An unnamed contact is called by its address: ${contactAddressRule}.`,
    }),
    title: z.string(),
    active: z.boolean(),
    avatar: z.strictObject({ url: z.string() }).nullable(),
    archived_at: time.nullable(),
    participant_type: z.string(),
    subtext: z.string(),
    department: workplace,
    unit: workplace,
  })
  .meta({ id: 'Author' });

export const authorExample: z.input<typeof author> = {
  id: 1,
  first_name: 'John',
  last_name: 'Doe',
  name: 'John Doe',
  title: 'Manager',
  active: true,
  avatar: { url: 'https://media.example/john.png' },
  archived_at: null,
  participant_type: 'person',
  subtext: 'Manager - HQ (Sales)',
  department: { id: 10, name: 'Sales' },
  unit: { id: 5, name: 'HQ' },
};

/** Presents a participant. An unknown name or title is an empty text: the vendor's documents allow no null there. */
export function presentAuthor(given: ZiikAuthorFragment): z.input<typeof author> {
  const { department, unit } = given;
  return {
    id: given.number,
    first_name: given.firstName ?? '',
    last_name: given.lastName ?? '',
    name: given.name,
    title: given.title ?? '',
    active: given.leftAt === null,
    avatar: given.avatarUrl === null ? null : { url: given.avatarUrl },
    archived_at: unixSecondsOrNull(given.leftAt),
    participant_type: given.participantKind.toLowerCase(),
    subtext: subtext(given),
    department: department && { id: department.number, name: department.name },
    unit: unit && { id: unit.number, name: unit.name },
  };
}

/** `Title - Unit (Department)`, without the missing parts. */
function subtext({ title, unit, department }: ZiikAuthorFragment): string {
  const place = [title, unit?.name].filter(Boolean).join(' - ');
  return [place, department && `(${department.name})`].filter(Boolean).join(' ');
}
