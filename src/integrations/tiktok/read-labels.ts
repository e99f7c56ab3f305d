import type { PostRow } from '#modules/creators/api.ts';
import { type ConnectorAccess, type ConnectorStep, emptyStep } from '#modules/creators/index.ts';
import { callApi, type Reach, readJson } from '../call-api.ts';
import { commercialSchema, tokenSchema } from './payloads.ts';

const base = 'https://open.tiktokapis.com/v2';
const name = 'TikTok';
const lookBackDays = 180;
const rowsMax = 50;

/** Only connections with a client approved for the Commercial Content API ask for labels. */
export const readsLabels = ({ settings, credentials }: ConnectorAccess) =>
  settings.labelClientKey !== undefined && credentials.labelClientSecret !== undefined;

/**
 * Marks the account's videos that TikTok lists as commercial content, that is with a label of paid partnership or promotion. The list covers the
 * European Economic Area, so a video that is not in it stays unknown.
 */
export async function readLabels(
  at: { reach: Reach; access: ConnectorAccess },
  handle: string,
): Promise<ConnectorStep> {
  const { access, reach } = at;
  const common = { name, method: 'POST' as const, signal: access.signal, now: access.now };
  const answer = await callApi(reach, {
    ...common,
    url: `${base}/oauth/token/`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      client_key: access.settings.labelClientKey ?? '',
      client_secret: access.credentials.labelClientSecret ?? '',
      grant_type: 'client_credentials',
    }).toString(),
  });
  const token = readJson(name, answer, tokenSchema);
  const without = (reason: string): ConnectorStep => ({ ...emptyStep, missing: [{ field: 'paidLabel', reason }] });
  if (token.access_token === null)
    return without(`TikTok gives no token for labels: ${token.error_description ?? token.error ?? answer.status}`);
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10).replaceAll('-', '');
  const now = access.now.getTime();
  const found = await callApi(reach, {
    ...common,
    url: `${base}/research/adlib/commercial_content/query/?fields=id,label,brand_names,creator,videos`,
    headers: { authorization: `Bearer ${token.access_token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      filters: {
        content_published_date_range: { min: day(now - lookBackDays * 86_400_000), max: day(now) },
        creator_usernames: [handle],
      },
      max_count: rowsMax,
    }),
  });
  // Ids are numbers of 19 digits, which JSON would round.
  const body = Buffer.from(found.body.toString('utf8').replace(/("id"\s*:\s*)(\d{16,})/g, '$1"$2"'));
  const { data, error } = readJson(name, { ...found, body }, commercialSchema);
  if (found.status !== 200 || (error?.code ?? 'ok') !== 'ok')
    return without(`TikTok says of labels: ${(error?.message ?? error?.code ?? String(found.status)).slice(0, 200)}`);
  const ids = new Set(
    (data?.commercial_contents ?? [])
      .filter((one) => one.creator?.username == null || one.creator.username === handle)
      .flatMap((one) => (one.videos ?? []).flatMap((video) => video.id ?? [])),
  );
  const posts = [...ids].map((externalId): PostRow => ({ platform: 'tiktok', handle, externalId, isPaidLabel: true }));
  const reason = 'TikTok lists labelled videos of the European Economic Area only';
  return { ...emptyStep, posts, missing: [{ field: 'paidLabel', reason }] };
}
