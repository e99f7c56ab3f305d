import { z } from 'zod';
import type { Fetched } from '#infra/fetch/safe-fetch.ts';
import { dayIn } from '#kernel/time.ts';
import type { PostRow } from '#modules/creators/api.ts';
import {
  type Connector,
  type ConnectorAbout,
  type ConnectorAccess,
  ConnectorFault,
  type ConnectorStep,
  emptyStep,
} from '#modules/creators/index.ts';
import { callApi, countSchema, instantOf, lenient, type Reach, readJson, tagsOf } from '../call-api.ts';

const base = 'https://api.pinterest.com/v5';
const name = 'Pinterest';
const pageRows = 50;
const pagesMax = 4;

// After the OpenAPI description of v5 (github.com/pinterest/api-description): Account, Pin with pin_metrics, Paginated, Error.
const text = lenient(z.string());
const accountSchema = z.looseObject({
  id: text,
  username: text,
  account_type: text,
  about: text,
  business_name: text,
  profile_image: text,
  website_url: text,
  follower_count: countSchema,
  following_count: countSchema,
  pin_count: countSchema,
});
const metricsSchema = lenient(
  z.looseObject({
    impression: countSchema,
    save: countSchema,
    reaction: countSchema,
    comment: countSchema,
  }),
);
const pinSchema = z.looseObject({
  id: z.string().min(1),
  created_at: text,
  title: text,
  description: text,
  link: text,
  creative_type: text,
  pin_metrics: lenient(z.looseObject({ lifetime_metrics: metricsSchema })),
});
const pinsSchema = z.looseObject({
  items: z
    .array(pinSchema)
    .nullish()
    .transform((list) => list ?? []),
  bookmark: text,
});
const errorSchema = z.looseObject({ code: lenient(z.number()), message: text });

const cursorSchema = z.object({ handle: z.string(), bookmark: z.string().nullable(), pagesLeft: z.number() });

const about: ConnectorAbout = {
  gives: [
    'The Pinterest account that allowed it: name, bio, followers, number of pins, picture',
    'Its newest 200 pins with impressions, saves, reactions and comments of their lifetime',
  ],
  lacks: [
    'Other accounts: Pinterest gives only the one that signed in. Bring others in by list, file or capture',
    'Video views',
  ],
  steps: [
    'Have a Pinterest business account and make an app at developers.pinterest.com',
    'Once the app has trial or standard access, make an access token with the scopes below',
    'Paste it here',
  ],
  scopes: ['user_accounts:read', 'pins:read', 'boards:read'],
  cost: 'Free. Trial access allows 1,000 requests a day; a refresh takes about 5.',
  documents: [
    'https://developers.pinterest.com/docs/api/v5/user_account-get',
    'https://developers.pinterest.com/docs/api/v5/pins-list',
  ],
  fields: [{ key: 'accessToken', label: 'Access token', help: 'Begins with pina_', isSecret: true, isOptional: false }],
  kinds: ['own'],
};

/** Reads the account that signed in, with its pins, by the Pinterest API v5. */
export function createPinterest(reach: Reach): Connector {
  return {
    platform: 'pinterest',
    source: 'Pinterest API v5',
    budget: { unitsPerDay: 1000, timeZone: 'UTC', unit: 'requests' },
    about,
    check: async (access) => {
      const account = readJson(name, await get(reach, access, 'user_account'), accountSchema);
      return { account: account.username === null ? null : `@${account.username}` };
    },
    step: (access, task) => {
      const cursor = cursorSchema.safeParse(task.cursor);
      return cursor.success ? readPins(reach, access, cursor.data) : readAccount(reach, access);
    },
  };
}

