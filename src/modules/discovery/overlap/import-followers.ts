import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { notFound } from '#kernel/errors.ts';
import { newId } from '#kernel/id.ts';
import { platformNames } from '#kernel/platform.ts';
import { fileNameOf, readPersonCards } from '#modules/creators/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import { followersKeptMax, type importFollowers, sketchSize } from '../api.ts';
import { selectBrand } from '../competitors/queries/brands.ts';
import { discoveryError } from '../errors.ts';
import { followersHash } from './followers-hash.ts';
import { packHashes, upsertFollowerSet } from './queries/follower-sets.ts';
import { type ReadFollowers, readFollowers } from './read-followers.ts';
import { readSet } from './read-sets.ts';

type ImportCall = Call<typeof importFollowers>;

/** Followers stated for a complete file may differ by so much: they come and go while a file is drawn. */
const completeWithin = 0.05;

/**
 * Keeps who follows a creator or a brand as keyed hashes; the same subject, day and source again replaces what was. Nothing is kept of a refused file.
 * Errors: not_found, followers_of, followers_file with rows.
 */
export async function importFollowerFile(infra: Infra, call: ImportCall) {
  const { workspaceId, input } = call;
  const today = infra.clock.now().toISOString().slice(0, 10);
  if (input.takenOn > today)
    throw faultAt('takenOn', `${input.takenOn} is still to come. Give the day the file was drawn.`);
  if (input.coverage === 'sample' && input.total === undefined)
    throw faultAt(
      'total',
      'A sample needs the number of all followers at that time, else nothing can be reckoned from it.',
    );
  await infra.db.inWorkspace(workspaceId, (tx) => subjectOf(tx, call));
  const read = await readFollowers(call.request.body, {
    platform: input.platform,
    idKind: input.idKind,
    hasher: followersHash(infra, workspaceId),
  });
  const total = totalOf(input, read.hashes.length);
  const isWhole = input.keep === 'auto' && read.hashes.length <= followersKeptMax;
  // One more than the sketch needs: the last is the bound below which all are there.
  const kept = isWhole ? read.hashes : read.hashes.subarray(0, sketchSize + 1);
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const subject = await subjectOf(tx, call);
    const setId = await upsertFollowerSet(tx, workspaceId, {
      id: newId('followerSet'),
      profile_id: subject.profileId,
      brand_id: subject.brandId,
      platform: input.platform,
      id_kind: read.idKind,
      coverage: input.coverage,
      size: BigInt(read.hashes.length),
      total: BigInt(total),
      kept: kept.length === read.hashes.length ? 'all' : 'smallest',
      hashes: packHashes(kept),
      taken_on: input.takenOn,
      source: input.source,
      file_name: fileNameOf(call.request),
      imported_by: call.actor.name,
      created_at: infra.clock.now(),
    });
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'followers.imported',
      subjectKind: subject.brandId === null ? 'creator' : 'brand',
      subjectId: subject.id,
      changes: {
        coverage: input.coverage,
        size: read.hashes.length,
        total,
        source: input.source,
        takenOn: input.takenOn,
      },
    });
    return { set: await readSet(tx, workspaceId, setId), ...countsOf(read) };
  });
}

const faultAt = (field: string, message: string) => discoveryError('followers_file', message, [{ field, message }]);

const countsOf = ({ rows, repeated, skipped, faults }: ReadFollowers) => ({ rows, repeated, skipped, faults });

function totalOf(input: ImportCall['input'], size: number): number {
  const { coverage, total } = input;
  if (coverage === 'sample') {
    if (total !== undefined && total >= size) return total;
    throw faultAt('total', `The file holds ${size} followers, more than the ${total ?? 0} stated in all.`);
  }
  if (total !== undefined && Math.abs(total - size) > total * completeWithin)
    throw faultAt(
      'coverage',
      `The file holds ${size} followers where ${total} were stated, so it is not complete. Import it as a sample, if it was drawn at random.`,
    );
  return size;
}

interface Subject {
  id: string;
  profileId: string | null;
  brandId: string | null;
}

async function subjectOf(tx: Tx, { workspaceId, input }: ImportCall): Promise<Subject> {
  const { personId, brandId, platform } = input;
  if ((personId === undefined) === (brandId === undefined))
    throw discoveryError('followers_of', 'Say whose followers these are: either personId or brandId.', [
      { field: 'personId', message: 'either this or brandId' },
    ]);
  if (brandId !== undefined) {
    const brand = await selectBrand(tx, workspaceId, brandId);
    if (brand === null) throw notFound('brand');
    return { id: brand.id, profileId: null, brandId: brand.id };
  }
  const card = (await readPersonCards(tx, workspaceId, [personId ?? ''])).get(personId ?? '');
  if (card === undefined) throw notFound('creator');
  const profile = card.profiles.find((one) => one.platform === platform);
  if (profile === undefined)
    throw discoveryError('followers_of', `${card.name} has no profile on ${platformNames[platform]}. Add it first.`, [
      { field: 'platform', message: 'no profile there' },
    ]);
  return { id: card.personId, profileId: profile.profileId, brandId: null };
}
