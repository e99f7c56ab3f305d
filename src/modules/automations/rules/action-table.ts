import type { AutomationCatalogue } from '../api/catalogue.ts';
import type { IdName } from './facts.ts';

type Field = AutomationCatalogue['actions'][number]['fields'][number];

export interface ActionAbout {
  title: string;
  group: string;
  needs: readonly IdName[];
  /** Doing it twice ends in the same state, so that it is done again after a crash in between. */
  isRepeatable: boolean;
  fields: readonly Field[];
}

const field = (name: string, label: string, kind: Field['kind'], more: Partial<Field> = {}): Field => ({
  name,
  label,
  kind,
  isRequired: true,
  choices: [],
  ...more,
});
const optional = { isRequired: false };
const choice = (name: string, label: string, choices: Record<string, string>): Field =>
  field(name, label, 'choice', { choices: Object.entries(choices).map(([value, title]) => ({ value, label: title })) });
const platforms = {
  instagram: 'Instagram',
  tiktok: 'TikTok',
  youtube: 'YouTube',
  pinterest: 'Pinterest',
  blog: 'Blog',
};

const about = (
  group: string,
  title: string,
  needs: readonly IdName[],
  isRepeatable: boolean,
  ...fields: Field[]
): ActionAbout => ({ group, title, needs, isRepeatable, fields });

