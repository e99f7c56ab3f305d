import { Button, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDots, IconFileUpload } from '@tabler/icons-react';
import { addDays } from '#kernel/time.ts';
import { compareBrands, deleteBrand, type Filter, updateBrand, type WatchedBrand } from '#modules/discovery/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useCrumb } from '#web/shell/crumb-store.ts';
import { useGo, useParam } from '#web/shell/use-go.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Segments } from '#web/ui/segments.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { BrandCreators } from './brand-creators.tsx';
import { BrandDialog } from './brand-dialog.tsx';
import { BrandFollowers } from './brand-followers.tsx';
import { BrandPosts } from './brand-posts.tsx';
import { brandSearch, rangeDays } from './brand-search.ts';
import type { BrandComparisonJson } from './brand-table.tsx';
import { BrandFilters } from './brands-page.tsx';
import { FollowersDialog } from './followers-dialog.tsx';
import { MarketTabs } from './market-tabs.tsx';
import './markets.css';

export function BrandPage() {
  const brandId = useParam('brandId');
  const [state, setState] = useSearchState(brandSearch);
  const to = new Date().toISOString().slice(0, 10);
  const period = { from: addDays(to, 1 - rangeDays[state.range]), to };
  const platform = state.platform === undefined ? {} : { platform: state.platform };
  const query = useApiQuery(compareBrands, { brandIds: [brandId], ...period, ...platform }, { keepPrevious: true });
  useCrumb(query.data?.rows[0]?.brand.name);
  const asked = { brandId, ...period, ...platform };
  return (
    <div className="page">
      <MarketTabs />
      <QueryState query={query}>{(answer) => <BrandHead answer={answer} />}</QueryState>
      {/* What is below is asked for at the same time as the head, not after it. */}
      {query.error === null && (
        <>
          <BrandFilters
            range={state.range}
            platform={state.platform}
            onRange={(range) => setState({ range }, { push: true })}
            onPlatform={(next) => setState({ platform: next }, { push: true })}
          />
          <div className="discover-show">
            <Segments
              label="Show"
              value={state.tab}
              options={[
                { value: 'creators', label: 'Who posts' },
                { value: 'posts', label: 'Posts' },
                { value: 'followers', label: 'Who follows' },
              ]}
              onChange={(tab) => setState({ tab }, { push: true })}
            />
          </div>
          {state.tab === 'creators' && (
            <BrandCreators
              asked={asked}
              payment={state.payment}
              sort={state.sort}
              onPayment={(payment) => setState({ payment }, { push: true })}
              onSort={(sort) => setState({ sort }, { push: true })}
            />
          )}
          {state.tab === 'posts' && <BrandPosts asked={asked} payment={state.payment} />}
          {state.tab === 'followers' && <BrandFollowers brandId={brandId} />}
        </>
      )}
    </div>
  );
}

function BrandHead({ answer }: { answer: BrandComparisonJson }) {
  const [figures] = answer.rows;
  const canWrite = useCan('discovery:write');
  if (figures === undefined) return null;
  const { brand, returning } = figures;
  const filter = searchFilterOf(brand);
  const beside =
    figures.hashtags.length === 0 ? '' : ` Beside it: ${figures.hashtags.map((tag) => `#${tag.hashtag}`).join(' ')}.`;
  const back =
    returning === null
      ? ''
      : ` ${returning.again} of the ${returning.before} creators of the period before posted again.`;
  return (
    <PageHeader
      title={
        figures.posts === 0
          ? `Nobody posted about ${brand.name} in this period`
          : `${formatPlural(figures.creators, 'creator')} posted about ${brand.name}, ${formatPlural(figures.posts, 'post')}`
      }
      badge={brand.isOwn && <Tag tone="accent">yours</Tag>}
      sub={`Rests on ${formatCount(answer.basis.posts)} posts of this workspace, ${answer.from} to ${answer.to}; ${brand.owner.name} looks after it.${back}${beside}`}
      actions={
        <>
          {filter !== null && (
            <AppLink to="/discover" search={{ f: [filter] }}>
              <Button component="span">Search among them</Button>
            </AppLink>
          )}
          {canWrite && <BrandMenu brand={brand} />}
        </>
      }
    />
  );
}

/** The search over creators whose newest posts name the brand; null when it is named by words alone. */
function searchFilterOf(brand: WatchedBrand): Filter | null {
  if (brand.handles.length > 0) return { field: 'mention', op: 'in', values: brand.handles };
  return brand.hashtags.length > 0 ? { field: 'hashtag', op: 'in', values: brand.hashtags } : null;
}

function BrandMenu({ brand }: { brand: WatchedBrand }) {
  const [isChanging, changing] = useDisclosure(false);
  const [isForgetting, forgetting] = useDisclosure(false);
  const [isImporting, importing] = useDisclosure(false);
  const go = useGo();
  const remove = useApiMutation(deleteBrand, { invalidate: ['brands'] });
  const update = useApiMutation(updateBrand, {
    invalidate: ['brands'],
    onSuccess: (kept) => sayDone(`You look after ${kept.name} now`),
    onError: (error) => sayFailed('Not taken over', error),
  });
  return (
    <>
      <Button leftSection={<IconFileUpload size={16} stroke={1.6} aria-hidden />} onClick={importing.open}>
        Import followers
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button aria-label="More for this brand" variant="default" px={8}>
            <IconDots size={16} stroke={1.6} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={changing.open}>Change</Menu.Item>
          <Menu.Item onClick={() => update.mutate({ brandId: brand.id, takeOver: true })}>Look after it</Menu.Item>
          <Menu.Item onClick={forgetting.open}>Stop watching</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isChanging && <BrandDialog brand={brand} onClose={changing.close} />}
      {isImporting && <FollowersDialog brand={{ id: brand.id, name: brand.name }} onClose={importing.close} />}
      <ConfirmDialog
        isOpen={isForgetting}
        onClose={forgetting.close}
        title={`Stop watching ${brand.name}?`}
        confirmLabel="Stop watching"
        onConfirm={async () => {
          go('/discover/brands');
          await remove.mutateAsync({ brandId: brand.id });
        }}
        isDangerous
      >
        Its accounts, hashtags and files of followers are forgotten. Posts and creators stay.
      </ConfirmDialog>
    </>
  );
}
