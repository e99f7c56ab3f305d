import { Button, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { platformNames } from '#kernel/platform.ts';
import {
  type Advice,
  type AdviceReason,
  adviseCampaign,
  type Campaign,
  type GoodsKind,
  getBrief,
  goodsKinds,
  goodsNames,
} from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { modelName } from './words.ts';

/** Which platform and model suit the main goal, and why: what this workspace knows first, rules of thumb last. */
export function AdviceSection({ campaign }: { campaign: Campaign }) {
  const [goods, setGoods] = useState<GoodsKind | null>(null);
  const [about, setAbout] = useState<string | null>(null);
  const brief = useApiQuery(getBrief, { campaignId: campaign.id }, { enabled: campaign.briefVersion > 0 });
  const fromBrief = [brief.data?.brief.background, ...(brief.data?.brief.keyMessages ?? [])].filter(Boolean).join('\n');
  const words = about ?? (fromBrief === '' ? (campaign.note ?? '') : fromBrief);
  const advise = useApiMutation(adviseCampaign, { onError: (error) => sayFailed('No advice', error) });
  const [main] = campaign.goals;
  if (main === undefined) return null;
  const ask = () =>
    advise.mutate({
      metric: main.metric,
      startsOn: campaign.startsOn,
      endsOn: campaign.endsOn,
      ...(goods === null ? {} : { goods }),
      about: words.slice(0, 4000),
    });
  return (
    <Section title="Where to go" note="platform and model for the main goal">
      <div className="stack" style={{ gap: 12 }}>
        <div className="camp-two">
          <Select
            label="How is it bought?"
            placeholder="not said"
            clearable
            data={goodsKinds.map((value) => ({ value, label: goodsNames[value] }))}
            value={goods}
            onChange={(next) => setGoods(goodsKinds.find((one) => one === next) ?? null)}
          />
          <Textarea
            label="What is it, and for whom?"
            autosize
            minRows={1}
            maxRows={4}
            maxLength={4000}
            value={words}
            onChange={(event) => setAbout(event.currentTarget.value)}
          />
        </div>
        <Button onClick={ask} loading={advise.isPending} style={{ justifySelf: 'start' }}>
          Ask for advice
        </Button>
        <div role="status">{advise.data && <Answer advice={advise.data} />}</div>
      </div>
    </Section>
  );
}

const platformsShown = 3;

function Answer({ advice }: { advice: Advice }) {
  return (
    <div className="stack" style={{ gap: 12 }}>
      {advice.basis === 'rules' && (
        <p className="camp-warn">
          Nothing counted in this workspace speaks for a platform yet; these are rules of thumb.
        </p>
      )}
      {advice.platforms.slice(0, platformsShown).map((one) => (
        <Pick key={one.pick} name={platformNames[one.pick]} points={one.points} reasons={one.reasons} />
      ))}
      {advice.models.slice(0, 1).map((one) => (
        <Pick key={one.pick} name={modelName(one.pick)} points={one.points} reasons={one.reasons} />
      ))}
      {advice.missing.length > 0 && (
        <ul className="camp-plainlist meta">
          {advice.missing.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Pick({ name, points, reasons }: { name: string; points: number; reasons: readonly AdviceReason[] }) {
  return (
    <section className="camp-pick">
      <div className="spread">
        <b>{name}</b>
        <span className="meta num">{points} points</span>
      </div>
      <ul>
        {reasons.map((reason) => (
          <li key={reason.text} className="spread">
            <span>
              {reason.text}{' '}
              <Tag tone={reason.kind === 'own' ? 'accent' : 'plain'}>
                {reason.kind === 'own' ? `counted here, n ${reason.n}` : 'rule of thumb'}
              </Tag>
            </span>
            <span className="meta num">{reason.points > 0 ? `+${reason.points}` : reason.points}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
