import { daysBetween } from '#kernel/time.ts';
import { campaignsError } from './errors.ts';

const campaignDaysMax = 1100;

/** A campaign ends on or after its first day and lasts three years at most. Error: bad_dates, naming the field. */
export function checkCampaignDates(startsOn: string, endsOn: string): void {
  const fail = (message: string) => campaignsError('bad_dates', `endsOn: ${message}`, [{ field: 'endsOn', message }]);
  if (endsOn < startsOn)
    throw fail(`A campaign that starts on ${startsOn} cannot end on ${endsOn}. Choose ${startsOn} or later.`);
  if (daysBetween(startsOn, endsOn) > campaignDaysMax)
    throw fail(`From ${startsOn} to ${endsOn} are more than three years. Plan a shorter campaign and duplicate it.`);
}
