import { expect, test } from 'vitest';
import { LearnedDocuments } from '../../src/graphql/execution/learned-documents.ts';
import { persistedLength } from '../../src/graphql/limits.ts';

test('drops the oldest document of the largest organization if all together have too many', () => {
  const documents = new LearnedDocuments();
  const text = 'x'.repeat(65_000);
  const perOrganization = Math.floor(persistedLength.organization / (text.length + 64));
  documents.set('small', 'a', text);
  const organizations = Math.ceil(persistedLength.all / persistedLength.organization) + 3;
  for (let organization = 0; organization < organizations; organization++) {
    for (let index = 0; index < perOrganization; index++) documents.set(`large ${organization}`, String(index), text);
  }
  expect(documents.get('small', 'a')).toBe(text);
  const kept = Array.from({ length: organizations }, (_, organization) =>
    Array.from({ length: perOrganization }, (_each, index) => documents.get(`large ${organization}`, String(index))).filter(Boolean),
  ).flat().length;
  expect(kept * text.length).toBeLessThanOrEqual(persistedLength.all);
  expect(kept * text.length).toBeGreaterThan(0.9 * persistedLength.all);
});
