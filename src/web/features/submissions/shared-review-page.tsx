import { useMutation } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import type { OutputOf } from '#kernel/endpoint.ts';
import { openSharedReview } from '#modules/submissions/api.ts';
import { useClient } from '#web/api/use-client.ts';
import { GuestGate, useNoIndex } from '#web/shell/guest-gate.tsx';
import { useParam } from '#web/shell/use-go.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { Tag } from '#web/ui/tag.tsx';
import { SharedDraftView } from './shared-draft-view.tsx';
import './submissions.css';
import { stateNames, stateTones } from './words.ts';

type Shared = OutputOf<typeof openSharedReview>;

/** The drafts of a campaign for a client or a lawyer by a link: no frame of the app, no account, not for search engines. */
export function SharedReviewPage() {
  const token = useParam('reviewToken');
  const client = useClient();
  const [passphrase, setPassphrase] = useState<string | undefined>(undefined);
  useNoIndex();
  const open = useMutation<Shared, Error, string | undefined>({
    mutationFn: (given) =>
      client.call(openSharedReview, { token, ...(given === undefined ? {} : { passphrase: given }) }),
    onSuccess: (_, given) => setPassphrase(given),
  });
  const { mutate } = open;
  const load = useCallback(() => mutate(undefined), [mutate]);
  useEffect(load, [load]);
  if (open.data === undefined)
    return <GuestGate noun="review" opening={open} onRetry={load} onGive={(given) => mutate(given)} />;
  return (
    <Drafts
      shared={open.data}
      link={{ token, ...(passphrase === undefined ? {} : { passphrase }) }}
      onSaid={() => mutate(passphrase)}
    />
  );
}

interface Props {
  shared: Shared;
  link: { token: string; passphrase?: string };
  onSaid: () => void;
}

function Drafts({ shared, link, onSaid }: Props) {
  const { drafts } = shared;
  const waiting = drafts.filter((draft) => draft.state === 'pending_approval' && draft.yours !== 'approved');
  const [chosen, setChosen] = useState<string | null>(null);
  const current = drafts.find((draft) => draft.id === chosen) ?? waiting[0] ?? drafts[0];
  return (
    <div className="sub-outside">
      <header>
        <h1>
          {waiting.length === 0
            ? 'Nothing waits for you'
            : `${formatPlural(waiting.length, 'draft')} for you to look at`}
        </h1>
        <p className="meta">
          {shared.campaignName}, shared by {shared.workspaceName} with {shared.forName}. The link ends{' '}
          {formatDate(shared.expiresAt)}.
        </p>
      </header>
      <main id="main">
        {current === undefined ? (
          <EmptyState title="No drafts yet">Open the link again once a creator has sent one.</EmptyState>
        ) : (
          <div className="sub-outside-grid">
            <nav aria-label="Drafts">
              <ul className="sub-outside-list">
                {drafts.map((draft) => (
                  <li key={draft.id}>
                    <button type="button" aria-current={draft.id === current.id} onClick={() => setChosen(draft.id)}>
                      <b className="block">{draft.creator}</b>
                      <span className="meta block">{draft.title}</span>
                      {draft.yours === null ? (
                        <Tag tone={stateTones[draft.state]}>{stateNames[draft.state]}</Tag>
                      ) : (
                        <Tag tone={draft.yours === 'approved' ? 'good' : 'warn'}>
                          {draft.yours === 'approved' ? 'you approved' : 'you asked for changes'}
                        </Tag>
                      )}
                    </button>
                  </li>
                ))}
              </ul>
            </nav>
            <SharedDraftView key={`${current.id} ${current.round}`} id={current.id} link={link} onSaid={onSaid} />
          </div>
        )}
      </main>
    </div>
  );
}
