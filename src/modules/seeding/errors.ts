import { defineErrors } from '#kernel/errors.ts';

export const seedingError = defineErrors('seeding', {
  bad_cursor: 'invalid',
  bad_money: 'invalid',
  bad_country: 'invalid',
  bad_address: 'invalid',
  bad_file: 'invalid',
  bad_day: 'invalid',
  unknown_product: 'invalid',
  unknown_variant: 'invalid',
  name_taken: 'conflict',
  sku_taken: 'conflict',
  of_the_shop: 'conflict',
  not_connected: 'conflict',
  not_open: 'conflict',
  over_limit: 'conflict',
  no_stock: 'conflict',
  decided_already: 'conflict',
  sent_already: 'conflict',
  do_not_gift: 'conflict',
  not_shipped: 'conflict',
  ordered_by_shop: 'conflict',
});
