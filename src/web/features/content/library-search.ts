import { z } from 'zod';
import { platformSchema } from '#kernel/platform.ts';
import { assetColourSchema, capturedHowSchema, rightsStateSchema } from '#modules/content/api.ts';

/** Filters of the library, kept in the address. */
export const librarySearch = z.object({
  q: z.string().default(''),
  rights: rightsStateSchema.optional(),
  platform: platformSchema.optional(),
  how: capturedHowSchema.optional(),
  colour: assetColourSchema.optional(),
  sort: z.enum(['newest', 'likes', 'views', 'rights_end']).default('newest'),
  open: z.string().optional(),
  add: z.enum(['url', 'file']).optional(),
});
export type LibrarySearch = z.infer<typeof librarySearch>;

/** The same as the endpoint asks for it. */
export function toInput(state: LibrarySearch) {
  return {
    ...(state.q === '' ? {} : { query: state.q }),
    ...(state.rights === undefined ? {} : { rights: state.rights }),
    ...(state.platform === undefined ? {} : { platform: state.platform }),
    ...(state.how === undefined ? {} : { capturedHow: state.how }),
    ...(state.colour === undefined ? {} : { colour: state.colour }),
    sort: state.sort,
  };
}
