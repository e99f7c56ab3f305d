import { Button, Radio, TagsInput } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { z } from 'zod';
import { platformNames } from '#kernel/platform.ts';
import {
  addAssetByUrl,
  captureNow,
  getCaptureRules,
  listAssets,
  listMissing,
  type MissingPost,
  putCaptureRules,
} from '#modules/content/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiPages, useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useParam } from '#web/shell/use-go.ts';
import { useSearchState } from '#web/shell/use-search-state.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { AddDialog } from './add-dialog.tsx';
import { AssetGrid } from './asset-grid.tsx';
import { AssetPanel } from './asset-panel.tsx';
import { FoundResults } from './found-results.tsx';
import './content.css';

const search = z.object({ open: z.string().optional(), add: z.enum(['url', 'file']).optional() });
const nouns = ['contentAssets', 'contentCapture'];

/** What a campaign's creators posted: what came in, by what it is told, and why the rest is not there. */
export function CapturedPage() {
  const campaignId = useParam('campaignId');
  const [state, setState] = useSearchState(search);
  const [isEditing, setEditing] = useState(false);
  const canWrite = useCan('content:write');
  const rules = useApiQuery(getCaptureRules, { campaignId });
  const missing = useApiQuery(listMissing, { campaignId });
  const { rows, query } = useApiPages(listAssets, { campaignId, limit: 60 });
  const look = useApiMutation(captureNow, {
    invalidate: nouns,
    onSuccess: ({ looked, captured }) =>
      sayDone(
        `Looked at ${formatPlural(looked, 'post')}, ${captured === 0 ? 'none of them new' : `${formatCount(captured)} new`}`,
      ),
    onError: (error) => sayFailed('Not looked', error),
  });
  const signs = rules.data === undefined ? [] : saySigns(rules.data);
  return (
    <div className={state.open === undefined ? undefined : 'with-side'}>
      <div className="stack">
        <Section
          title={
            missing.data === undefined
              ? 'Captured'
              : `${formatCount(missing.data.captured)} of ${formatPlural(missing.data.expected, 'expected post')} captured`
          }
          note={signs.length === 0 ? 'by the addresses of deliverables only' : `by address, ${signs.join(', ')}`}
        >
          {canWrite && (
            <div className="ct-acts">
              <Button onClick={() => setEditing(true)}>Change the signs</Button>
              <Button
                leftSection={<IconRefresh size={16} stroke={1.6} aria-hidden />}
                loading={look.isPending}
                onClick={() => look.mutate({ campaignId })}
              >
                Look again
              </Button>
              <Button variant="filled" onClick={() => setState({ add: 'url' })}>
                Add content
              </Button>
            </div>
          )}
          <QueryState query={query}>
            {() =>
              rows.length === 0 ? (
                <EmptyState title="Nothing captured yet">
                  Posts come in when they are imported or read from a connected account, and bear one of the signs.
                </EmptyState>
              ) : (
                <AssetGrid
                  rows={rows}
                  chosen={[]}
                  onChoose={null}
                  openId={state.open}
                  onOpen={(open) => setState({ open })}
                  more={{
                    has: query.hasNextPage,
                    isBusy: query.isFetchingNextPage,
                    load: () => void query.fetchNextPage(),
                  }}
                />
              )
            }
          </QueryState>
        </Section>
        <FoundResults campaignId={campaignId} />
        <Section title="Missing" note="due by today, and not in the library">
          <QueryState query={missing}>
            {(answer) =>
              answer.missing.length === 0 ? (
                <p className="meta">Every post that is due is here.</p>
              ) : (
                <ul className="ct-missing">
                  {answer.missing.map((one) => (
                    <Missing key={one.deliverableId} one={one} campaignId={campaignId} canWrite={canWrite} />
                  ))}
                </ul>
              )
            }
          </QueryState>
        </Section>
      </div>
      {state.open !== undefined && (
        <AssetPanel
          assetId={state.open}
          onClose={() => setState({ open: undefined })}
          onPrevious={undefined}
          onNext={undefined}
        />
      )}
      {isEditing && rules.data !== undefined && <SignsDialog rules={rules.data} onClose={() => setEditing(false)} />}
      <AddDialog
        way={state.add ?? null}
        onWay={(add) => setState({ add })}
        onAdded={(open) => setState({ open, add: undefined })}
        campaignId={campaignId}
      />
    </div>
  );
}

