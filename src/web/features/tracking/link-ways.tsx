import { Button } from '@mantine/core';
import { checkLink, type Link, type LinkRule } from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import { sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Status } from '#web/ui/status.tsx';
import { healthWords, trackingNouns } from './words.ts';

const systemWords = { ios: 'iOS', android: 'Android', windows: 'Windows', mac: 'Mac', linux: 'Linux' };
const deviceWords = { phone: 'phones', tablet: 'tablets', computer: 'computers' };

export function whoOf(rule: LinkRule): string {
  const parts = [
    (rule.devices ?? []).map((device) => deviceWords[device]).join(', '),
    (rule.systems ?? []).map((system) => systemWords[system]).join(', '),
    (rule.countries ?? []).join(', '),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** Where a link leads besides its destination; nothing when it has one way only. */
export function LinkWays({ link }: { link: Link }) {
  const apps = [
    { name: 'iOS app', app: link.apps?.ios },
    { name: 'Android app', app: link.apps?.android },
  ].flatMap(({ name, app }) => (app == null ? [] : [{ name, app }]));
  if (link.rules.length + link.variants.length + apps.length === 0) return null;
  const weights = link.variants.reduce((total, variant) => total + variant.weight, 0);
  return (
    <Section title="Ways" note="first match wins">
      <ul className="trk-ways">
        {link.rules.map((rule, at) => (
          <li key={`${whoOf(rule)} ${rule.destination}`}>
            <b>
              {at + 1}. {whoOf(rule)}
            </b>
            <span>{rule.destination}</span>
          </li>
        ))}
        {apps.map(({ name, app }) => (
          <li key={name}>
            <b>{name}</b>
            <span>
              {app.opens}
              {app.store !== null && `, else ${app.store}`}
            </span>
          </li>
        ))}
        {link.variants.map((variant) => (
          <li key={variant.destination}>
            <b>{Math.round((100 * variant.weight) / Math.max(1, weights))} % of the others</b>
            <span>{variant.destination}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What the destination answered last, and a way to ask now. */
export function LinkHealth({ link, canWrite }: { link: Link; canWrite: boolean }) {
  const check = useApiMutation(checkLink, {
    invalidate: trackingNouns,
    onError: (error) => sayFailed('Not checked', error),
  });
  const { health } = link;
  return (
    <Section
      title="Destination"
      note={health === null ? 'asked once a day while the link is live' : `asked ${formatWhen(health.checkedAt)}`}
      end={
        canWrite && (
          <Button
            variant="subtle"
            color="gray"
            loading={check.isPending}
            onClick={() => check.mutate({ linkId: link.id })}
          >
            Ask now
          </Button>
        )
      }
    >
      {health === null ? (
        <p className="meta">Not asked yet.</p>
      ) : (
        <div>
          <Status tone={healthWords[health.state].tone}>
            {healthWords[health.state].word} since {formatWhen(health.since)}
          </Status>
          {health.problem !== null && <p className="meta">{health.problem}</p>}
        </div>
      )}
    </Section>
  );
}
