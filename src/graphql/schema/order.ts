import { builder } from './builder.ts';

export const OrderDirection = builder.enumType('OrderDirection', {
  description: 'The direction of an order.',
  values: {
    ASC: { description: 'Ascending: the smallest or earliest first.' },
    DESC: { description: 'Descending: the greatest or latest first.' },
  },
});