async function readAccount(reach: Reach, access: ConnectorAccess): Promise<ConnectorStep> {
  const account = readJson(name, await get(reach, access, 'user_account'), accountSchema);
  const handle = account.username;
  if (handle === null) throw new ConnectorFault('malformed', 'Pinterest did not send the name of the account.');
  const figures = {
    followers: account.follower_count,
    following: account.following_count,
    postCount: account.pin_count,
  };
  const missing = Object.entries(figures).flatMap(([field, value]) =>
    value === null ? [{ field, reason: 'Pinterest did not send it' }] : [],
  );
  return {
    ...emptyStep,
    creators: [
      {
        profiles: [
          {
            platform: 'pinterest',
            handle,
            externalId: account.id,
            displayName: account.business_name || null,
            bio: account.about,
            website: account.website_url,
            accountType: account.account_type?.toLowerCase() || null,
            ...figures,
            history: missing.length === 3 ? [] : [{ day: dayIn('UTC', access.now), ...figures }],
          },
        ],
      },
    ],
    pictures: account.profile_image === null ? [] : [{ handle, url: account.profile_image }],
    missing,
    cursor: { handle, bookmark: null, pagesLeft: pagesMax },
  };
}

async function readPins(
  reach: Reach,
  access: ConnectorAccess,
  cursor: z.infer<typeof cursorSchema>,
): Promise<ConnectorStep> {
  const params = {
    page_size: String(pageRows),
    pin_metrics: 'true',
    ...(cursor.bookmark === null ? {} : { bookmark: cursor.bookmark }),
  };
  const page = readJson(name, await get(reach, access, `pins?${new URLSearchParams(params)}`), pinsSchema);
  const pagesLeft = cursor.pagesLeft - 1;
  const hasMore = page.bookmark !== null && page.bookmark !== cursor.bookmark && pagesLeft > 0;
  const lacksMetrics = page.items.some((pin) => pin.pin_metrics?.lifetime_metrics == null);
  return {
    ...emptyStep,
    posts: page.items.map((pin) => postOf(pin, cursor.handle)),
    missing: lacksMetrics
      ? [{ field: 'pin metrics', reason: 'Some pins have none; they need a business account' }]
      : [],
    cursor: hasMore ? { ...cursor, bookmark: page.bookmark, pagesLeft } : null,
  };
}

function postOf(pin: z.infer<typeof pinSchema>, handle: string): PostRow {
  const caption = [pin.title, pin.description].filter((part) => part).join('\n\n') || null;
  const metrics = pin.pin_metrics?.lifetime_metrics ?? null;
  return {
    platform: 'pinterest',
    handle,
    externalId: pin.id,
    url: `https://www.pinterest.com/pin/${encodeURIComponent(pin.id)}/`,
    postedAt: instantOf(inUtc(pin.created_at)),
    format: pin.creative_type === 'VIDEO' ? 'video' : pin.creative_type === 'CAROUSEL' ? 'carousel' : 'image',
    caption,
    ...tagsOf(caption),
    likes: metrics?.reaction ?? null,
    comments: metrics?.comment ?? null,
    saves: metrics?.save ?? null,
    impressions: metrics?.impression ?? null,
  };
}

/** The API writes its times without a zone, or as -00:00; both mean UTC. */
function inUtc(text: string | null): string | null {
  if (text === null) return null;
  const bare = text.replace(/-00:00$/, 'Z');
  return /(Z|[+-]\d\d:?\d\d)$/.test(bare) ? bare : `${bare}Z`;
}

async function get(reach: Reach, access: ConnectorAccess, path: string): Promise<Fetched> {
  const answer = await callApi(reach, {
    name,
    url: `${base}/${path}`,
    headers: { authorization: `Bearer ${access.credentials.accessToken ?? ''}` },
    signal: access.signal,
    now: access.now,
    beforeTry: () => access.spend(1),
  });
  if (answer.status !== 200) throwFault(answer);
  return answer;
}

function throwFault(answer: Fetched): never {
  let said = `status ${answer.status}`;
  try {
    const parsed = errorSchema.safeParse(JSON.parse(answer.body.toString('utf8')));
    if (parsed.success && parsed.data.message !== null) said = parsed.data.message.slice(0, 300);
  } catch {
    // Not JSON: the status says enough.
  }
  if (answer.status === 401)
    throw new ConnectorFault('credentials', `Pinterest does not take the token (any more). It says: ${said}`);
  if (answer.status === 403)
    throw new ConnectorFault('credentials', `The token lacks a permission. Pinterest says: ${said}`);
  if (answer.status === 404) throw new ConnectorFault('gone', 'Pinterest does not know it (any more).');
  throw new ConnectorFault('malformed', `Pinterest answered: ${said}`);
}
