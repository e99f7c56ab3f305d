import type { Infra, Module } from '#infra/module.ts';
import { disclosureRoutes } from './routes.ts';

export { type HouseRules, houseRules } from './check-captions.ts';
export { disclosureEventPayload, disclosureEvents } from './events.ts';
export { selectEvidence as listEvidence } from './queries.ts';
export { recordEvidence, type Sight } from './record-evidence.ts';
export { checkDisclosure } from './rules/check-disclosure.ts';
export { describePacks } from './rules/describe-packs.ts';
export { commonWording } from './rules/pack.ts';
export { packOf } from './rules/packs/packs.ts';
export { sumHistory } from './rules/sum-history.ts';

/** Does what is published say that it is advertising, and what was seen when it was looked at. */
export function createDisclosure(infra: Infra): Module {
  return { name: 'disclosure', routes: disclosureRoutes(infra) };
}
