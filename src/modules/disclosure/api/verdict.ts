import { z } from 'zod';
import { platformSchema } from '#kernel/platform.ts';

/** What binds the creator to the brand, as far as the caller knows. */
export const relationSchema = z.enum(['paid', 'gifted', 'affiliate', 'employed', 'none', 'unknown']);
export type Relation = z.infer<typeof relationSchema>;

export const mediaKinds = ['image', 'carousel', 'video', 'story', 'live', 'audio', 'text'] as const;
export const mediaKindSchema = z.enum(mediaKinds);
export type MediaKind = z.infer<typeof mediaKindSchema>;

export const captionMax = 10_000;

/** What is published besides the caption. A text that is not given is unknown, an empty one says that nothing is said or shown. */
export const mediaSchema = z.object({
  kind: mediaKindSchema,
  spokenText: z.string().max(200_000).nullish().describe('What is said, as text; absent when not known'),
  onScreenText: z.string().max(200_000).nullish().describe('What is written in the picture; absent when not known'),
});

export const strictnessSchema = z.enum(['standard', 'strict']);

export const disclosureInputSchema = z.object({
  caption: z.string().max(captionMax),
  platform: platformSchema,
  country: z
    .string()
    .regex(/^[A-Za-z]{2}$/, 'Two letters, such as US or DE')
    .describe('Whose rules: ISO 3166 code'),
  languages: z.array(z.string().max(8)).max(5).optional().describe('Of the caption, when the caller knows better'),
  media: mediaSchema,
  relation: relationSchema,
  platformLabel: z.boolean().nullable().describe("Is the platform's own label for paid posts on? null: not known"),
  brandNames: z.array(z.string().max(80)).max(20).optional(),
  strictness: strictnessSchema.optional().describe('strict: what the pack only warns of fails'),
  wording: z.record(z.string().max(8), z.string().max(60)).optional().describe('Own label of a repair by language'),
});
export type DisclosureInput = z.input<typeof disclosureInputSchema>;

/** Half-open, in UTF-16 code units of the text as it was given. */
export const spanSchema = z.object({ start: z.number().int(), end: z.number().int() });
export type Span = z.infer<typeof spanSchema>;

export const severities = ['fail', 'warn', 'info'] as const;
export const severitySchema = z.enum(severities);
export type Severity = z.infer<typeof severitySchema>;

export const findingSchema = z
  .object({
    rule: z.string().describe('Id of the rule within its pack, such as US-6'),
    pack: z.string().describe('Pack and version, such as us@2026.1'),
    severity: severitySchema,
    title: z.string(),
    message: z.string(),
    span: spanSchema.nullable().describe('Where in the caption; null when it is about something that is not there'),
    source: z.string().describe('Where the rule is written, with its address'),
  })
  .meta({ id: 'DisclosureFinding' });
export type DisclosureFinding = z.infer<typeof findingSchema>;

/** What the caption shows by itself, whatever is known of the deal. */
export const standings = ['clear', 'buried', 'ambiguous', 'signs', 'none'] as const;
export const standingSchema = z.enum(standings);
export type Standing = z.infer<typeof standingSchema>;

export const verdictSchema = z
  .object({
    verdict: z.enum(['pass', 'warn', 'fail', 'not_needed']),
    findings: z.array(findingSchema),
    repaired: z.string().nullable().describe('The caption with the least change that passes; null when none is due'),
    disclosedBy: z.object({ start: z.number(), end: z.number(), text: z.string() }).nullable(),
    pack: z.string(),
    language: z.string().nullable().describe('Of the caption; null when there is too little text to tell'),
    foldAt: z.number().nullable().describe('UTF-16 index where the platform cuts the caption; null when it shows all'),
    standing: standingSchema.describe('What the caption shows by itself'),
  })
  .meta({ id: 'DisclosureVerdict' });
export type DisclosureVerdict = z.infer<typeof verdictSchema>;
