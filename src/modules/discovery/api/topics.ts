import { z } from 'zod';
import { endpoint } from '#kernel/endpoint.ts';
import { instantSchema } from '#kernel/time.ts';

export const topicSchema = z
  .object({ topic: z.string().describe('Stable key'), name: z.string(), words: z.array(z.string()) })
  .meta({ id: 'Topic' });
export type Topic = z.infer<typeof topicSchema>;

export const learntTopicSchema = z
  .object({
    topic: z.string(),
    name: z.string(),
    share: z.number().describe('0 to 1; shares of all topics add up to at most 1'),
    words: z.array(z.string()).describe('Words of the creator that speak for it'),
  })
  .meta({ id: 'LearntTopic' });
export type LearntTopic = z.infer<typeof learntTopicSchema>;

export const creatorTopicsSchema = z
  .object({
    personId: z.string(),
    topics: z.array(z.string()).describe('What holds: the correction where there is one, else what was learnt'),
    learnt: z.array(learntTopicSchema),
    texts: z.number().int().describe('Texts it was learnt from: names, bios, captions, hashtags'),
    learntAt: instantSchema.nullable(),
    note: z.string().nullable().describe('Why nothing was learnt'),
    correction: z
      .object({ topics: z.array(z.string()), reason: z.string(), by: z.string(), at: instantSchema })
      .nullable(),
  })
  .meta({ id: 'CreatorTopics' });
export type CreatorTopics = z.infer<typeof creatorTopicsSchema>;

export const listTopics = endpoint({
  name: 'discovery.topics',
  method: 'GET',
  path: '/discovery/topics',
  access: 'discovery:read',
  summary: 'The taxonomy of topics and the words that tell them',
  output: z.object({ version: z.string(), topics: z.array(topicSchema) }),
});

export const getCreatorTopics = endpoint({
  name: 'discovery.creatorTopics',
  method: 'GET',
  path: '/discovery/creators/:personId/topics',
  access: 'discovery:read',
  summary: 'Topics learnt from the texts of a creator, and the correction by a person',
  input: z.object({ personId: z.string().max(60) }),
  output: creatorTopicsSchema,
});

export const correctCreatorTopics = endpoint({
  name: 'discovery.correctTopics',
  method: 'PUT',
  path: '/discovery/creators/:personId/topics',
  access: 'discovery:write',
  summary: 'Correct the topics of a creator; null goes back to what was learnt',
  input: z.object({
    personId: z.string().max(60),
    topics: z.array(z.string().max(40)).max(10).nullable(),
    reason: z.string().trim().max(500).default(''),
  }),
  output: creatorTopicsSchema,
});

export const contentStateSchema = z
  .object({
    model: z.string(),
    dims: z.number().int(),
    creators: z.number().int(),
    made: z.number().int().describe('With a vector of the current model'),
    notEnough: z.number().int().describe('Read, with too few words the model knows'),
    waiting: z.number().int(),
  })
  .meta({ id: 'ContentState' });
export type ContentState = z.infer<typeof contentStateSchema>;

export const getContentState = endpoint({
  name: 'discovery.contentState',
  method: 'GET',
  path: '/discovery/content-state',
  access: 'discovery:read',
  summary: 'How far vectors and topics of creators are made',
  output: contentStateSchema,
});

export const rebuildContent = endpoint({
  name: 'discovery.rebuildContent',
  method: 'POST',
  path: '/discovery/content-state/rebuild',
  access: 'discovery:write',
  summary: 'Make all vectors and topics again in the background',
  output: z.object({ waiting: z.number().int() }),
});
