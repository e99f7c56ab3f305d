import { type ActionAbout, about, choice, field, optional } from './action-about.ts';

/** Actions that send papers, write to creators and decide on drafts. */
export const workActions = {
  'brief.send': about(
    'Campaign',
    'Send the brief',
    ['campaign', 'enrolment'],
    true,
    field('message', 'A word above the link', 'longtext', optional),
  ),
  'contract.propose': about(
    'Contracts',
    'Propose a contract from a template',
    ['campaign', 'enrolment'],
    // Who has a live contract keeps it, and an offer that is out is not sent again.
    true,
    field('templateId', 'Template', 'template'),
    choice('how', 'How', { draft: 'As a draft for the team', offer: 'Offer it to the creator' }),
    field('days', 'Days to answer', 'days'),
  ),
  'sequence.start': about(
    'Outreach',
    'Start a sequence of mails',
    ['creator'],
    false,
    field('sequenceId', 'Sequence', 'sequence'),
  ),
  'sequence.stop': about(
    'Outreach',
    'Stop sequences to the creator',
    ['creator'],
    true,
    field('sequenceId', 'Sequence; all when left out', 'sequence', optional),
  ),
  'draft.approve': about('Drafts', 'Approve the draft when all its checks are met', ['submission'], true),
} as const satisfies Record<string, ActionAbout>;
