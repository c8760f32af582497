import { describe, expect, test } from 'vitest';
import { useApp } from '../../support/harness.ts';
import { chatLine, phoneLine } from '../../support/lines.ts';
import { at, recorded } from './recorded.ts';

const parley = useApp();

describe('authors', () => {
  test.each<[{ title?: string; unit?: string; department?: string }, string]>([
    [{ title: 'Manager', unit: 'HQ', department: 'Sales' }, 'Manager - HQ (Sales)'],
    [{ title: 'Manager', unit: 'HQ' }, 'Manager - HQ'],
    [{ title: 'Manager', department: 'Sales' }, 'Manager (Sales)'],
    [{ title: 'Manager' }, 'Manager'],
    [{ unit: 'HQ', department: 'Sales' }, 'HQ (Sales)'],
    [{ unit: 'HQ' }, 'HQ'],
    [{ department: 'Sales' }, '(Sales)'],
    [{}, ''],
  ])('%j: %s', async (given, subtext) => {
    const author = { externalId: 'bo', firstName: 'Bo', lastName: 'Ek', ...given };
    const { messages } = await recorded(parley, [chatLine({ author })]);
    expect(messages[0]?.author).toMatchObject({
      name: 'Bo Ek',
      subtext,
      title: given.title ?? '',
      department: given.department ? { name: given.department } : null,
      unit: given.unit ? { name: given.unit } : null,
    });
  });

  test('shows one id for the department of two authors, and another for a unit of the same name', async () => {
    const { messages } = await recorded(parley, [
      chatLine({ ...at(0), author: { externalId: 'a', firstName: 'A', lastName: 'A', department: 'Lab' } }),
      chatLine({ ...at(1), author: { externalId: 'b', firstName: 'B', lastName: 'B', department: 'Lab', unit: 'Lab' } }),
    ]);
    const [a, b] = messages.map(({ author }) => author);
    expect(a?.department).toEqual(b?.department);
    expect(a?.unit).toBeNull();
    expect(b?.unit).toMatchObject({ name: 'Lab' });
  });

  test('shows the contact, the agent or the organization as the author of text messages', async () => {
    const { messages } = await recorded(parley, [
      phoneLine({ ...at(0) }),
      phoneLine({ ...at(1), direction: 'outbound', agent: { externalId: 'desk', name: 'Front desk' } }),
      phoneLine({ ...at(2), direction: 'outbound' }),
    ]);
    const authors = messages.map(({ author }) => [author.participant_type, author.name, author.first_name, author.active]);
    expect(authors.slice(0, 2)).toEqual([
      ['contact', '+15550000002', '', true],
      ['agent', 'Front desk', '', true],
    ]);
    expect(['agent', 'organization']).toContain(authors[2]?.[0]);
    const { messages: alone } = await recorded(parley, [phoneLine({ direction: 'outbound' })]);
    expect(alone[0]?.author).toMatchObject({ participant_type: 'organization', name: 'Test organization', subtext: '' });
  });
});
