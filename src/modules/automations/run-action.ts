import { parseAmount, toMoneyJson } from '#kernel/money.ts';
import { addDays } from '#kernel/time.ts';
import * as campaigns from '#modules/campaigns/api.ts';
import * as creators from '#modules/creators/api.ts';
import * as discovery from '#modules/discovery/api.ts';
import * as outreach from '#modules/outreach/api.ts';
import * as portal from '#modules/portal/api.ts';
import * as relationships from '#modules/relationships/api.ts';
import * as seeding from '#modules/seeding/api.ts';
import * as tracking from '#modules/tracking/api.ts';
import * as vetting from '#modules/vetting/api.ts';
import { type Doing, enrolled, id, one, text } from './doing.ts';
import { automationsError } from './errors.ts';
import type { ActionId } from './rules/action-table.ts';
import { tagsOf } from './rules/check-action.ts';
import { workRunners } from './run-work-actions.ts';

/** Does it, and says in words what was done. */
type Runner = (doing: Doing) => Promise<string>;

const orNull = (value: string) => (value === '' ? null : value);
const dayOf = ({ settings, today }: Doing, name = 'days'): string | null => {
  const days = settings[name]?.trim() ?? '';
  return days === '' ? null : addDays(today, Number(days));
};
const money = (doing: Doing, name: string) => {
  const { campaign } = doing.facts;
  if (campaign === null)
    throw automationsError('bad_action', 'The campaign is not known any more, so its currency is not.');
  return toMoneyJson(parseAmount(text(doing, name), campaign.currency));
};
const notes: Pick<
  Record<ActionId, Runner>,
  'task.add' | 'note.add' | 'touch.log' | 'incident.open' | 'opinion.save'
> = {
  'task.add': async (doing) => {
    const { ids } = doing.facts;
    const task = await doing.act(campaigns.addTask, {
      title: text(doing, 'title'),
      note: orNull(text(doing, 'note')),
      dueOn: dayOf(doing),
      campaignId: ids.campaign ?? null,
      enrolmentId: ids.enrolment ?? null,
      personId: ids.creator ?? null,
    });
    return `Task “${task.title}”`;
  },
  'note.add': async (doing) => {
    await doing.act(relationships.addNote, { personId: id(doing, 'creator'), body: text(doing, 'body') });
    return 'Note written';
  },
  'touch.log': async (doing) => {
    const channel = outreach.logTouch.input.shape.channel.parse(text(doing, 'channel'));
    await doing.act(outreach.logTouch, { personId: id(doing, 'creator'), channel, note: text(doing, 'note') });
    return 'Contact logged';
  },
  'incident.open': async (doing) => {
    const { campaign } = doing.facts.ids;
    const kind = text(doing, 'kind');
    const summary = text(doing, 'summary');
    const incident = {
      personId: id(doing, 'creator'),
      campaignId: campaign ?? null,
      about: 'creator' as const,
      kind,
      summary,
    };
    await doing.act(relationships.openIncident, { ...incident, occurredOn: doing.today });
    return `Incident “${kind}”`;
  },
  'opinion.save': async (doing) => {
    const again = relationships.saveOpinion.input.shape.again.parse(text(doing, 'again'));
    const campaignId = doing.facts.ids.campaign ?? null;
    await doing.act(relationships.saveOpinion, {
      personId: id(doing, 'creator'),
      campaignId,
      again,
      reason: text(doing, 'reason'),
    });
    return `Would work again: ${again}`;
  },
};

const ofCreators: Pick<
  Record<ActionId, Runner>,
  | 'creator.tag'
  | 'creator.untag'
  | 'creator.vet'
  | 'creator.gifting'
  | 'list.add'
  | 'list.remove'
  | 'list.comment'
  | 'list.note'
  | 'gift.stop'
  | 'contact.stop'
  | 'work.stop'
  | 'portal.link'