type Rules = {
  campaignId: string;
  mentions: string[];
  hashtags: string[];
  keywords: string[];
  results: 'ask' | 'auto';
};

function saySigns({ mentions, hashtags, keywords }: Omit<Rules, 'results'>): string[] {
  return [
    ...mentions.map((name) => `@${name}`),
    ...hashtags.map((tag) => `#${tag}`),
    ...keywords.map((word) => `“${word}”`),
  ];
}

function Missing({ one, campaignId, canWrite }: { one: MissingPost; campaignId: string; canWrite: boolean }) {
  const add = useApiMutation(addAssetByUrl, {
    invalidate: nouns,
    onSuccess: () => sayDone('Added to the library'),
    onError: (error) => sayFailed('Not added', error),
  });
  return (
    <li>
      <div className="stack-tight">
        <b>
          <AppLink to="/creators/$personId" params={{ personId: one.person.id }}>
            {one.person.name}
          </AppLink>
        </b>
        <span className="meta">
          {platformNames[one.platform]} {one.format}
          {one.dueOn === null ? '' : `, due ${formatDate(one.dueOn, 'UTC')}`}
        </span>
      </div>
      <div className="stack-tight">
        <span>{one.why}</span>
        <span className="meta">{one.doNext}</span>
        {one.evidence.length > 0 && <span className="meta">{one.evidence.join('; ')}</span>}
        {one.candidates.map((post) => (
          <span key={post.postId} className="spread ct-candidate">
            <span className="clip">
              {post.postedAt === null ? '' : `${formatDate(post.postedAt)}: `}
              {post.caption === '' ? 'without a caption' : post.caption}
            </span>
            {canWrite && post.url !== null && (
              <Button
                size="compact-md"
                loading={add.isPending}
                onClick={() => add.mutate({ url: post.url ?? '', personId: one.person.id, campaignId })}
              >
                This is it
              </Button>
            )}
          </span>
        ))}
      </div>
    </li>
  );
}

function SignsDialog({ rules, onClose }: { rules: Rules; onClose: () => void }) {
  const put = useApiMutation(putCaptureRules, { invalidate: nouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      mentions: rules.mentions,
      hashtags: rules.hashtags,
      keywords: rules.keywords,
      results: rules.results,
    },
    send: async (values) => {
      const { captured } = await put.mutateAsync({ campaignId: rules.campaignId, ...values });
      sayDone(captured === 0 ? 'Saved, no more posts found' : `Saved, ${formatPlural(captured, 'more post')} found`);
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="By what posts are captured"
      submitLabel="Save and look"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <p className="meta">
        Addresses of deliverables always count. Anything else counts from the start of the campaign to 60 days after its
        end.
      </p>
      <TagsInput
        label="Mentions of"
        description="Your handles, named in the caption or tagged in the picture"
        {...form.getInputProps('mentions')}
      />
      <TagsInput label="Hashtags" {...form.getInputProps('hashtags')} />
      <Radio.Group
        label="Figures of found posts"
        description="As results of the pieces they are of"
        {...form.getInputProps('results')}
      >
        <Radio value="ask" label="Propose them; somebody takes them" />
        <Radio value="auto" label="Take them by themselves" />
      </Radio.Group>
      <TagsInput label="Words of the caption" description="Whole words only" {...form.getInputProps('keywords')} />
    </FormDialog>
  );
}
