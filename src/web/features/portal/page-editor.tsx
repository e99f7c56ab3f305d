import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { AppError } from '#kernel/errors.ts';
import {
  type ApplicationPage,
  getApplicationPage,
  removeApplicationPage,
  updateApplicationPage,
} from '#modules/portal/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { useCrumb } from '#web/shell/crumb-store.ts';
import { useGo, useParam } from '#web/shell/use-go.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { CopyField } from '#web/ui/copy-field.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { messageOf } from '#web/ui/form-errors.ts';
import { formatCount, formatShare } from '#web/ui/format-number.ts';
import { FunnelBars } from '#web/ui/funnel-bars.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { LogoSection } from './logo-section.tsx';
import { type Draft, GeneralFields } from './page-fields.tsx';
import { QuestionList } from './question-list.tsx';
import { RuleFields } from './rule-fields.tsx';
import './portal.css';

/** One application page: what it says and asks, who fits, where who is approved goes, and how many came how far. */
export function PageEditor() {
  const pageId = useParam('pageId');
  const page = useApiQuery(getApplicationPage, { pageId });
  useCrumb(page.data?.title);
  return (
    <div className="page">
      {<QueryState query={page}>{(answer) => <Editor key={answer.id} page={answer} />}</QueryState>}
    </div>
  );
}

function toDraft(page: ApplicationPage): Draft {
  const { title, slug, intro, state, access, isListed, category, accent, closesOn, questions, rules, consent } = page;
  const { campaignId, listId, tags } = page;
  return {
    title,
    slug,
    intro,
    state,
    access,
    isListed,
    category,
    accent,
    closesOn,
    questions,
    rules,
    consent,
    campaignId,
    listId,
    tags,
  };
}

function Editor({ page }: { page: ApplicationPage }) {
  const canWrite = useCan('creators:write');
  const [draft, setDraft] = useState(() => toDraft(page));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const save = useApiMutation(updateApplicationPage, { invalidate: ['applicationPages'] });
  const isChanged = JSON.stringify(draft) !== JSON.stringify(toDraft(page));
  const onSave = async (patch: Partial<Draft> = {}) => {
    setErrors({});
    try {
      const saved = await save.mutateAsync({ pageId: page.id, ...draft, ...patch });
      setDraft(toDraft(saved));
      sayDone('Saved');
    } catch (error) {
      const details = error instanceof AppError ? error.details : [];
      setErrors(
        Object.fromEntries(details.flatMap(({ field, message }) => (field === undefined ? [] : [[field, message]]))),
      );
    }
  };
  const set = (patch: Partial<Draft>) => setDraft((before) => ({ ...before, ...patch }));
  return (
    <>
      <PageHeader
        title={page.title}
        sub={page.state === 'open' ? `${formatCount(page.waiting)} applications wait` : `This page is ${page.state}`}
        actions={
          <>
            {page.state !== 'open' ? (
              <Button disabled={!canWrite} onClick={() => void onSave({ state: 'open' })}>
                Open for applications
              </Button>
            ) : (
              <Button disabled={!canWrite} onClick={() => void onSave({ state: 'closed' })}>
                Close
              </Button>
            )}
            <Button
              variant="filled"
              disabled={!canWrite || !isChanged}
              loading={save.isPending}
              onClick={() => void onSave()}
            >
              Save
            </Button>
          </>
        }
      />
      {save.error !== null && <FormAlert>{messageOf(save.error)}</FormAlert>}
      <div className="cols">
        <div className="prt">
          <Section title="What it says">
            <GeneralFields draft={draft} errors={errors} set={set} />
          </Section>
          <LogoSection page={page} canWrite={canWrite} />
          <Section title="What it asks" note="beside name, e-mail, country and accounts">
            <QuestionList questions={draft.questions} errors={errors} onChange={(questions) => set({ questions })} />
          </Section>
          <Section title="Who fits" note="others are turned down at once, or marked for you">
            <RuleFields rules={draft.rules} errors={errors} onChange={(rules) => set({ rules })} />
          </Section>
        </div>
        <Aside page={page} canWrite={canWrite} />
      </div>
    </>
  );
}

function Aside({ page, canWrite }: { page: ApplicationPage; canWrite: boolean }) {
  const { funnel } = page;
  const [isRemoving, dialog] = useDisclosure(false);
  const go = useGo();
  const renew = useApiMutation(updateApplicationPage, {
    invalidate: ['applicationPages'],
    onSuccess: () => sayDone('The old address opens nothing any more'),
    onError: (error) => sayFailed('Not renewed', error),
  });
  const remove = useApiMutation(removeApplicationPage, { invalidate: ['applicationPages'] });
  const step = (id: keyof typeof funnel, label: string, before: number | null) => ({
    id,
    label,
    count: funnel[id],
    value: formatCount(funnel[id]),
    ...(before === null || before === 0 ? {} : { rate: formatShare(funnel[id] / before) }),
  });
  return (
    <aside className="prt">
      <Section title="Its address">
        <CopyField label="Address" value={page.address} />
        {page.access === 'invite' && (
          <Button
            disabled={!canWrite}
            loading={renew.isPending}
            onClick={() => renew.mutate({ pageId: page.id, newInviteCode: true })}
          >
            Make a new secret part
          </Button>
        )}
      </Section>
      <Section title="How many came how far" note="visitors, each once a day, without cookies">
        <FunnelBars
          label="From visit to approval"
          steps={[
            step('visit', 'Visited', null),
            step('start', 'Started', funnel.visit),
            step('submit', 'Sent', funnel.start),
            step('approve', 'Approved', funnel.submit),
          ]}
        />
      </Section>
      <Button variant="subtle" color="gray" disabled={!canWrite} onClick={dialog.open}>
        Remove this page
      </Button>
      <ConfirmDialog
        isOpen={isRemoving}
        onClose={dialog.close}
        title={`Remove ${page.title}?`}
        confirmLabel="Remove"
        isDangerous
        onConfirm={async () => {
          await remove.mutateAsync({ pageId: page.id });
          go('/settings/applications', { search: { tab: 'pages' } });
        }}
      >
        Only a page nobody applied on can be removed. Close it to keep what was sent.
      </ConfirmDialog>
    </aside>
  );
}
