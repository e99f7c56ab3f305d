import taxonomy from '../../../../models/niches/taxonomy.json' with { type: 'json' };
import { loadWordModel } from './load-word-model.ts';
import { type TopicModel, topicModel } from './rules/topics.ts';

export const taxonomyVersion = taxonomy.version;
export const topicSeeds = taxonomy.topics;

let model: TopicModel | null = null;

export function loadTopics(): TopicModel {
  model ??= topicModel(taxonomy.topics, loadWordModel());
  return model;
}
