import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { OutputOf } from '#kernel/endpoint.ts';
import { readPersonCards } from '#modules/creators/index.ts';
import type {
  DeadlineKind,
  getReminders as getEndpoint,
  ReminderSettings,
  setReminders as setEndpoint,
} from './api.ts';
import { selectReminderSettings, selectReminders, updateReminderSettings } from './queries/deadlines.ts';
import { getCampaignRow, holdCampaign } from './read-campaigns.ts';
import { recordCampaignChange } from './record-change.ts';

const shown = 200;

/** When a campaign reminds, and of what it did. Error: not_found. */
export async function getReminders(
  infra: Infra,
  call: Call<typeof getEndpoint>,
): Promise<OutputOf<typeof getEndpoint>> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await getCampaignRow(tx, workspaceId, input.campaignId);
    const settings = await selectReminderSettings(tx, workspaceId, campaign.id);
    const rows = await selectReminders(tx, workspaceId, { campaignId: campaign.id, limit: shown });
    const cards = await readPersonCards(
      tx,
      workspaceId,
      rows.flatMap((row) => row.person_id ?? []),
    );
    return {
      settings: {
        daysBefore: settings?.remind_before ?? [],
        daysAfter: settings?.remind_after ?? [],
        writesToCreators: settings?.remind_creators ?? false,
      },
      mailIsOn: await infra.mail.isOn(tx, workspaceId, 'transactional'),
      reminders: rows.map((row) => {
        const card = cards.get(row.person_id ?? '');
        return {
          id: row.id,
          kind: row.kind as DeadlineKind,
          title: row.title,
          person: card === undefined ? null : { id: card.personId, name: card.name },
          enrolmentId: row.enrolment_id,
          dueOn: row.due_on,
          daysLeft: row.days,
          day: row.day,
          mail: row.mail_id === null ? ('none' as const) : ('written' as const),
        };
      }),
    };
  });
}

/** Changes on which days a campaign reminds. Error: not_found. */
export async function setReminders(infra: Infra, call: Call<typeof setEndpoint>): Promise<ReminderSettings> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const campaign = await holdCampaign(tx, workspaceId, input.campaignId);
    const before = [...new Set(input.daysBefore)].toSorted((a, b) => b - a);
    const after = [...new Set(input.daysAfter)].toSorted((a, b) => a - b);
    const settings = { daysBefore: before, daysAfter: after, writesToCreators: input.writesToCreators };
    await updateReminderSettings(tx, workspaceId, {
      campaignId: campaign.id,
      before,
      after,
      writes: input.writesToCreators,
    });
    await recordCampaignChange(infra, tx, {
      call,
      campaignId: campaign.id,
      what: 'changed',
      action: 'campaign.reminders-changed',
      changes: settings,
    });
    return settings;
  });
}
