import { Button } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import type { OutputOf } from '#kernel/endpoint.ts';
import { platformNames } from '#kernel/platform.ts';
import { type CreatorListItem, keepApart, listMergeCandidates, mergeCreators } from '#modules/creators/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { Avatar } from '#web/ui/avatar.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatCompact, formatPlural } from '#web/ui/format-number.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { CreatorsTabs } from './creators-tabs.tsx';
import { SplitSection } from './split-section.tsx';
import { nameOf } from './words.ts';
import './creators.css';

type Pair = OutputOf<typeof listMergeCandidates>['rows'][number];
const limit = 50;
const touched = ['creators', 'discovery', 'lists', 'roster', 'vetting'];

/** Pairs who may be one person. Nobody is joined without a reader's word. */
export function DuplicatesPage() {
  const pairs = useApiQuery(listMergeCandidates, { limit });
  const count = pairs.data?.rows.length;
  return (
    <div className="page">
      <PageHeader
        title={titleOf(count)}
        sub="Proposed by a shared e-mail address, handle, website or name. Nobody is joined without your word."
      />
      <CreatorsTabs />
      <QueryState query={pairs}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState icon={IconUsersGroup} title="No pairs to look at">
              After an import, creators who share an e-mail address, a handle or a website across platforms are proposed
              here.
            </EmptyState>
          ) : (
            <ul className="list">
              {rows.map((pair) => (
                <PairRow key={`${pair.a.id} ${pair.b.id}`} pair={pair} />
              ))}
            </ul>
          )
        }
      </QueryState>
      <SplitSection />
    </div>
  );
}

function titleOf(count: number | undefined): string {
  if (count === undefined) return 'Possible duplicates';
  if (count === 0) return 'Nobody looks doubled';
  return count === limit
    ? `${limit} pairs or more may be one person`
    : `${formatPlural(count, 'pair')} may be one person`;
}

function PairRow({ pair }: { pair: Pair }) {
  const canWrite = useCan('creators:write');
  const merge = useApiMutation(mergeCreators, {
    invalidate: touched,
    onSuccess: (person) => sayDone(`Merged into ${nameOf(person)}. It can be split again below.`),
    onError: (error) => sayFailed('Not merged', error),
  });
  const apart = useApiMutation(keepApart, {
    invalidate: touched,
    onSuccess: () => sayDone('Kept apart'),
    onError: (error) => sayFailed('Not kept apart', error),
  });
  const [kept, absorbed] = largest(pair.a) >= largest(pair.b) ? [pair.a, pair.b] : [pair.b, pair.a];
  return (
    <li className="creators-pair">
      <Side creator={kept} />
      <Side creator={absorbed} />
      <div className="creators-grow">
        {pair.reasons.map((reason) => (
          <span key={reason} className="block">
            {reason}
          </span>
        ))}
      </div>
      {canWrite && (
        <div className="row nowrap">
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            loading={apart.isPending}
            onClick={() => apart.mutate({ personA: kept.id, personB: absorbed.id })}
          >
            Not the same
          </Button>
          <Button
            size="xs"
            loading={merge.isPending}
            onClick={() =>
              merge.mutate({
                keptPersonId: kept.id,
                absorbedPersonId: absorbed.id,
                reason: pair.reasons.join('; ').slice(0, 500),
              })
            }
          >
            Merge
          </Button>
        </div>
      )}
    </li>
  );
}

function largest(creator: CreatorListItem): number {
  return creator.profiles[0]?.followers ?? 0;
}

function Side({ creator }: { creator: CreatorListItem }) {
  return (
    <div className="who creators-side">
      <Avatar id={creator.id} name={nameOf(creator)} size={32} />
      <div>
        <b>
          <AppLink to="/creators/$personId" params={{ personId: creator.id }}>
            {nameOf(creator)}
          </AppLink>
        </b>
        <span className="meta">
          {creator.profiles
            .map(
              (profile) =>
                `${platformNames[profile.platform]} @${profile.handle}${profile.followers === null ? '' : `, ${formatCompact(profile.followers)}`}`,
            )
            .join(' · ')}
        </span>
      </div>
    </div>
  );
}