/** Everything an automation can do. Each has a runner of the same name. */
export const actionTable = {
  'task.add': about(
    'Tasks and notes',
    'Write down a task',
    [],
    false,
    field('title', 'Task', 'text'),
    field('note', 'Note', 'longtext', optional),
    field('days', 'Due in days', 'days', optional),
  ),
  'note.add': about(
    'Tasks and notes',
    'Add a note to the creator',
    ['creator'],
    false,
    field('body', 'Note', 'longtext'),
  ),
  'touch.log': about(
    'Tasks and notes',
    'Log a contact by hand',
    ['creator'],
    false,
    choice('channel', 'By', {
      email: 'Mail',
      dm: 'Direct message',
      phone: 'Phone',
      meeting: 'Meeting',
      other: 'Other',
    }),
    field('note', 'Note', 'longtext'),
  ),
  'creator.tag': about('Creators', 'Tag the creator', ['creator'], true, field('tags', 'Tags', 'tags')),
  'creator.untag': about('Creators', 'Take tags off the creator', ['creator'], true, field('tags', 'Tags', 'tags')),
  'creator.vet': about('Creators', 'Vet the creator again', ['creator'], true),
  'creator.gifting': about(
    'Creators',
    'Say whether the creator takes gifts',
    ['creator'],
    true,
    choice('open', 'Takes gifts', { yes: 'Yes', no: 'No' }),
  ),
  'list.add': about('Lists', 'Add the creator to a list', ['creator'], true, field('listId', 'List', 'list')),
  'list.remove': about('Lists', 'Take the creator off a list', ['creator'], true, field('listId', 'List', 'list')),
  'list.comment': about(
    'Lists',
    'Comment on the creator in a list',
    ['creator'],
    false,
    field('listId', 'List', 'list'),
    field('body', 'Comment', 'longtext'),
  ),
  'list.note': about(
    'Lists',
    'Write the note of the creator in a list',
    ['creator'],
    true,
    field('listId', 'List', 'list'),
    field('note', 'Note', 'longtext'),
  ),
  'roster.add': about(
    'Roster',
    'Put the creator on a campaign',
    ['creator'],
    true,
    field('campaignId', 'Campaign', 'campaign'),
  ),
  'roster.move': about(
    'Roster',
    'Move the creator to a stage',
    ['campaign', 'enrolment'],
    true,
    field('stage', 'Name of the stage', 'text'),
  ),
  'roster.remove': about(
    'Roster',
    'Take the creator off the campaign',
    ['campaign', 'enrolment'],
    true,
    field('reason', 'Reason', 'text'),
  ),
  'roster.block': about(
    'Roster',
    'Say what is blocking',
    ['enrolment'],
    true,
    field('blocker', 'What is blocking', 'text', optional),
  ),
  'roster.note': about(
    'Roster',
    'Write the note on the roster',
    ['enrolment'],
    true,
    field('note', 'Note', 'longtext'),
  ),
  'roster.fee': about(
    'Roster',
    "Set the fee, in the campaign's currency",
    ['enrolment', 'campaign'],
    true,
    field('fee', 'Fee', 'number'),
  ),
  'roster.drafts_by': about('Roster', 'Set when drafts are due', ['enrolment'], true, field('days', 'In days', 'days')),
  'roster.respond_by': about(
    'Roster',
    'Set when an answer is due',
    ['enrolment'],
    true,
    field('days', 'In days', 'days'),
  ),
  'roster.tag': about('Roster', 'Tag the creator on the roster', ['enrolment'], true, field('tags', 'Tags', 'tags')),
  'roster.happened': about(
    'Roster',
    'Say that a step is done',
    ['enrolment'],
    true,
    choice('happening', 'Step', { invited: 'Invited', accepted: 'Accepted', declined: 'Declined' }),
  ),
  'deliverable.add': about(
    'Campaign',
    'Plan a deliverable',
    ['campaign', 'enrolment'],
    false,
    choice('platform', 'Platform', platforms),
    field('format', 'Format', 'text'),
    field('title', 'Title', 'text'),
    field('days', 'Due in days', 'days', optional),
  ),
  'cost.add': about(
    'Campaign',
    "Book a cost, in the campaign's currency",
    ['campaign'],
    false,
    choice('kind', 'Kind', {
      shipping: 'Shipping',
      agency: 'Agency',
      tools: 'Tools',
      ads: 'Ads',
      production: 'Production',
      other: 'Other',
    }),
    field('amount', 'Amount', 'number'),
    field('note', 'Note', 'text', optional),
  ),
  'campaign.state': about(
    'Campaign',
    'Change the state of the campaign',
    ['campaign'],
    true,
    choice('to', 'To', { live: 'Live', ended: 'Ended', archived: 'Archived' }),
  ),
  'invitation.send': about(
    'Campaign',
    'Invite the creator to the campaign',
    ['campaign', 'enrolment'],
    false,
    field('message', 'Message', 'longtext', optional),
  ),
  'portal.link': about(
    'Campaign',
    'Mail the creator a link to the portal',
    ['creator'],
    false,
    field('days', 'Valid for days', 'days'),
  ),
  'link.create': about(
    'Tracking',
    'Make a tracking link',
    ['enrolment'],
    false,
    field('destination', 'Leads to', 'text'),
  ),
  'code.create': about(
    'Tracking',
    'Make a discount code',
    ['enrolment'],
    false,
    field('percent', 'Percent off', 'number'),
  ),
  'gift.stop': about(
    'Relationship',
    'Send no more gifts',
    ['creator'],
    true,
    choice('reason', 'Reason', {
      never_posts: 'Never posts',
      resells: 'Resells',
      returned: 'Sends back',
      asked_not_to: 'Asked not to',
      conflict: 'Conflict',
      other: 'Other',
    }),
  ),
  'contact.stop': about(
    'Relationship',
    'Write no more to the creator',
    ['creator'],
    true,
    choice('scope', 'What', { outreach: 'No outreach', all: 'Nothing at all' }),
    field('reason', 'Reason', 'text'),
  ),
  'work.stop': about(
    'Relationship',
    'Mark as not to be worked with',
    ['creator'],
    true,
    field('reason', 'Reason', 'text'),
  ),
  'incident.open': about(
    'Relationship',
    'Write down an incident',
    ['creator'],
    false,
    field('kind', 'Kind', 'text'),
    field('summary', 'What happened', 'longtext'),
  ),
  'opinion.save': about(
    'Relationship',
    'Say whether to work with the creator again',
    ['creator'],
    true,
    choice('again', 'Again', { yes: 'Yes', maybe: 'Maybe', no: 'No' }),
    field('reason', 'Why', 'text'),
  ),
} as const satisfies Record<string, ActionAbout>;

export type ActionId = keyof typeof actionTable;
export const actionIds = Object.keys(actionTable) as ActionId[];
export const isActionId = (id: string): id is ActionId => Object.hasOwn(actionTable, id);
export const aboutAction = (id: ActionId): ActionAbout => actionTable[id];
