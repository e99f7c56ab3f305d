import type { OutputOf } from '#kernel/endpoint.ts';
import type { getAsset } from '#modules/content/api.ts';

/** A piece with its rights and places, as the panel and its sections show it. */
export type WholeAsset = OutputOf<typeof getAsset>;
