import { getAttributionSettings } from '#modules/attribution/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { policySentence } from './rule-words.ts';

/** The rules in one sentence, with the way to them. */
export function AttributionWindow() {
  const settings = useApiQuery(getAttributionSettings, {});
  const policy = settings.data?.workspace.policy;
  if (policy === undefined || policy === null) return null;
  return (
    <>
      {policySentence(policy)} <AppLink to="/tracking/rules">Rules</AppLink>
    </>
  );
}
