import type { Step } from '../api.ts';

/** The first three steps of a workspace; null once a campaign has somebody on it. */
export function firstSteps(of: { hasCreators: boolean; hasChosen: boolean; hasCampaigns: boolean }): Step[] | null {
  if (of.hasCreators && of.hasChosen && of.hasCampaigns) return null;
  return [
    {
      id: 'creators',
      title: 'Bring your creators in',
      text: 'A CSV, spreadsheet or JSON file as any tool exports it. Nothing is changed before you have seen what was read.',
      action: { label: 'Import a file', path: '/creators/import' },
      isDone: of.hasCreators,
    },
    {
      id: 'find',
      title: 'Find those who fit',
      text: 'Filter by niche, place, size and engagement, look at how far each can be trusted, and keep a list.',
      action: { label: 'Find creators', path: '/discover' },
      isDone: of.hasChosen,
    },
    {
      id: 'campaign',
      title: 'Make a campaign with a goal',
      text: 'A number and a date. Each creator gets a link and a code, and you see what they bring.',
      action: { label: 'Plan a campaign', path: '/campaigns' },
      isDone: of.hasCampaigns,
    },
  ];
}
