import { Button } from '@mantine/core';
import { useState } from 'react';
import type { OutputOf } from '#kernel/endpoint.ts';
import { type FraudAppeal, getFraudGroup } from '#modules/fraud/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatDate, formatDateTime, formatWhen } from '#web/ui/format-when.ts';
import { KeyValues } from '#web/ui/key-values.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { SidePanel } from '#web/ui/side-panel.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { AnswerAppealDialog } from './answer-appeal-dialog.tsx';
import { EvidenceList } from './evidence-list.tsx';
import { Creator } from './group-columns.tsx';
import { ReopenDialog } from './reopen-dialog.tsx';
import { ResolveDialog } from './resolve-dialog.tsx';
import { modeWords, severityTone, severityWords, standingOf } from './words.ts';

type Whole = OutputOf<typeof getFraudGroup>;

/** One group with its evidence, what the creator says, and the decision. */
export function GroupPanel({ groupId, onClose }: { groupId: string; onClose: () => void }) {
  const query = useApiQuery(getFraudGroup, { groupId });
  const mayDecide = useCan('tracking:write');
  const [asked, setAsked] = useState<'cleared' | 'fraud' | 'reopen' | null>(null);
  const group = query.data?.group;
  const close = () => setAsked(null);
  return (
    <SidePanel
      label={group === undefined ? 'Group' : group.title}
      onClose={onClose}
      actions={
        mayDecide &&
        group !== undefined &&
        (group.state === 'open' ? (
          <>
            <Button variant="filled" onClick={() => setAsked('cleared')}>
              Clear
            </Button>
            <Button onClick={() => setAsked('fraud')}>Call it fraud</Button>
          </>
        ) : (
          group.state !== 'lapsed' && <Button onClick={() => setAsked('reopen')}>Decide again</Button>
        ))
      }
    >
      <QueryState query={query}>{(whole) => <Body whole={whole} />}</QueryState>
      {(asked === 'cleared' || asked === 'fraud') && (
        <ResolveDialog groupIds={[groupId]} outcome={asked} onClose={close} onDone={close} />
      )}
      {asked === 'reopen' && <ReopenDialog groupId={groupId} onClose={close} />}
    </SidePanel>
  );
}

function Body({ whole }: { whole: Whole }) {
  const { timeZone } = useWorkspace();
  const { group, events } = whole;
  const { word, tone } = standingOf(group);
  const amounts = group.amounts.map((sum) => formatMoney(sum)).join(' + ');
  return (
    <>
      <Section title={group.title} end={<Tag tone={severityTone(group.severity)}>{severityWords[group.severity]}</Tag>}>
        <Creator group={group} />
        <KeyValues
          items={[
            { term: 'Credit', value: <Tag tone={tone}>{word}</Tag> },
            {
              term: 'Orders',
              value:
                group.orders === 0
                  ? 'None'
                  : `${formatPlural(group.orders, 'order')}${amounts === '' ? '' : `, ${amounts}`}`,
            },
            { term: 'The rule', value: modeWords[group.mode] },
            { term: 'Opened', value: formatDateTime(group.openedAt, timeZone) },
            ...(group.expiresAt === null ? [] : [{ term: 'Expires', value: formatDate(group.expiresAt, timeZone) }]),
            ...(group.resolvedAt === null
              ? []
              : [
                  {
                    term: 'Decided',
                    value: `${group.resolvedBy ?? 'Rapport'}, ${formatDateTime(group.resolvedAt, timeZone)}`,
                  },
                ]),
          ]}
        />
        {group.reason !== null && <p>{group.reason}</p>}
        <p className="meta">
          {whole.explains} <span>Needs: {whole.needs}.</span>
        </p>
        {group.codeId !== null && <LeakCard codeId={group.codeId} isOpen={group.state === 'open'} />}
      </Section>
      <Appeals appeals={whole.appeals} />
      <Section title="Evidence" note={formatPlural(group.findings, 'finding')}>
        <ul className="frd-events">
          {events.map((event) => (
            <li key={event.id} className={event.stands ? undefined : 'is-gone'}>
              <div className="spread">
                <b>{event.says}</b>
                {event.points > 0 && <span className="num meta">+{event.points}</span>}
              </div>
              <EvidenceList evidence={event.evidence} />
              {!event.stands && <p className="meta">Later facts told otherwise; it no longer stands.</p>}
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}

/** A code that is out is replaced, not forbidden: the old one goes on for a while, so that no customer is sent away. */
function LeakCard({ codeId, isOpen }: { codeId: string; isOpen: boolean }) {
  return (
    <div className="frd-leak">
      <div>
        <b>{isOpen ? 'Stop the leak' : 'The code'}</b>
        <p className="meta">Rotate the code: the creator gets a new one, the old one ends when you say.</p>
      </div>
      <AppLink to="/tracking/codes" search={{ open: codeId }} className="frd-button">
        Open the code
      </AppLink>
    </div>
  );
}

function Appeals({ appeals }: { appeals: readonly FraudAppeal[] }) {
  const [answered, setAnswered] = useState<FraudAppeal | null>(null);
  const mayAnswer = useCan('tracking:write');
  if (appeals.length === 0) return null;
  return (
    <Section title="The creator's side" note="said in their portal; answers are read there">
      <ul className="frd-events">
        {appeals.map((appeal) => (
          <li key={appeal.id}>
            <p>“{appeal.says}”</p>
            <span className="meta">{formatWhen(appeal.madeAt)}</span>
            {appeal.answer === null ? (
              <div>
                <Button size="xs" disabled={!mayAnswer} onClick={() => setAnswered(appeal)}>
                  Answer
                </Button>
              </div>
            ) : (
              <p>
                <Tag tone={appeal.outcome === 'accepted' ? 'good' : 'plain'}>
                  {appeal.outcome === 'accepted' ? 'Accepted' : 'Declined'}
                </Tag>{' '}
                {appeal.answer} <span className="meta">{appeal.answeredBy}</span>
              </p>
            )}
          </li>
        ))}
      </ul>
      {answered !== null && <AnswerAppealDialog appeal={answered} onClose={() => setAnswered(null)} />}
    </Section>
  );
}
