import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { AppError } from '#kernel/errors.ts';
import type { PreviewRow } from '#modules/outreach/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { Avatar } from '#web/ui/avatar.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { messageOf } from '#web/ui/form-errors.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';

interface Props {
  preview: { rows: PreviewRow[]; ready: number; blockers: string[] } | undefined;
  error: AppError | null;
  isWaiting: boolean;
}

/** The mails as they will go out, one creator at a time, and who gets none for which reason. */
export function ComposePreview({ preview, error, isWaiting }: Props) {
  const [at, setAt] = useState(0);
  if (isWaiting) return <p className="meta">Write subject and text, and each creator’s mail stands here.</p>;
  if (error !== null && error.code !== 'outreach.bad_template') return <FormAlert>{messageOf(error)}</FormAlert>;
  if (preview === undefined) return <p className="meta">Looking at each creator…</p>;
  const shown = preview.rows.filter((row) => row.messages !== null && row.problems.length === 0);
  const row = shown[Math.min(at, shown.length - 1)];
  const left = preview.rows.filter((one) => one.problems.length > 0);
  return (
    <div>
      {preview.blockers.map((blocker) => (
        <div className="alert warn" key={blocker}>
          <span>
            {blocker}. <AppLink to="/settings/outreach">Open the settings</AppLink>
          </span>
        </div>
      ))}
      {row !== undefined && (
        <Section
          title={row.name}
          note={row.to}
          end={
            <span className="row">
              <ActionIcon aria-label="Creator before" disabled={at <= 0} onClick={() => setAt(at - 1)}>
                <IconChevronLeft size={16} />
              </ActionIcon>
              <span className="meta num">
                {Math.min(at, shown.length - 1) + 1} of {shown.length}
              </span>
              <ActionIcon aria-label="Next creator" disabled={at >= shown.length - 1} onClick={() => setAt(at + 1)}>
                <IconChevronRight size={16} />
              </ActionIcon>
            </span>
          }
        >
          <div className="out-sheet">
            {(row.messages ?? []).map((message, step) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a mail is its place in the sequence.
              <article className="out-mail" key={step}>
                <b>{message.subject}</b>
                <p className="out-text">{message.text}</p>
              </article>
            ))}
          </div>
        </Section>
      )}
      {left.length > 0 && (
        <Section title={`${left.length} cannot be written to`} note="with the reason">
          <ul className="list">
            {left.slice(0, 100).map((one) => (
              <li key={one.personId}>
                <Avatar id={one.personId} name={one.name} size={32} />
                <div>
                  <b>{one.name}</b>
                  <span className="meta block">{one.problems.join('. ')}</span>
                </div>
                <Tag tone="warn">left out</Tag>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </div>
  );
}
