import type { ZiikAuthorFragment } from '../../generated/graphql/graphql.ts';
import { unixSecondsOrNull } from './time.ts';

/** Who writes. What is not known of a name or a title is empty text: the documents give these no null. */
export function presentAuthor(author: ZiikAuthorFragment) {
  const { department, unit } = author;
  return {
    id: author.number,
    first_name: author.firstName ?? '',
    last_name: author.lastName ?? '',
    name: author.name,
    title: author.title ?? '',
    active: author.leftAt === null,
    avatar: author.avatarUrl === null ? null : { url: author.avatarUrl },
    archived_at: unixSecondsOrNull(author.leftAt),
    participant_type: author.participantKind.toLowerCase(),
    subtext: subtext(author),
    department: department && { id: department.number, name: department.name },
    unit: unit && { id: unit.number, name: unit.name },
  };
}

/** `Title - Unit (Department)`, without what is missing. */
function subtext({ title, unit, department }: ZiikAuthorFragment): string {
  const place = [title, unit?.name].filter(Boolean).join(' - ');
  return [place, department && `(${department.name})`].filter(Boolean).join(' ');
}
