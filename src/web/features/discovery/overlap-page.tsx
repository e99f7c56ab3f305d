import { Button, Select } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFileUpload, IconUsersGroup } from '@tabler/icons-react';
import { z } from 'zod';
import { type AudienceOverlap, getOverlap, listMembers, overlapCreatorsMax } from '#modules/discovery/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useClient } from '#web/api/use-client.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Figure } from '#web/ui/figure.tsx';
import { formatCompact, formatPlural } from '#web/ui/format-number.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { StatCard } from '#web/ui/stat-card.tsx';
import { CreatorPicker } from './creator-picker.tsx';
import { FollowerFiles } from './follower-files.tsx';
import { FollowersDialog } from './followers-dialog.tsx';
import { MarketTabs } from './market-tabs.tsx';
import './markets.css';
import { OverlapMatrix } from './overlap-matrix.tsx';
import { overlapSentence } from './overlap-sentence.ts';
import { OverlapTable } from './overlap-table.tsx';
import { ReckonedFigure } from './reckoned-figure.tsx';
import { useLists } from './use-lists.ts';

const search = z.object({ creators: z.array(z.string()).max(overlapCreatorsMax).default([]) });

export function OverlapPage() {
  const [{ creators }, setState] = useSearchState(search);
  const [isImporting, importing] = useDisclosure(false);
  const canWrite = useCan('discovery:write');
  const isAsked = creators.length >= 2;
  const query = useApiQuery(getOverlap, { personIds: creators }, { enabled: isAsked, keepPrevious: true });
  const choose = (next: string[]) => setState({ creators: next }, { push: true });
  return (
    <div className="page">
      <MarketTabs />
      <PageHeader
        title={isAsked && query.data ? overlapSentence(query.data) : 'Whose followers are the same people?'}
        sub={
          isAsked && query.data
            ? query.data.note
            : `Choose 2 to ${overlapCreatorsMax} creators. Followers come from files, and are kept only as hashes.`
        }
        actions={
          canWrite && (
            <Button leftSection={<IconFileUpload size={16} stroke={1.6} aria-hidden />} onClick={importing.open}>
              Import followers
            </Button>
          )
        }
      />
      <div className="discover-choose">
        <CreatorPicker label="Creators" value={creators} max={overlapCreatorsMax} onChange={choose} />
        <FromList onChoose={choose} />
      </div>
      {isAsked ? (
        <QueryState query={query}>{(answer) => <Overlap answer={answer} onImport={importing.open} />}</QueryState>
      ) : (
        <EmptyState icon={IconUsersGroup} title="Nothing to compare yet">
          Choose two creators or more above. For each you see how many followers are theirs alone and how many follow
          the others too, so that you do not pay twice for the same people.
        </EmptyState>
      )}
      <FollowerFiles />
      {isImporting && (
        <FollowersDialog {...(creators[0] === undefined ? {} : { personId: creators[0] })} onClose={importing.close} />
      )}
    </div>
  );
}

function FromList({ onChoose }: { onChoose: (personIds: string[]) => void }) {
  const { lists } = useLists();
  const client = useClient();
  const take = async (listId: string | null) => {
    if (listId === null) return;
    try {
      const { rows } = await client.call(listMembers, { listId, limit: overlapCreatorsMax });
      onChoose(rows.map((member) => member.personId));
    } catch (error) {
      sayFailed('Not taken from the list', error);
    }
  };
  if (lists.length === 0) return null;
  return (
    <Select
      label="Or take a list"
      placeholder="Choose a list"
      data={lists.map((list) => ({ value: list.id, label: `${list.name} (${list.members})` }))}
      value={null}
      onChange={(listId) => void take(listId)}
    />
  );
}

function Overlap({ answer, onImport }: { answer: AudienceOverlap; onImport: () => void }) {
  const canWrite = useCan('discovery:write');
  return (
    <>
      {answer.creators.length > 0 && (
        <>
          <div className="figs">
            <StatCard label="Unique followers" note="of all together, each once">
              <ReckonedFigure
                label="Unique followers"
                figure={answer.totalUniqueFollowers}
                as="count"
                formula="Followers of any of the creators, each counted once"
                source={answer.note}
              />
            </StatCard>
            <StatCard label="Follow two or more" note="of the unique followers">
              <ReckonedFigure
                label="Shared share"
                figure={answer.sharedShare}
                as="share"
                formula="(unique followers − followers of one creator alone) / unique followers"
                source={answer.note}
              />
            </StatCard>
            <StatCard label="Added up" note="nobody counted out twice">
              <Figure
                label="Followers added up"
                value={answer.totalFollowers === null ? null : formatCompact(answer.totalFollowers)}
                meaning={{ formula: 'Sum of the audiences as their files count or state them', source: answer.note }}
              />
            </StatCard>
            <StatCard
              label="Compared"
              note={
                answer.missing.length === 0
                  ? 'all that were chosen'
                  : `${formatPlural(answer.missing.length, 'audience')} missing`
              }
            >
              {formatPlural(answer.creators.length, 'creator')}
            </StatCard>
          </div>
          <Section title="Each creator" note="only theirs, and shared with any of the others">
            <OverlapTable answer={answer} />
          </Section>
          <Section title="Every two" note="share of the followers at the left who follow the creator above too">
            <OverlapMatrix answer={answer} />
          </Section>
        </>
      )}
      {answer.missing.length > 0 && (
        <Section
          title={`${formatPlural(answer.missing.length, 'audience')} not compared`}
          end={canWrite && <Button onClick={onImport}>Import followers</Button>}
        >
          <ul className="list">
            {answer.missing.map((one) => (
              <li key={one.personId}>
                <b>{one.name}</b>
                <span className="meta">{one.reason}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
