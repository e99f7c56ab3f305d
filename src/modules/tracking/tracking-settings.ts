import type { Tx } from '#infra/db/database.ts';
import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import type { getTrackingSettings, TrackingSettings, updateTrackingSettings } from './api.ts';
import { defaultClickSettings, type LinkTable } from './link-table.ts';
import { notifyPlaces } from './queries/link-table.ts';
import { saveSettings, selectSettings } from './queries/places.ts';

/** What the workspace says of links and clicks; the defaults where it said nothing. */
export async function loadSettings(tx: Tx, workspaceId: string): Promise<TrackingSettings> {
  const row = await selectSettings(tx, workspaceId);
  const { cookies, cookieDays, dropsDatacentres, velocityMax } = defaultClickSettings;
  if (row === undefined)
    return {
      cookies,
      consentCookie: null,
      cookieDays,
      destinationHosts: [],
      spamHosts: [],
      dropsDatacentres,
      velocityMax,
    };
  return {
    cookies: row.cookies,
    consentCookie: row.consent_cookie,
    cookieDays: row.cookie_days,
    destinationHosts: row.destination_hosts,
    spamHosts: row.spam_hosts,
    dropsDatacentres: row.drops_datacentres,
    velocityMax: row.velocity_max,
  };
}

export async function readSettings(infra: Infra, call: Call<typeof getTrackingSettings>): Promise<TrackingSettings> {
  return await infra.db.inWorkspace(call.workspaceId, (tx) => loadSettings(tx, call.workspaceId));
}

/** Changes the settings; redirects follow within a second. */
export async function changeSettings(
  infra: Infra,
  table: LinkTable,
  call: Call<typeof updateTrackingSettings>,
): Promise<TrackingSettings> {
  const { workspaceId, input } = call;
  const after = await infra.db.inWorkspace(workspaceId, async (tx) => {
    const before = await loadSettings(tx, workspaceId);
    const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
    const next: TrackingSettings = { ...before, ...given };
    await saveSettings(tx, workspaceId, {
      cookies: next.cookies,
      consent_cookie: next.consentCookie === '' ? null : next.consentCookie,
      cookie_days: next.cookieDays,
      destination_hosts: [...new Set(next.destinationHosts)].sort(),
      spam_hosts: [...new Set(next.spamHosts)].sort(),
      drops_datacentres: next.dropsDatacentres,
      velocity_max: next.velocityMax,
    });
    await recordAudit(tx, {
      workspaceId,
      actor: call.actor,
      requestId: call.requestId,
      action: 'tracking.settings_changed',
      subjectKind: 'workspace',
      subjectId: workspaceId,
      changes: { from: before, to: next },
    });
    await notifyPlaces(tx);
    return await loadSettings(tx, workspaceId);
  });
  await table.refreshPlaces();
  return after;
}
