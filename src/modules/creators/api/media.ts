import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { id } from './fields.ts';

const pictureSchema = z.object({
  profileId: id,
  mediaId: id,
  source: z.string().describe('Where it came from'),
  takenAt: z.string(),
  width: z.number(),
  height: z.number(),
});
export type Picture = z.infer<typeof pictureSchema>;

/** The fact by which other modules and the index know a person's picture: the id of the media. */
export const pictureFact = 'picture';

export const uploadPicture = endpoint({
  name: 'creators.uploadPicture',
  method: 'PUT',
  path: '/creators/:personId/profiles/:profileId/picture',
  access: 'creators:write',
  transport: 'upload',
  summary: 'Keep a picture of a profile: JPEG, PNG, WebP, GIF or AVIF up to 10 MB; made small and stored locally',
  input: z.object({ personId: id, profileId: id }),
  output: pictureSchema,
});

export const fetchPicture = endpoint({
  name: 'creators.fetchPicture',
  method: 'POST',
  path: '/creators/:personId/profiles/:profileId/picture',
  access: 'creators:write',
  summary: 'Fetch the picture of a profile from a public address and keep it locally',
  input: z.object({ personId: id, profileId: id, url: z.string().min(1).max(2000) }),
  output: pictureSchema,
});

export const removePicture = endpoint({
  name: 'creators.removePicture',
  method: 'DELETE',
  path: '/creators/:personId/profiles/:profileId/picture',
  access: 'creators:write',
  summary: 'Remove the picture of a profile',
  input: z.object({ personId: id, profileId: id }),
});

export const getMedia = endpoint({
  name: 'media.get',
  method: 'GET',
  path: '/media/:mediaId',
  access: 'creators:read',
  transport: 'download',
  summary: 'A stored picture, as WebP',
  input: z.object({ mediaId: id, workspace: z.string().max(100).optional() }),
});
