import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { AppError } from '#kernel/errors.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { ProfileRow, readCapture, saveCapture } from '../api.ts';
import { creatorsError } from '../errors.ts';
import { importCreatorRows } from '../import-creator-rows.ts';
import { pictureBytesMax } from '../media/prepare-picture.ts';
import { putPicture } from '../media/put-picture.ts';
import { profileKey, selectKnownProfiles } from '../queries/known-creators.ts';
import { emailsInText } from '../rules/emails-in-text.ts';
import { parseHandle } from '../rules/parse-handle.ts';
import { type ReadPage, readCapturedPage } from '../rules/read-captured-page.ts';

const fields = ['displayName', 'bio', 'website', 'followers', 'following', 'postCount', 'isVerified'] as const;
/** Clocks of browsers are a little off. */
const aheadMsMax = 600_000;

/** What a captured page says. Error: bad_handle when it is no profile. */
export async function readOne(infra: Infra, call: Call<typeof readCapture>) {
  const { workspaceId, input } = call;
  const read = readCapturedPage(input.page);
  if (read === null)
    throw creatorsError(
      'bad_handle',
      'This page is no profile. Open the profile of a creator on Instagram, TikTok, YouTube or Pinterest, or a page of their blog, and capture that.',
      [{ field: 'page.url', message: 'Not a profile' }],
    );
  const { platform, handle, pictureUrl, from } = read;
  const known = await infra.db.inWorkspace(workspaceId, (tx) => findKnown(tx, workspaceId, read));
  return {
    profile: { platform, handle, ...bounded(read) },
    pictureUrl,
    found: Object.entries(from).map(([field, part]) => ({ field, from: part })),
    missing: fields.filter((field) => read[field] === null),
    personId: known?.personId ?? null,
  };
}

function bounded(read: ReadPage) {
  return {
    displayName: read.displayName?.slice(0, 300) ?? null,
    bio: read.bio?.slice(0, 2000) ?? null,
    website: read.website,
    followers: read.followers,
    following: read.following,
    postCount: read.postCount,
    isVerified: read.isVerified,
  };
}

async function findKnown(
  tx: Parameters<typeof selectKnownProfiles>[0],
  workspaceId: string,
  of: { platform: ReadPage['platform']; handle: string },
) {
  const parsed = parseHandle(of.handle, of.platform);
  if (!parsed.ok) return undefined;
  const { platform, key } = parsed.value;
  const known = await selectKnownProfiles(tx, workspaceId, [{ platform, handleKey: key }]);
  return known.get(profileKey(platform, key));
}

/** Keeps what a person confirmed of a page. Errors: bad_handle, bad_value. */
export async function saveOne(infra: Infra, call: Call<typeof saveCapture>) {
  const { workspaceId, input } = call;
  const { pageUrl, capturedAt, pictureUrl, tags, ...profile } = input;
  const page = URL.parse(pageUrl);
  if (page === null || !/^https?:$/.test(page.protocol))
    throw creatorsError('bad_value', 'The page has no address.', [{ field: 'pageUrl', message: 'Not an address' }]);
  const now = infra.clock.now();
  const seenAt = capturedAt === undefined ? now : new Date(capturedAt);
  if (seenAt.getTime() > now.getTime() + aheadMsMax)
    throw creatorsError('bad_value', `The page cannot have been seen at ${seenAt.toISOString()}, which is to come.`, [
      { field: 'capturedAt', message: 'Lies in the future' },
    ]);
  const { followers, following, postCount } = profile;
  const hasFigures = [followers, following, postCount].some((value) => value !== null);
  const row: ProfileRow = {
    ...profile,
    // The same figures on another day are a point in time of their own.
    ...(hasFigures ? { history: [{ day: seenAt.toISOString().slice(0, 10), followers, following, postCount }] } : {}),
  };
  const outcome = await importCreatorRows(infra, {
    workspaceId,
    rows: [{ profiles: [row], tags, emails: emailsInText(profile.bio) }],
    source: `captured from ${page.host}`,
    observedAt: seenAt,
    keyScope: 'capture',
  });
  const [wrong] = outcome.errors;
  if (wrong !== undefined)
    throw creatorsError('bad_handle', wrong.message, [{ field: 'handle', message: wrong.message }]);
  const personId = outcome.personIds[0] ?? null;
  if (personId === null) return { personId, outcome: 'objected' as const, hasPicture: false };
  await infra.db.inWorkspace(workspaceId, (tx) =>
    recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'creator.captured',
      subjectKind: 'creator',
      subjectId: personId,
      changes: { page: `${page.origin}${page.pathname}` },
    }),
  );
  const hasPicture =
    pictureUrl !== null &&
    (await keepPicture(infra, call, { personId, pictureUrl, source: `captured from ${page.host}` }));
  const told = outcome.created > 0 ? 'created' : outcome.updated > 0 ? 'updated' : 'unchanged';
  return { personId, outcome: told, hasPicture } as const;
}

/** A picture that cannot be had takes nothing from the capture. */
async function keepPicture(
  infra: Infra,
  call: Call<typeof saveCapture>,
  of: { personId: string; pictureUrl: string; source: string },
): Promise<boolean> {
  const { workspaceId, input } = call;
  const known = await infra.db.inWorkspace(workspaceId, (tx) => findKnown(tx, workspaceId, input));
  if (known === undefined) return false;
  try {
    const answer = await infra.fetch(of.pictureUrl, { bytesMax: pictureBytesMax, timeoutMs: 8_000 });
    if (answer.status !== 200) return false;
    const { personId, source } = of;
    await putPicture(infra, { workspaceId, personId, profileId: known.profileId, source, bytes: answer.body });
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
