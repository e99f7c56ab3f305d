import type { SafeFetch } from '#infra/fetch/safe-fetch.ts';
import type { Connector } from '#modules/creators/index.ts';
import { systemReach } from './call-api.ts';
import { createInstagram } from './instagram/instagram.ts';
import { createPinterest } from './pinterest/pinterest.ts';
import { createFeeds } from './rss/feeds.ts';
import { createTiktok } from './tiktok/tiktok.ts';
import { createYoutube } from './youtube/youtube.ts';

/** Every platform there is an adapter for. None does anything before a workspace connects it. */
export function createConnectors(fetch: SafeFetch, reach = systemReach(fetch)): Connector[] {
  return [
    createYoutube(reach),
    createInstagram(reach),
    createTiktok(reach),
    createPinterest(reach),
    createFeeds(reach),
  ];
}
