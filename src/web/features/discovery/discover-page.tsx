import { ActionIcon, Button, Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFilter, IconListDetails } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { Filter, Hit } from '#modules/discovery/api.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useCommands } from '#web/shell/command-store.ts';
import { BulkBar } from '#web/ui/bulk-bar.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { AddToList } from './add-to-list.tsx';
import { AnswerNotes } from './answer-notes.tsx';
import { CompareDialog, compareMax } from './compare-dialog.tsx';
import './discovery.css';
import { FilterBar } from './filter-bar.tsx';
import { FilterRail } from './filter-rail.tsx';
import { HitPreview } from './hit-preview.tsx';
import { nameOf } from './hit-words.ts';
import { NoHits } from './no-hits.tsx';
import { columns } from './result-columns.tsx';
import { SavedViews } from './saved-views.tsx';
import { SearchBar } from './search-bar.tsx';
import { TiersDialog } from './tiers-dialog.tsx';
import { useLists } from './use-lists.ts';
import { useQuestion } from './use-question.ts';
import { useSearch } from './use-search.ts';
import { WhyLine } from './why-line.tsx';

const focusFramesMax = 20;

export function DiscoverPage() {
  const input = useRef<HTMLInputElement>(null);
  const table = useRef<HTMLDivElement>(null);
  const { names } = useLists();
  const [isRailOpen, rail] = useDisclosure(false);
  const [isTiersOpen, tiers] = useDisclosure(false);
  const [isComparing, comparison] = useDisclosure(false);
  const [chosen, setChosen] = useState<Hit[]>([]);

  const question = useQuestion(input);
  const { state, setState, text, sort, isTyping, openQuery } = question;
  const run = useSearch({ text, filters: state.f, sort });
  const setFilters = (f: Filter[]) => setState({ f }, { push: true });
  const clear = () => openQuery({ filters: [] });
  const choose = (ids: string[]) => {
    const known = new Map([...chosen, ...(run.rows ?? [])].map((hit) => [hit.personId, hit]));
    setChosen(ids.flatMap((id) => known.get(id) ?? []));
  };
  const focusTable = () => focusRow(table.current, focusFramesMax);
  // Enter asks for whole words; the cursor goes to the rows once these are there.
  const goesToTable = useRef(false);
  useEffect(() => {
    if (!goesToTable.current || isTyping || run.isStale) return;
    goesToTable.current = false;
    focusTable();
  });
  useRowKeys(focusTable);
  useCommands([
    { id: 'discover-clear', label: 'Clear search and filters', run: clear },
    { id: 'discover-tiers', label: 'Edit tiers of size', run: tiers.open },
  ]);

  const at = run.rows?.findIndex((hit) => hit.personId === state.open) ?? -1;
  const open = at >= 0 ? run.rows?.[at] : undefined;
  const step = (by: number) => {
    const next = run.rows?.[at + by];
    return next === undefined ? undefined : () => setState({ open: next.personId });
  };
  const railPart = (
    <FilterRail
      answer={run.answer}
      filters={state.f}
      onChange={setFilters}
      listNames={names}
      onEditTiers={tiers.open}
    />
  );

  return (
    <div className={open === undefined ? 'discover' : 'discover with-preview'}>
      <h1 className="vh">Discover creators</h1>
      <header className="discover-head">
        <div className="discover-line">
          <SearchBar
            input={input}
            value={question.typed}
            answer={run.answer}
            isStale={run.isStale}
            onChange={question.type}
            onBlur={question.keep}
            onEnter={() => {
              question.settle();
              goesToTable.current = true;
            }}
          >
            <SavedViews query={question.query} onOpen={openQuery} />
          </SearchBar>
          <AppLink to="/lists" className="discover-lists">
            <Button
              component="span"
              variant="subtle"
              color="gray"
              leftSection={<IconListDetails size={16} stroke={1.6} aria-hidden />}
            >
              Lists
            </Button>
          </AppLink>
        </div>
        <div className="row discover-chips">
          <ActionIcon
            className="discover-only-narrow"
            variant="default"
            size={32}
            aria-label="Open filters"
            onClick={rail.open}
          >
            <IconFilter size={16} stroke={1.6} />
          </ActionIcon>
          <FilterBar filters={state.f} onChange={setFilters} listNames={names} />
        </div>
        {run.answer !== undefined && (
          <AnswerNotes
            answer={run.answer}
            onShowUnknown={(filter) => setFilters([...state.f.filter((other) => other.field !== filter.field), filter])}
          />
        )}
      </header>
      <aside className="discover-rail" aria-label="Filters">
        {railPart}
      </aside>
      <section className="discover-table" ref={table} aria-label="Creators found">
        <DataTable
          label="Creators"
          columns={columns}
          rows={run.rows}
          rowId={(hit) => hit.personId}
          tall
          sort={{
            value: { by: state.sort ?? (text === '' ? 'followers' : ''), desc: state.desc },
            onChange: (next) => setState({ sort: next.by, desc: next.desc }, { push: true }),
          }}
          selection={{ value: chosen.map((hit) => hit.personId), onChange: choose }}
          more={{
            height: '100%',
            // Beside a preview the figures matter more than what the preview says anyway.
            hidden: open === undefined ? [] : ['niche', 'country', 'lastPost'],
            currentId: open?.personId ?? null,
            onOpen: (hit) => setState({ open: hit.personId }),
            onEnd: run.readOn,
            error: run.error,
            onRetry: run.refetch,
            below: (hit) => <WhyLine hit={hit} listNames={names} />,
            empty: (
              <div className="discover-empty">
                <NoHits isIndexEmpty={run.answer?.indexed === 0} onClear={clear} />
              </div>
            ),
          }}
        />
        <div className="discover-tray">
          <BulkBar
            count={chosen.length}
            title={`${formatPlural(chosen.length, 'creator')} chosen`}
            note={chosen.length > compareMax ? `At most ${compareMax} can be compared` : reachNote(chosen)}
            faces={chosen.map((hit) => ({ id: hit.personId, name: nameOf(hit) }))}
            onClear={() => setChosen([])}
          >
            <AddToList personIds={chosen.map((hit) => hit.personId)} />
            <Button
              variant="filled"
              disabled={chosen.length < 2 || chosen.length > compareMax}
              onClick={comparison.open}
            >
              Compare {chosen.length}
            </Button>
          </BulkBar>
        </div>
      </section>
      {open !== undefined && (
        <HitPreview
          hit={open}
          place={`${formatCount(at + 1)} of ${formatCount(run.answer?.total ?? 0)}`}
          listNames={names}
          onClose={() => setState({ open: undefined })}
          onPrevious={step(-1)}
          onNext={step(1)}
        />
      )}
      <Drawer opened={isRailOpen} onClose={rail.close} title="Filters" size={320}>
        {railPart}
      </Drawer>
      {isTiersOpen && <TiersDialog onClose={tiers.close} />}
      {isComparing && <CompareDialog hits={chosen} onClose={comparison.close} />}
    </div>
  );
}

/** Rows are drawn a moment after they come; waits for the first for so many frames. */
function focusRow(within: HTMLElement | null, framesLeft: number): void {
  const row =
    within?.querySelector<HTMLElement>('tr[data-row][tabindex="0"]') ??
    within?.querySelector<HTMLElement>('tr[data-row]');
  if (row) row.focus();
  else if (framesLeft > 0) requestAnimationFrame(() => focusRow(within, framesLeft - 1));
}

/** Sums followers, which are not people reached: the same person may follow several. */
function reachNote(chosen: readonly Hit[]): string {
  const known = chosen.flatMap((hit) => hit.profile?.followers ?? []);
  const sum = known.reduce((total, followers) => total + followers, 0);
  return `${formatCount(sum)} followers in all, those they share counted again${known.length < chosen.length ? `; ${chosen.length - known.length} not known` : ''}`;
}

/** j and k go to the rows from anywhere on the page that is not a field. */
function useRowKeys(focusTable: () => void): void {
  const latest = useRef(focusTable);
  latest.current = focusTable;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.key !== 'j' && event.key !== 'k') || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.activeElement === null || document.activeElement === document.body) latest.current();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
