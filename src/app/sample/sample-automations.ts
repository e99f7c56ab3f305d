import { createAutomation } from '#modules/automations/api.ts';
import type { Past } from './past.ts';

/** Automations to look at and to try dry; they are off, so that the sample changes nothing by itself. */
export async function loadAutomations(past: Past, now: Date): Promise<void> {
  past.goTo(now);
  await past.client.call(createAutomation, {
    name: 'Brief whoever agreed',
    trigger: 'enrolment.happened',
    conditions: [{ field: 'event.happening', op: 'is', value: 'accepted' }],
    actions: [{ action: 'brief.send', settings: { message: 'Lovely to have you. Everything is in here.' } }],
  });
  await past.client.call(createAutomation, {
    name: 'Ask for a clearer label',
    trigger: 'disclosure.failed',
    conditions: [{ field: 'event.verdict', op: 'is', value: 'fail' }],
    actions: [
      { action: 'task.add', settings: { title: 'Ask {{creator}} for a clearer label', days: '1' } },
      { action: 'creator.tag', settings: { tags: 'label to mend' } },
    ],
  });
  await past.client.call(createAutomation, {
    name: 'Approve drafts that meet everything',
    trigger: 'submission.submitted',
    waitMinutes: 60,
    actions: [{ action: 'draft.approve', settings: {} }],
  });
}