> = {
  'creator.tag': async (doing) => {
    const addTags = tagsOf(text(doing, 'tags'));
    await doing.act(creators.updateCreators, { personIds: one(doing), addTags });
    return `Tagged ${addTags.join(', ')}`;
  },
  'creator.untag': async (doing) => {
    const removeTags = tagsOf(text(doing, 'tags'));
    await doing.act(creators.updateCreators, { personIds: one(doing), removeTags });
    return `Took off ${removeTags.join(', ')}`;
  },
  'creator.vet': async (doing) => {
    await doing.act(vetting.runVetting, { personId: id(doing, 'creator') });
    return 'Vetted again';
  },
  'creator.gifting': async (doing) => {
    const isOpenToGifting = text(doing, 'open') === 'yes';
    await doing.act(creators.updateCreator, { personId: id(doing, 'creator'), isOpenToGifting });
    return isOpenToGifting ? 'Takes gifts' : 'Takes no gifts';
  },
  'list.add': async (doing) => {
    await doing.act(discovery.addToList, { listId: text(doing, 'listId'), personIds: one(doing) });
    return 'On the list';
  },
  'list.remove': async (doing) => {
    await doing.act(discovery.removeFromList, { listId: text(doing, 'listId'), personIds: one(doing) });
    return 'Off the list';
  },
  'list.comment': async (doing) => {
    const where = { listId: text(doing, 'listId'), personId: id(doing, 'creator') };
    await doing.act(discovery.commentListMember, { ...where, body: text(doing, 'body') });
    return 'Commented';
  },
  'list.note': async (doing) => {
    const where = { listId: text(doing, 'listId'), personId: id(doing, 'creator') };
    await doing.act(discovery.noteListMember, { ...where, note: text(doing, 'note') });
    return 'Note written';
  },
  'gift.stop': async (doing) => {
    const reason = seeding.addDoNotGift.input.shape.reason.parse(text(doing, 'reason'));
    await doing.act(seeding.addDoNotGift, { personId: id(doing, 'creator'), reason });
    return 'No more gifts';
  },
  'contact.stop': async (doing) => {
    const scope = outreach.addDoNotContact.input.shape.scope.parse(text(doing, 'scope'));
    await doing.act(outreach.addDoNotContact, { personId: id(doing, 'creator'), scope, reason: text(doing, 'reason') });
    return scope === 'all' ? 'Not contacted at all' : 'No more outreach';
  },
  'work.stop': async (doing) => {
    await doing.act(relationships.setFlag, { personId: id(doing, 'creator'), reason: text(doing, 'reason') });
    return 'Not to be worked with';
  },
  'portal.link': async (doing) => {
    const days = Number(text(doing, 'days'));
    await doing.act(portal.makePortalLink, { personId: id(doing, 'creator'), days, isMailed: true });
    return `Link for ${days} days`;
  },
};

const ofRosters: Omit<
  Record<ActionId, Runner>,
  keyof typeof notes | keyof typeof ofCreators | keyof typeof workRunners
