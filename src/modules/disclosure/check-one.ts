import type { Call } from '#infra/http/call.ts';
import type { Infra } from '#infra/module.ts';
import type { checkCaption, DisclosureVerdict } from './api.ts';
import { checkDisclosure } from './rules/check-disclosure.ts';

const countryDefault = 'US';

/** Checks one caption; nothing is kept. */
export async function checkOne(_infra: Infra, call: Call<typeof checkCaption>): Promise<DisclosureVerdict> {
  return checkDisclosure({ ...call.input, country: call.input.country ?? countryDefault });
}
