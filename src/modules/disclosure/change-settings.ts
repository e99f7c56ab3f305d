import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import { checkDisclosure, type DisclosureSettings, type putDisclosureSettings } from './api.ts';
import { disclosureError } from './errors.ts';
import { readSettings, writeSettings } from './queries.ts';
import { countryDefault } from './record-evidence.ts';

/** Saves whose rules apply. Error: disclosure.not_a_label when an own label would not pass the packs it is for. */
export async function changeSettings(
  infra: Infra,
  call: Call<typeof putDisclosureSettings>,
): Promise<DisclosureSettings> {
  const { workspaceId, actor, requestId, input } = call;
  const countries = [...new Set(input.countries)];
  const wording = Object.fromEntries(Object.entries(input.wording).filter(([, label]) => label !== ''));
  for (const [language, label] of Object.entries(wording)) refuseOtherThanLabels({ countries, language, label });
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    const before = await readSettings(tx, workspaceId);
    const save = { countries, strictness: input.strictness, wording, by: actor.name, at: infra.clock.now() };
    await writeSettings(tx, workspaceId, save);
    const after = await readSettings(tx, workspaceId);
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId,
      action: 'disclosure_settings.changed',
      subjectKind: 'disclosure_settings',
      subjectId: workspaceId,
      changes: { from: before, to: after },
    });
    return after;
  });
}

/** A label of one's own must be one the rules take, or the repair it writes would not pass. */
function refuseOtherThanLabels(of: { countries: readonly string[]; language: string; label: string }): void {
  const { countries, language, label } = of;
  for (const country of countries.length === 0 ? [countryDefault] : countries) {
    const { standing, pack } = checkDisclosure({
      caption: `${label} · …`,
      platform: 'instagram',
      country,
      languages: [language],
      media: { kind: 'image' },
      relation: 'paid',
      platformLabel: null,
    });
    if (standing !== 'clear')
      throw disclosureError('not_a_label', `“${label}” is no label that ${pack} takes. Say “Ad” or what it is.`, [
        { field: `wording.${language}`, message: `is not understood as advertising under ${pack}` },
      ]);
  }
}
