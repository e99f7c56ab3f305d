import type { AutomationCatalogue } from '../api/catalogue.ts';

type Template = AutomationCatalogue['templates'][number];
const template = (
  id: string,
  title: string,
  about: string,
  rest: Pick<Template, 'trigger' | 'actions'> & Partial<Template>,
): Template => ({ id, title, about, conditions: [], waitMinutes: 0, ...rest });
const day = 1440;

/** What most teams begin with; a template is a start, not a setting. */
export const templates: readonly Template[] = [
  template('undisclosed', 'A post does not disclose', 'A task asks for the repair as soon as a check fails.', {
    trigger: 'disclosure.failed',
    conditions: [{ field: 'event.verdict', op: 'is', value: 'fail' }],
    actions: [{ action: 'task.add', settings: { title: 'Ask {{creator}} to repair the disclosure', days: '0' } }],
  }),
  template('gone', 'A live post is gone', 'Somebody looks the same day, and the creator is tagged.', {
    trigger: 'live_post.gone',
    actions: [
      { action: 'task.add', settings: { title: 'Find out why the post of {{creator}} is gone', days: '0' } },
      { action: 'creator.tag', settings: { tags: 'post taken down' } },
    ],
  }),
  template(
    'delivered',
    'A gift arrived, and nothing was posted',
    'Two weeks after delivery a task asks to follow up.',
    {
      trigger: 'shipment.delivered',
      waitMinutes: 14 * day,
      conditions: [{ field: 'enrolment.stage', op: 'is_not', value: 'live' }],
      actions: [{ action: 'task.add', settings: { title: 'Ask {{creator}} how the product is', days: '2' } }],
    },
  ),
  template(
    'signed',
    'A contract is signed',
    'Drafts are due three weeks later, and the creator gets a discount code.',
    {
      trigger: 'contract.signed',
      actions: [
        { action: 'roster.drafts_by', settings: { days: '21' } },
        { action: 'code.create', settings: { percent: '10' } },
      ],
    },
  ),
  template(
    'unsubscribed',
    'A creator wants no more mails',
    'They go on the list of those not to write to, by every road.',
    {
      trigger: 'mail.unsubscribed',
      actions: [{ action: 'contact.stop', settings: { scope: 'outreach', reason: 'Asked for no more mails' } }],
    },
  ),
  template('replied', 'A creator writes back', 'A task says so, due tomorrow.', {
    trigger: 'mail.replied',
    actions: [{ action: 'task.add', settings: { title: 'Answer {{creator}}', days: '1' } }],
  }),
  template('returned', 'A parcel came back', 'No more gifts until somebody looked.', {
    trigger: 'shipment.returned',
    actions: [
      { action: 'gift.stop', settings: { reason: 'returned' } },
      { action: 'task.add', settings: { title: 'Ask {{creator}} for the right address', days: '2' } },
    ],
  }),
  template(
    'applied',
    'A large creator applies',
    'Vetted at once, so that the figures are there when somebody decides.',
    {
      trigger: 'application.received',
      conditions: [{ field: 'creator.followers', op: 'at_least', value: '10000' }],
      actions: [{ action: 'creator.vet', settings: {} }],
    },
  ),
  template('again', 'Would work with a creator again', 'They are tagged for the next campaign.', {
    trigger: 'opinion.saved',
    conditions: [{ field: 'event.again', op: 'is', value: 'yes' }],
    actions: [{ action: 'creator.tag', settings: { tags: 'again' } }],
  }),
];
