import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { getOutreachSettings, OutreachSettings, saveOutreachSettings } from './api.ts';
import { outreachError } from './errors.ts';
import { upsertSettings } from './queries/settings.ts';
import { type House, readHouse } from './read-hours.ts';

export function readSettings(infra: Infra, call: Call<typeof getOutreachSettings>): Promise<OutreachSettings> {
  return infra.db.inWorkspace(call.workspaceId, async (tx) => toSettings(await readHouse(tx, call.workspaceId)));
}

/** Changes what is given. Error: outreach.bad_hours when the day would end before it begins. */
export function saveSettings(infra: Infra, call: Call<typeof saveOutreachSettings>): Promise<OutreachSettings> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const { settings } = await readHouse(tx, workspaceId);
    const next = {
      postal_address: input.postalAddress === undefined ? settings.postal_address : input.postalAddress,
      pitch: input.pitch ?? settings.pitch,
      weekdays: [...new Set(input.weekdays ?? settings.weekdays)].sort(),
      opens_minute: input.opensMinute ?? settings.opens_minute,
      closes_minute: input.closesMinute ?? settings.closes_minute,
      track_opens: input.tracksOpens ?? settings.track_opens,
    };
    if (next.closes_minute <= next.opens_minute) {
      throw outreachError('bad_hours', 'Sending ends before it begins. Choose a later end.', [
        { field: 'closesMinute', message: 'must be later than the begin' },
      ]);
    }
    await upsertSettings(tx, workspaceId, next, infra.clock.now());
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'outreach.settings_changed',
      subjectKind: 'workspace',
      subjectId: workspaceId,
      changes: { ...input },
    });
    return toSettings(await readHouse(tx, workspaceId));
  });
}

function toSettings({ settings, hours }: House): OutreachSettings {
  return {
    postalAddress: settings.postal_address,
    pitch: settings.pitch,
    weekdays: settings.weekdays,
    opensMinute: settings.opens_minute,
    closesMinute: settings.closes_minute,
    tracksOpens: settings.track_opens,
    timeZone: hours.timeZone,
  };
}
