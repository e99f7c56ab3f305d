import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { platformSchema } from '#kernel/platform.ts';
import { instantSchema } from '#kernel/time.ts';
import { contentRightSchema, placementSchema, rightsStateSchema } from './rights.ts';

export const capturedHows = [
  'deliverable',
  'photo_tag',
  'mention',
  'hashtag',
  'keyword',
  'url',
  'upload',
  'screenshot',
  'approved',
] as const;
export const capturedHowSchema = z.enum(capturedHows);
export type CapturedHow = z.infer<typeof capturedHowSchema>;

export const assetColours = [
  'red',
  'orange',
  'yellow',
  'green',
  'blue',
  'purple',
  'pink',
  'brown',
  'black',
  'grey',
  'white',
] as const;
export const assetColourSchema = z.enum(assetColours);
export type AssetColour = z.infer<typeof assetColourSchema>;

const figure = z.number().nullable().describe('Newest figure of the post; null is not known');

export const contentAssetSchema = z
  .object({
    id: z.string(),
    person: z.object({ id: z.string(), name: z.string() }).nullable(),
    campaign: z.object({ id: z.string(), name: z.string() }).nullable(),
    deliverableId: z.string().nullable(),
    platform: platformSchema.nullable(),
    format: z.string().nullable(),
    url: z.string().nullable(),
    file: z
      .object({
        id: z.string(),
        kind: z.string(),
        name: z.string(),
        bytes: z.number().int(),
        width: z.number().int().nullable(),
        height: z.number().int().nullable(),
        hasPreview: z.boolean(),
      })
      .nullable(),
    title: z.string(),
    caption: z.string().nullable().describe('As it read when captured'),
    postedAt: instantSchema.nullable(),
    expiresAt: instantSchema.nullable().describe('When a story goes, or went'),
    products: z.array(z.string()),
    colours: z.array(assetColourSchema),
    tags: z.array(z.string()),
    note: z.string(),
    capturedHow: capturedHowSchema,
    capturedBy: z.string().describe('The name, hashtag or word by which it was found, or who added it'),
    capturedAt: instantSchema,
    rights: z.object({
      state: rightsStateSchema,
      endsOn: z
        .string()
        .nullable()
        .describe('The last day of the right that holds longest; null without end or without a right'),
      daysLeft: z.number().int().nullable(),
      channels: z.array(z.string()).describe('Of all rights in force'),
      paid: z.boolean(),
    }),
    placements: z.number().int().describe('That run now'),
    figures: z.object({
      likes: figure,
      comments: figure,
      views: figure,
      shares: figure,
      saves: figure,
      observedAt: instantSchema.nullable(),
    }),
  })
  .meta({ id: 'ContentAsset' });
export type ContentAsset = z.infer<typeof contentAssetSchema>;

const assetId = z.string().min(1).max(60);
const labels = z.array(z.string().trim().min(1).max(80)).max(30);

export const listAssets = endpoint({
  name: 'contentAssets.list',
  method: 'GET',
  path: '/content-assets',
  access: 'content:read',
  summary: 'The content library, newest first or by what posts reached; removed pieces are left out',
  input: z.object({
    ...pageInput,
    query: z.string().trim().max(200).optional().describe('Words of caption, title or note'),
    campaignId: z.string().max(60).optional(),
    personId: z.string().max(60).optional(),
    platform: platformSchema.optional(),
    format: z.string().max(40).optional(),
    product: z.string().max(80).optional(),
    colour: assetColourSchema.optional(),
    tag: z.string().max(80).optional(),
    rights: rightsStateSchema.optional(),
    capturedHow: capturedHowSchema.optional(),
    likesMin: z.number().int().min(0).optional(),
    sort: z.enum(['newest', 'likes', 'views', 'rights_end']).default('newest'),
  }),
  output: pageOf(contentAssetSchema).extend({ total: z.number().int() }),
});

export const getAsset = endpoint({
  name: 'contentAssets.get',
  method: 'GET',
  path: '/content-assets/:assetId',
  access: 'content:read',
  summary: 'One piece of content with its rights and where it runs',
  input: z.object({ assetId }),
  output: contentAssetSchema.extend({
    rightsList: z.array(contentRightSchema),
    placementsList: z.array(placementSchema),
  }),
});

const aboutShape = {
  personId: z.string().max(60).optional(),
  campaignId: z.string().max(60).optional(),
  title: z.string().trim().max(200).default(''),
  note: z.string().trim().max(4000).default(''),
};

export const addAssetByUrl = endpoint({
  name: 'contentAssets.addByUrl',
  method: 'POST',
  path: '/content-assets',
  access: 'content:write',
  summary: 'Add a post by its address; one that is there already is answered as it is',
  input: z.object({
    url: z.string().trim().min(1).max(2000),
    ...aboutShape,
    caption: z.string().max(20_000).optional(),
    postedAt: instantSchema.optional(),
    format: z.string().trim().min(1).max(40).optional(),
    products: labels.default([]),
    tags: labels.default([]),
  }),
  output: contentAssetSchema.extend({ isNew: z.boolean() }),
});

export const uploadAsset = endpoint({
  name: 'contentAssets.upload',
  method: 'POST',
  path: '/content-assets/files',
  access: 'content:write',
  transport: 'upload',
  summary: 'Add a file: a picture, a video, a screenshot of a story; its name goes in the header rapport-file-name',
  input: z.object({
    ...aboutShape,
    how: z.enum(['upload', 'screenshot']).default('upload'),
    platform: platformSchema.optional(),
    postedAt: instantSchema.optional(),
  }),
  output: contentAssetSchema,
});

export const updateAsset = endpoint({
  name: 'contentAssets.update',
  method: 'PATCH',
  path: '/content-assets/:assetId',
  access: 'content:write',
  summary: 'Change title, note, products, colours, tags or campaign of a piece of content',
  input: z.object({
    assetId,
    title: z.string().trim().max(200).optional(),
    note: z.string().trim().max(4000).optional(),
    products: labels.optional(),
    tags: labels.optional(),
    colours: z.array(assetColourSchema).max(assetColours.length).optional(),
    campaignId: z.string().max(60).nullable().optional(),
  }),
  output: contentAssetSchema,
});

export const removeAsset = endpoint({
  name: 'contentAssets.remove',
  method: 'DELETE',
  path: '/content-assets/:assetId',
  access: 'content:write',
  summary: 'Take a piece out of the library; it is not captured again',
  input: z.object({ assetId, reason: z.string().trim().max(300).default('') }),
});

export const downloadAsset = endpoint({
  name: 'contentAssets.download',
  method: 'GET',
  path: '/content-assets/:assetId/file',
  access: 'content:read',
  transport: 'download',
  summary: 'The file of a piece of content; refused when the rights to it have ended',
  input: z.object({ assetId }),
});

export const previewAsset = endpoint({
  name: 'contentAssets.preview',
  method: 'GET',
  path: '/content-assets/:assetId/preview',
  access: 'content:read',
  transport: 'download',
  summary: 'A small picture of an image, to look at inside',
  input: z.object({ assetId }),
});
