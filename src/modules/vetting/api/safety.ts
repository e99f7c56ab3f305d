import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { pageInput, pageOf } from '#kernel/page.ts';
import { instantSchema } from '#kernel/time.ts';

/** What brands most often stay away from, and what each is called. */
export const safetyCategories = {
  adult: 'Adult and sexual content',
  alcohol: 'Alcohol',
  tobacco: 'Tobacco and vaping',
  drugs: 'Drugs',
  gambling: 'Gambling',
  violence: 'Violence and weapons',
  self_harm: 'Self-harm and eating disorders',
  hate: 'Hate and extremism',
  profanity: 'Profanity',
  politics: 'Politics and disputed claims',
} as const;
export type SafetyCategory = keyof typeof safetyCategories;
export const safetyCategorySchema = z.enum(Object.keys(safetyCategories) as [SafetyCategory, ...SafetyCategory[]]);

/** How a flagged word is used: within a name or address, said not to be, told as an event or a warning, within quotation marks, or none of these. */
export const safetyContexts = ['plain', 'negated', 'news', 'quoted', 'name'] as const;
export type SafetyContext = (typeof safetyContexts)[number];

/** The fact by which a search finds flagged creators: the categories with an open flag. */
export const safetyFact = 'brand_safety';

export const safetyFlagSchema = z
  .object({
    id: z.string(),
    personId: z.string(),
    profileId: z.string(),
    place: z.enum(['post', 'bio']),
    placeId: z.string().describe('Id of the post, or of the profile'),
    category: safetyCategorySchema,
    word: z.string(),
    language: z.string().nullable().describe("Of the list; null for a workspace's own"),
    listVersion: z.string(),
    excerpt: z.string(),
    context: z
      .enum(safetyContexts)
      .describe('How the word is used, by the words around it; a hint that closes no flag'),
    postedAt: instantSchema.nullable(),
    url: z.string().nullable(),
    foundAt: instantSchema,
    state: z.enum(['open', 'dismissed']),
    reason: z.string().nullable(),
    decidedBy: z.string().nullable(),
    decidedAt: instantSchema.nullable(),
  })
  .meta({ id: 'SafetyFlag' });
export type SafetyFlag = z.infer<typeof safetyFlagSchema>;

const flagFilters = {
  personId: z.string().max(64).optional(),
  category: safetyCategorySchema.optional(),
  state: z.enum(['open', 'dismissed', 'all']).default('open'),
};

export const listSafetyFlags = endpoint({
  name: 'safety.flags',
  method: 'GET',
  path: '/safety/flags',
  access: 'vetting:read',
  summary: 'Brand-safety flags, newest found first; of one creator, with texts that changed searched first',
  input: z.object({ ...flagFilters, ...pageInput }),
  output: pageOf(safetyFlagSchema.extend({ name: z.string().nullable(), handle: z.string().nullable() })),
});

export const exportSafetyFlags = endpoint({
  name: 'safety.export',
  method: 'GET',
  path: '/safety/flags.csv',
  access: 'vetting:read',
  transport: 'download',
  summary: 'The same flags as a CSV file, at most 100,000',
  input: z.object(flagFilters),
});

export const decideSafetyFlag = endpoint({
  name: 'safety.decide',
  method: 'PUT',
  path: '/safety/flags/:flagId',
  access: 'vetting:write',
  summary: 'Dismiss a flag with a reason, or open it again',
  input: z
    .object({
      flagId: z.string().max(64),
      state: z.enum(['open', 'dismissed']),
      reason: z.string().trim().max(500).default(''),
    })
    .refine(({ state, reason }) => state === 'open' || reason !== '', {
      message: 'Say why it is harmless, in a word or two',
      path: ['reason'],
    }),
  output: safetyFlagSchema,
});

const ownListSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    category: safetyCategorySchema,
    effect: z.enum(['flag', 'allow']).describe('flag: these words flag. allow: these phrases are harmless here'),
    words: z.array(z.string()),
    version: z.number(),
    updatedBy: z.string(),
    updatedAt: instantSchema,
  })
  .meta({ id: 'SafetyList' });
export type OwnSafetyList = z.infer<typeof ownListSchema>;

export const safetyListsSchema = z
  .object({
    version: z.string().describe('Of all words together: of the shipped ones and of the own settings'),
    shipped: z.array(
      z.object({
        category: safetyCategorySchema,
        title: z.string(),
        version: z.string(),
        credit: z.string(),
        isOff: z.boolean(),
        words: z.record(z.string(), z.array(z.string())).describe('By language'),
        unless: z.array(z.string()),
      }),
    ),
    own: z.array(ownListSchema),
    waiting: z.number().describe('Creators whose texts are still to be searched with these words'),
  })
  .meta({ id: 'SafetyLists' });
export type SafetyLists = z.infer<typeof safetyListsSchema>;

export const getSafetyLists = endpoint({
  name: 'safety.lists',
  method: 'GET',
  path: '/safety/lists',
  access: 'vetting:read',
  summary: 'The words that flag, shipped and own, with their versions',
  output: safetyListsSchema,
});

const listInput = {
  name: z.string().trim().min(1).max(80),
  category: safetyCategorySchema,
  effect: z.enum(['flag', 'allow']).default('flag'),
  words: z.array(z.string().trim().min(1).max(80)).min(1).max(1000),
};

export const addSafetyList = endpoint({
  name: 'safety.addList',
  method: 'POST',
  path: '/safety/lists',
  access: 'vetting:write',
  summary: 'Add a list of own words; everybody is searched again in the background',
  input: z.object(listInput),
  output: ownListSchema,
});

export const changeSafetyList = endpoint({
  name: 'safety.changeList',
  method: 'PUT',
  path: '/safety/lists/:listId',
  access: 'vetting:write',
  summary: 'Replace a list of own words',
  input: z.object({ listId: z.string().max(64), ...listInput }),
  output: ownListSchema,
});

export const removeSafetyList = endpoint({
  name: 'safety.removeList',
  method: 'DELETE',
  path: '/safety/lists/:listId',
  access: 'vetting:write',
  summary: 'Remove a list of own words; its flags go, what was decided stays for when it comes back',
  input: z.object({ listId: z.string().max(64) }),
});

export const putSafetyCategories = endpoint({
  name: 'safety.categories',
  method: 'PUT',
  path: '/safety/categories',
  access: 'vetting:write',
  summary: 'Turn categories off that do not matter to the brand, such as alcohol for a winery',
  input: z.object({ off: z.array(safetyCategorySchema).max(10) }),
  output: safetyListsSchema,
});

/** What a report says of brand safety. */
export const safetySectionSchema = z.object({
  scannedAt: instantSchema.nullable().describe('Null when there is no text to search'),
  texts: z.number().describe('Captions and bios searched'),
  listsVersion: z.string(),
  open: z.number(),
  dismissed: z.number(),
  categories: z.array(
    z.object({
      category: safetyCategorySchema,
      title: z.string(),
      open: z.number(),
      dismissed: z.number(),
      words: z.array(z.string()).describe('Of the open ones, at most 5'),
    }),
  ),
});
export type SafetySection = z.infer<typeof safetySectionSchema>;