> = {
  'roster.add': async (doing) => {
    await doing.act(campaigns.addToRoster, { campaignId: text(doing, 'campaignId'), personIds: one(doing) });
    return 'On the roster';
  },
  'roster.move': async (doing) => {
    const to = text(doing, 'stage');
    await doing.act(campaigns.bulkOnRoster, { ...enrolled(doing), action: { do: 'move', to } });
    return `Moved to ${to}`;
  },
  'roster.remove': async (doing) => {
    await doing.act(campaigns.removeFromRoster, { ...enrolled(doing), reason: text(doing, 'reason') });
    return 'Off the roster';
  },
  'roster.block': async (doing) => {
    const blocker = orNull(text(doing, 'blocker'));
    await doing.act(campaigns.updateEnrolment, { enrolmentId: id(doing, 'enrolment'), blocker });
    return blocker === null ? 'Nothing blocks' : `Blocked: ${blocker}`;
  },
  'roster.note': async (doing) => {
    await doing.act(campaigns.updateEnrolment, { enrolmentId: id(doing, 'enrolment'), note: text(doing, 'note') });
    return 'Note written';
  },
  'roster.fee': async (doing) => {
    const fee = money(doing, 'fee');
    await doing.act(campaigns.updateEnrolment, { enrolmentId: id(doing, 'enrolment'), fee });
    return `Fee of ${text(doing, 'fee')} ${fee.currency}`;
  },
  'roster.drafts_by': async (doing) => {
    const draftsBy = dayOf(doing);
    await doing.act(campaigns.updateEnrolment, { enrolmentId: id(doing, 'enrolment'), draftsBy });
    return `Drafts by ${draftsBy}`;
  },
  'roster.respond_by': async (doing) => {
    const respondBy = dayOf(doing);
    await doing.act(campaigns.updateEnrolment, { enrolmentId: id(doing, 'enrolment'), respondBy });
    return `Answer by ${respondBy}`;
  },
  'roster.tag': async (doing) => {
    const tags = [...new Set([...(doing.facts.enrolment?.tags ?? []), ...tagsOf(text(doing, 'tags'))])];
    await doing.act(campaigns.updateEnrolment, { enrolmentId: id(doing, 'enrolment'), tags });
    return `Tagged ${tags.join(', ')}`;
  },
  'roster.happened': async (doing) => {
    const happening = campaigns.tellHappening.input.shape.happening.parse(text(doing, 'happening'));
    await doing.act(campaigns.tellHappening, { enrolmentId: id(doing, 'enrolment'), happening });
    return `Said that it is ${happening}`;
  },
  'deliverable.add': async (doing) => {
    const { platform, format } = campaigns.addDeliverables.input.shape;
    await doing.act(campaigns.addDeliverables, {
      ...enrolled(doing),
      platform: platform.parse(text(doing, 'platform')),
      format: format.parse(text(doing, 'format')),
      title: text(doing, 'title'),
      dueOn: dayOf(doing),
    });
    return `Planned “${text(doing, 'title')}”`;
  },
  'cost.add': async (doing) => {
    const kind = campaigns.addCost.input.shape.kind.parse(text(doing, 'kind'));
    const amount = money(doing, 'amount');
    const campaignId = id(doing, 'campaign');
    const enrolmentId = doing.facts.ids.enrolment ?? null;
    await doing.act(campaigns.addCost, { campaignId, kind, amount, enrolmentId, note: orNull(text(doing, 'note')) });
    return `Cost of ${text(doing, 'amount')} ${amount.currency}`;
  },
  'campaign.state': async (doing) => {
    const { from, to } = campaigns.changeCampaignState.input.shape;
    const wanted = to.parse(text(doing, 'to'));
    const current = doing.facts.campaign?.state ?? '';
    if (current === wanted) return `It is ${wanted} already`;
    await doing.act(campaigns.changeCampaignState, {
      campaignId: id(doing, 'campaign'),
      from: from.parse(current),
      to: wanted,
    });
    return `The campaign is ${wanted}`;
  },
  'invitation.send': async (doing) => {
    const { rows, skipped } = await doing.act(portal.sendInvitations, {
      ...enrolled(doing),
      message: text(doing, 'message'),
    });
    const [sent] = rows;
    if (sent === undefined)
      throw automationsError('not_done', `Not invited: ${skipped[0]?.reason ?? 'nobody to invite'}.`);
    return sent.mail === 'queued' ? 'Invited by mail' : 'Invited; no mail could be sent, hand the link over';
  },
  'link.create': async (doing) => {
    const link = await doing.act(tracking.createLink, {
      enrolmentId: id(doing, 'enrolment'),
      destination: text(doing, 'destination'),
    });
    return `Link ${link.slug}`;
  },
  'code.create': async (doing) => {
    const code = await doing.act(tracking.createCode, {
      enrolmentId: id(doing, 'enrolment'),
      kind: 'percent',
      percent: Number(text(doing, 'percent')),
    });
    return `Code ${code.code}`;
  },
  'code.tier': async (doing) => {
    // What the tier gives comes with the event that somebody moved into it.
    const percent = doing.facts.payload.codePercent ?? text(doing, 'percent');
    if (percent === '') throw automationsError('not_done', 'The tier gives no code, and no percent is set.');
    const code = await doing.act(tracking.createCode, {
      enrolmentId: id(doing, 'enrolment'),
      kind: 'percent',
      percent: Number(percent),
    });
    return `Code ${code.code}, ${percent} % off`;
  },
};

const runners: Record<ActionId, Runner> = { ...notes, ...ofCreators, ...ofRosters, ...workRunners };

/** Does one action. Errors: those of the module that does it. */
export const runAction = (action: ActionId, doing: Doing): Promise<string> => runners[action](doing);
