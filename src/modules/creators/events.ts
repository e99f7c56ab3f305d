import { z } from 'zod';

/** Persons whose document changed (fields, profiles, figures, posts or facts). At most `idsPerEventMax` ids an event. */
export const creatorsChanged = 'creators.changed';
/** Persons that are gone: erased, or merged into another one. */
export const creatorsRemoved = 'creators.removed';
/** One person was merged into another: what points to the absorbed one should point to the kept one. */
export const creatorsMerged = 'creators.merged';
/** A merge was undone: the absorbed person is back under its old id with its old profiles. */
export const creatorsSplit = 'creators.split';

/** Comments that came in, or whose text, author or date changed. */
export const commentsChanged = 'creators.comments_changed';

export const idsPerEventMax = 2000;

export const personIdsPayload = z.object({
  personIds: z.array(z.string()).max(idsPerEventMax),
  /** The module whose stated facts are all that changed, so that it need not react to itself. */
  statedBy: z.string().optional(),
});
export const commentIdsPayload = z.object({ commentIds: z.array(z.string()).max(idsPerEventMax) });
export const mergePayload = z.object({ keptPersonId: z.string(), absorbedPersonId: z.string() });
