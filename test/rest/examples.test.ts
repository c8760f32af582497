import { describe, expect, test } from 'vitest';
import { contracts } from '../../src/rest/contracts.ts';

const shown = contracts.flatMap(({ name, routes }) =>
  routes.map((route) => ({ ...route, title: `${name}: ${route.method} ${route.path}` })),
);

describe.each(shown.filter(({ example }) => example !== null))('$title', ({ response, example }) => {
  test('the example has the shape of the route’s answer', () => {
    expect(response?.safeParse(example).error).toBeUndefined();
  });
});
