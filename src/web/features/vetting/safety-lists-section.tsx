import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import {
  getSafetyLists,
  type OwnSafetyList,
  putSafetyCategories,
  removeSafetyList,
  type SafetyCategory,
  type SafetyLists,
} from '#modules/vetting/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { SafetyListDialog } from './safety-list-dialog.tsx';

/** The words that flag: those that ship, category by category, and the workspace's own. */
export function SafetyListsSection() {
  const query = useApiQuery(getSafetyLists, {});
  return <QueryState query={query}>{(lists) => <Lists lists={lists} />}</QueryState>;
}

const stale = ['safety', 'vetting'];

function Lists({ lists }: { lists: SafetyLists }) {
  const mayEdit = useCan('vetting:write');
  const [edited, setEdited] = useState<OwnSafetyList | 'new' | null>(null);
  const [removed, setRemoved] = useState<OwnSafetyList | null>(null);
  const put = useApiMutation(putSafetyCategories, {
    invalidate: stale,
    onSuccess: () => sayDone('Kept: texts are searched again in the background'),
  });
  const remove = useApiMutation(removeSafetyList, { invalidate: stale });
  const off = lists.shipped.filter((list) => list.isOff).map((list) => list.category);
  const toggle = (category: SafetyCategory) =>
    put.mutate({ off: off.includes(category) ? off.filter((one) => one !== category) : [...off, category] });
  return (
    <>
      <Section
        title="Categories"
        note={`version ${lists.version}${lists.waiting > 0 ? `, ${formatPlural(lists.waiting, 'creator')} still to search` : ''}`}
      >
        <ul className="vt-evidence">
          {lists.shipped.map((list) => (
            <li key={list.category}>
              <Checkbox
                checked={!list.isOff}
                disabled={!mayEdit || put.isPending}
                onChange={() => toggle(list.category)}
                label={list.title}
                description={`${Object.keys(list.words).join(', ')} · version ${list.version}`}
              />
              <details className="meta">
                <summary>
                  {formatPlural(
                    Object.values(list.words).reduce((sum, words) => sum + words.length, 0),
                    'word',
                  )}
                </summary>
                {Object.entries(list.words).map(([language, words]) => (
                  <p key={language}>
                    <b>{language}</b> {words.join(', ')}
                  </p>
                ))}
                <p>
                  <b>Harmless in</b> {list.unless.join(', ')}
                </p>
                <p>{list.credit}</p>
              </details>
            </li>
          ))}
        </ul>
      </Section>
      <Section
        title="Your own words"
        note={formatPlural(lists.own.length, 'list')}
        end={
          mayEdit && (
            <Button size="compact-sm" variant="default" onClick={() => setEdited('new')}>
              Add a list
            </Button>
          )
        }
      >
        {lists.own.length === 0 && (
          <p className="meta vt-empty">
            None yet. A list adds words that flag, or phrases in which a flagged word is harmless for your brand.
          </p>
        )}
        <ul className="vt-evidence">
          {lists.own.map((list) => (
            <li key={list.id}>
              <span className="vt-ev-text">
                <span>
                  {list.name}{' '}
                  <Tag tone={list.effect === 'flag' ? 'warn' : 'good'}>
                    {list.effect === 'flag' ? 'flags' : 'harmless'}
                  </Tag>
                </span>
                <span className="meta clip">{list.words.join(', ')}</span>
                <span className="meta">
                  version {list.version}, {formatDate(list.updatedAt)} by {list.updatedBy}
                </span>
              </span>
              {mayEdit && (
                <span className="row">
                  <Button size="compact-xs" variant="default" onClick={() => setEdited(list)}>
                    Change
                  </Button>
                  <Button size="compact-xs" variant="subtle" color="gray" onClick={() => setRemoved(list)}>
                    Remove
                  </Button>
                </span>
              )}
            </li>
          ))}
        </ul>
      </Section>
      {edited !== null && <SafetyListDialog list={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
      {removed !== null && (
        <ConfirmDialog
          isOpen
          title={`Remove “${removed.name}”?`}
          confirmLabel="Remove"
          onClose={() => setRemoved(null)}
          onConfirm={() => remove.mutateAsync({ listId: removed.id })}
        >
          Its flags go. What was decided on them is kept for when the words come back.
        </ConfirmDialog>
      )}
    </>
  );
}
