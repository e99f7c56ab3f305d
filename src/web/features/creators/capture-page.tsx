import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { readCapture } from '#modules/creators/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { keepFragment, keptFragment } from '#web/shell/kept-fragment.ts';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { bookmarkletOf, readFragment } from './bookmarklet.ts';
import { CaptureForm } from './capture-form.tsx';
import { CreatorsTabs } from './creators-tabs.tsx';
import './creators.css';

/** Without a captured page: the bookmarklet and how to use it. With one: what it says, to be confirmed. */
export function CapturePage() {
  const canWrite = useCan('creators:write');
  const [fragment, setFragment] = useState(() => window.location.hash || keptFragment(window.location.pathname));
  useEffect(() => {
    // What was captured stands in no history and no bookmark.
    if (window.location.hash !== '') keepFragment(window.location.pathname, window.location.hash);
    if (window.location.hash !== '') window.history.replaceState(window.history.state, '', window.location.pathname);
  }, []);
  const page = readFragment(fragment);
  const [capturedAt] = useState(() => new Date().toISOString());
  const again = () => {
    keepFragment(window.location.pathname, '');
    setFragment('');
  };
  if (!canWrite)
    return (
      <div className="page">
        <PageHeader title="Capture a profile" />
        <EmptyState title="Your role may not add creators">
          Ask an owner or an admin for the role of a manager.
        </EmptyState>
      </div>
    );
  if (page === null) return <HowTo />;
  if (page === 'damaged')
    return (
      <div className="page">
        <PageHeader title="This capture cannot be read" />
        <EmptyState title="The address was cut on its way" action={<Button onClick={again}>See how it works</Button>}>
          Open the profile again and press the bookmark once more. An old bookmark is best replaced by the new one.
        </EmptyState>
      </div>
    );
  return <Captured page={page} capturedAt={capturedAt} onAgain={again} />;
}

interface CapturedProps {
  page: Exclude<ReturnType<typeof readFragment>, null | 'damaged'>;
  capturedAt: string;
  onAgain: () => void;
}

function Captured({ page, capturedAt, onAgain }: CapturedProps) {
  const query = useApiQuery(readCapture, { page }, { retry: false, staleTime: Number.POSITIVE_INFINITY });
  return (
    <div className="page">
      <PageHeader
        title={query.data === undefined ? 'Captured page' : `Keep @${query.data.profile.handle}?`}
        sub={new URL(page.url).host}
      />
      {query.error ? (
        <EmptyState title="This page is no profile" action={<Button onClick={onAgain}>See how it works</Button>}>
          {query.error.message}
        </EmptyState>
      ) : (
        <QueryState query={query}>
          {(read) => <CaptureForm read={read} page={page} capturedAt={capturedAt} />}
        </QueryState>
      )}
    </div>
  );
}

function HowTo() {
  const { slug, name } = useWorkspace();
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    // Set past React, which blocks such addresses on purpose: this one is ours and is only to be dragged.
    link.current?.setAttribute('href', bookmarkletOf(`${window.location.origin}/app/${slug}/creators/capture`));
  }, [slug]);
  return (
    <div className="page">
      <PageHeader title="Capture profiles while you browse" sub="Instagram, TikTok, YouTube, Pinterest and blogs" />
      <CreatorsTabs />
      <div className="creators-capture">
        <Section title="Set it up once">
          <ol>
            <li>Show the bookmarks bar of your browser (Ctrl or Cmd, Shift and B).</li>
            <li>
              Drag this onto it: {/* biome-ignore lint/a11y/useValidAnchor: its address is set below, past React */}
              <a
                ref={link}
                className="creators-bookmarklet"
                draggable
                href="#capture"
                onClick={(event) => event.preventDefault()}
              >
                Keep in {name}
              </a>
            </li>
            <li>Open the profile of a creator, wait until it is drawn, and press the bookmark.</li>
            <li>A page of Rapport opens with what was read. Look it over, mend it, keep it.</li>
          </ol>
        </Section>
        <Section title="What happens">
          <p className="ink-2">
            The bookmark reads what is visible to you and what the page says of itself: name, handle, bio, counts,
            picture. It asks the platform nothing and sends nothing out: it opens this page with what it read behind the
            # of the address, which browsers send to no server. Each value is kept with the page and the time as its
            source. What a page does not show stays unknown. Be signed in here before you press it.
          </p>
        </Section>
      </div>
    </div>
  );
}
