import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import { saturdayAndSunday } from '#kernel/business-days.ts';
import { AppError } from '#kernel/errors.ts';
import { addDays } from '#kernel/time.ts';
import { getCampaign } from '#modules/campaigns/index.ts';
import { recordAudit } from '#modules/workspaces/index.ts';
import {
  type BusinessCalendar,
  businessCalendarSchema,
  type getBusinessCalendar,
  type getReviewSetting,
  type proposeHolidays,
  type putBusinessCalendar,
  type putReviewSetting,
  type ReviewSetting,
} from './api.ts';
import { saveCalendar, saveSetting, selectCalendar } from './queries/settings.ts';
import { readSetting } from './read-context.ts';

/** How the drafts of a campaign are reviewed. Error: not_found. */
export async function readReviewSetting(infra: Infra, call: Call<typeof getReviewSetting>): Promise<ReviewSetting> {
  const { workspaceId, input } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await getCampaign(tx, workspaceId, input.campaignId);
    return readSetting(tx, workspaceId, input.campaignId);
  });
}

/** Changes it. Error: not_found. */
export async function changeReviewSetting(infra: Infra, call: Call<typeof putReviewSetting>): Promise<ReviewSetting> {
  const { workspaceId, input, actor, requestId } = call;
  return infra.db.inWorkspace(workspaceId, async (tx) => {
    await getCampaign(tx, workspaceId, input.campaignId);
    const before = await readSetting(tx, workspaceId, input.campaignId);
    const { campaignId, ...given } = input;
    const setting = { ...given, requiredRoles: [...new Set(given.requiredRoles)] };
    await saveSetting(tx, workspaceId, { campaignId, setting, by: actor.name, at: infra.clock.now() });
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId,
      action: 'review-setting.changed',
      subjectKind: 'campaign',
      subjectId: campaignId,
      changes: { from: before, to: setting },
    });
    return readSetting(tx, workspaceId, campaignId);
  });
}

const usualCalendar: BusinessCalendar = { weekdaysOff: [...saturdayAndSunday], holidays: [] };

/** The days the workspace does not work. */
export async function readCalendar(infra: Infra, call: Call<typeof getBusinessCalendar>): Promise<BusinessCalendar> {
  const row = await infra.db.inWorkspace(call.workspaceId, (tx) => selectCalendar(tx, call.workspaceId));
  if (row === undefined) return usualCalendar;
  return businessCalendarSchema.parse({ weekdaysOff: row.weekdays_off, holidays: row.holidays });
}

/** Changes them: one name a day, by day. */
export async function changeCalendar(infra: Infra, call: Call<typeof putBusinessCalendar>): Promise<BusinessCalendar> {
  const { workspaceId, input, actor, requestId } = call;
  const calendar = {
    weekdaysOff: [...new Set(input.weekdaysOff)].toSorted((a, b) => a - b),
    holidays: [...new Map(input.holidays.map((one) => [one.day, one])).values()].toSorted((a, b) =>
      a.day < b.day ? -1 : 1,
    ),
  };
  await infra.db.inWorkspace(workspaceId, async (tx) => {
    await saveCalendar(tx, workspaceId, { calendar, by: actor.name, at: infra.clock.now() });
    await recordAudit(tx, {
      workspaceId,
      actor,
      requestId,
      action: 'business-calendar.changed',
      subjectKind: 'workspace',
      subjectId: workspaceId,
      changes: { weekdaysOff: calendar.weekdaysOff, holidays: calendar.holidays.length },
    });
  });
  return calendar;
}

const longestHolidayDays = 14;

/** Public holidays of a country, this year and the next, days of several days one by one. Error: submissions.unknown_country. */
export async function proposeDays(
  infra: Infra,
  call: Call<typeof proposeHolidays>,
): Promise<BusinessCalendar['holidays']> {
  const { default: Holidays } = await import('date-holidays');
  const { country } = call.input;
  const calendar = new Holidays();
  if (!(country in calendar.getCountries())) {
    const message = `No holidays are known of ${country}. Enter the days by hand.`;
    throw new AppError('invalid', 'submissions.unknown_country', `country: ${message}`, [
      { field: 'country', message },
    ]);
  }
  calendar.init(country);
  const year = infra.clock.now().getUTCFullYear();
  const days = new Map<string, string>();
  for (const one of [year, year + 1].flatMap((each) => calendar.getHolidays(each, 'en'))) {
    if (one.type !== 'public') continue;
    // Start and end are moments of the country; the day it is called by is in `date`.
    const first = one.date.slice(0, 10);
    const count = Math.min(longestHolidayDays, Math.max(1, Math.round((+one.end - +one.start) / 86_400_000)));
    for (let i = 0; i < count; i += 1) days.set(addDays(first, i), one.name);
  }
  return [...days]
    .map(([day, name]) => ({ day, name: name.slice(0, 120) }))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1));
}
