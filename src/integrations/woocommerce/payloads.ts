import { z } from 'zod';
import { lenient } from '../call-api.ts';

// After https://woocommerce.github.io/woocommerce-rest-api-docs/ (REST API v3: products, product variations, orders, setting options). Only what is
// read is named; everything else may come and go. Plugins write amounts and quantities as text or number as they please.

const text = lenient(z.string());
const amount = lenient(z.union([z.string(), z.number().transform(String)]));
const quantity = lenient(
  z
    .union([
      z.number(),
      z
        .string()
        .regex(/^-?\d{1,9}$/)
        .transform(Number),
    ])
    .pipe(z.number().int()),
);
const id = z.number().int().positive();
const image = lenient(z.looseObject({ src: text }));

const sold = {
  id,
  sku: text,
  price: amount,
  status: text,
  manage_stock: lenient(z.union([z.boolean(), z.literal('parent')])),
  stock_quantity: quantity,
  stock_status: text,
  backorders: text,
  weight: amount,
  cost_of_goods_sold: lenient(z.looseObject({ total_value: amount })),
};

export const productSchema = z.looseObject({
  ...sold,
  name: text,
  type: text,
  short_description: text,
  categories: lenient(z.array(z.looseObject({ name: text }))),
  images: lenient(z.array(z.looseObject({ src: text }))),
});
export const productsSchema = z.array(productSchema);
export type WooProduct = z.infer<typeof productSchema>;

export const variationSchema = z.looseObject({
  ...sold,
  image,
  attributes: lenient(z.array(z.looseObject({ name: text, option: text }))),
});
export const variationsSchema = z.array(variationSchema);
export type WooVariation = z.infer<typeof variationSchema>;

export const orderSchema = z.looseObject({
  id,
  number: amount,
  status: text,
  date_completed_gmt: text,
  meta_data: lenient(z.array(z.looseObject({ key: text, value: z.unknown() }))),
});
export const ordersSchema = z.array(orderSchema);
export type WooOrder = z.infer<typeof orderSchema>;

export const trackingItemsSchema = z
  .array(
    z.looseObject({
      tracking_provider: text,
      custom_tracking_provider: text,
      tracking_number: text,
      custom_tracking_link: text,
    }),
  )
  .catch([]);

export const settingSchema = z.looseObject({ value: text });
export const indexSchema = z.looseObject({ name: text });
export const errorSchema = z.looseObject({
  code: text,
  message: text,
  data: lenient(z.looseObject({ params: lenient(z.record(z.string(), z.unknown())) })),
});
