import { Button } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '#kernel/endpoint.ts';
import { getCampaign } from '#modules/campaigns/api.ts';
import { type Ambassador, getAmbassadors } from '#modules/relationships/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useParam } from '#web/shell/use-go.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import './relationships.css';
import './ambassadors.css';
import { AmbassadorsTable } from './ambassadors-table.tsx';
import { JudgementCards } from './judgement-card.tsx';
import { JudgementHistory } from './judgement-history.tsx';
import { ProgramDialog } from './program-dialog.tsx';
import { TierList } from './tier-list.tsx';
import { sayDay } from './words.ts';

type Shown = OutputOf<typeof getAmbassadors>;

/** The ambassadors of a campaign: who moves up or down, who stands where, and what the tiers ask for. */
export function AmbassadorsPage() {
  const campaignId = useParam('campaignId');
  const campaign = useApiQuery(getCampaign, { campaignId });
  return (
    <QueryState query={campaign}>
      {({ name, model }) =>
        model === 'ambassadorship' ? (
          <OfCampaign campaignId={campaignId} />
        ) : (
          <EmptyState title="No campaign of ambassadors">
            Tiers belong to campaigns of the model ambassadorship; {name} is of another one.
          </EmptyState>
        )
      }
    </QueryState>
  );
}

function OfCampaign({ campaignId }: { campaignId: string }) {
  const query = useApiQuery(getAmbassadors, { campaignId });
  return <QueryState query={query}>{(shown) => <Full shown={shown} />}</QueryState>;
}

function Full({ shown }: { shown: Shown }) {
  const { program, ambassadors, notYet, asOf } = shown;
  const [isEditing, setEditing] = useState(false);
  const mayWrite = useCan('campaigns:write');
  const waiting = ambassadors.flatMap((one) => (one.waiting === null ? [] : [one.waiting]));
  const dialog = isEditing && <ProgramDialog program={program} onClose={() => setEditing(false)} />;
  if (program.version === 0)
    return (
      <>
        <EmptyState
          title="No tiers yet"
          action={
            mayWrite && (
              <Button variant="filled" onClick={() => setEditing(true)}>
                Set up tiers
              </Button>
            )
          }
        >
          Tiers say what an ambassador gets for what they bring in. Once a month the figures are looked at, and you
          confirm who moves up or down.
        </EmptyState>
        {dialog}
      </>
    );
  return (
    <div className="cols amb">
      <div className="stack">
        {waiting.length > 0 && <JudgementCards judgements={waiting} tiers={program.tiers} />}
        <Section title={sayCount(ambassadors)} note={sayNote({ notYet, from: ambassadors[0]?.now.from })}>
          <AmbassadorsTable ambassadors={ambassadors} tiers={program.tiers} asOf={asOf} />
        </Section>
        <JudgementHistory campaignId={program.campaignId} />
      </div>
      <aside className="stack">
        <Section
          title="Tiers"
          note={`version ${program.version}`}
          end={
            mayWrite && (
              <Button size="xs" onClick={() => setEditing(true)}>
                Edit
              </Button>
            )
          }
        >
          <TierList program={program} ambassadors={ambassadors} />
          <p className="meta amb-when">
            {program.nextJudgedOn === null
              ? 'Judging is off.'
              : `Judged next on ${sayDay(program.nextJudgedOn)}, by the ${program.windowMonths === 1 ? 'month' : `${program.windowMonths} months`} before it.`}
          </p>
        </Section>
      </aside>
      {dialog}
    </div>
  );
}

function sayCount(ambassadors: readonly Ambassador[]): string {
  if (ambassadors.length === 0) return 'Nobody is an ambassador yet';
  const counts = new Map<string, number>();
  for (const { tier } of ambassadors) counts.set(tier.name, (counts.get(tier.name) ?? 0) + 1);
  const parts = [...counts].map(([name, count]) => `${count} ${name}`);
  return `${formatPlural(ambassadors.length, 'ambassador')}: ${parts.join(', ')}`;
}

function sayNote(of: { notYet: number; from: string | undefined }): string {
  const since = of.from === undefined ? [] : [`figures since ${sayDay(of.from)}`];
  const open = of.notYet === 0 ? [] : [`${formatPlural(of.notYet, 'creator')} agreed to nothing yet`];
  return [...since, ...open].join(', ');
}
