import { ActionIcon, Button, Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFilter, IconKeyboard, IconListDetails, IconTargetArrow } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import type { Filter, Hit } from '#modules/discovery/api.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { useCommands } from '#web/shell/command-store.ts';
import { formatCount } from '#web/ui/format-number.ts';
import { AnswerNotes } from './answer-notes.tsx';
import { AskedNotes } from './asked-notes.tsx';
import { BriefDialog } from './brief-dialog.tsx';
import { CompareDialog } from './compare-dialog.tsx';
import './discovery.css';
import { FilterBar } from './filter-bar.tsx';
import { FilterRail } from './filter-rail.tsx';
import { HitPreview } from './hit-preview.tsx';
import { nameOf } from './hit-words.ts';
import { MarketMenu } from './market-menu.tsx';
import { ResultsTable } from './results-table.tsx';
import { ResultsTray } from './results-tray.tsx';
import { SavedViews } from './saved-views.tsx';
import { SearchBar } from './search-bar.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { TiersDialog } from './tiers-dialog.tsx';
import { useDetails } from './use-details.ts';
import { useLists } from './use-lists.ts';
import { useMatch } from './use-match.ts';
import { focusedRow, focusRow, usePageKeys } from './use-page-keys.ts';
import { useQuestion } from './use-question.ts';
import { useRemember } from './use-remember.ts';
import { useSearch } from './use-search.ts';

export function DiscoverPage() {
  const input = useRef<HTMLInputElement>(null);
  const table = useRef<HTMLElement>(null);
  const { currency } = useWorkspace();
  const { names } = useLists();
  const [isRailOpen, rail] = useDisclosure(false);
  const [dialog, setDialog] = useState<'tiers' | 'compare' | 'brief' | 'keys' | null>(null);
  const [chosen, setChosen] = useState<Hit[]>([]);
  const [likeName, setLikeName] = useState<string | null>(null);

  const question = useQuestion(input);
  const { state, setState, query, put, openQuery } = question;
  const run = useSearch(query, !question.isReading);
  const match = useMatch(state.brief, query.filters);
  const rows = match === null ? run.rows : match.hits;
  const details = useDetails(rows);
  useRemember({
    typed: question.typed,
    query,
    total: run.isStale || question.isTyping ? null : (run.answer?.total ?? null),
  });

  const audience = query.filters.find((filter) => filter.op === 'share') ?? null;
  const priced = query.filters.find((filter) => filter.op === 'price');
  const price = useMemo(
    () => ({
      currency: priced?.op === 'price' ? priced.currency : currency,
      format: priced?.op === 'price' ? priced.format : undefined,
    }),
    [priced, currency],
  );
  const setFilters = (f: Filter[]) => setState({ f }, { push: true });
  const clear = () => openQuery({ filters: [] });
  const without = (left: Filter | 'text') => {
    const { text: _, about: __, ...rest } = query;
    if (left === 'text') openQuery({ ...rest });
    else
      openQuery({
        ...query,
        filters: query.filters.filter((filter) => JSON.stringify(filter) !== JSON.stringify(left)),
      });
  };
  const choose = (ids: string[]) => {
    const known = new Map([...chosen, ...(rows ?? [])].map((hit) => [hit.personId, hit]));
    setChosen(ids.flatMap((id) => known.get(id) ?? []));
  };
  const focusTable = () => focusRow(table);
  const listKey = () => {
    const at = focusedRow(table);
    const hit = at === null ? undefined : rows?.[at];
    if (chosen.length === 0 && hit !== undefined) setChosen([hit]);
    // The tray with the button is there a frame later.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => table.current?.querySelector<HTMLElement>('.tray [aria-haspopup="menu"]')?.click()),
    );
  };
  usePageKeys({
    onRows: focusTable,
    onList: listKey,
    onCompare: () => chosen.length > 1 && setDialog('compare'),
    onFilter: () => document.querySelector<HTMLElement>('.discover-chips [aria-haspopup="dialog"]')?.click(),
    onHelp: () => setDialog('keys'),
  });
  useCommands([
    { id: 'discover-clear', label: 'Clear search and filters', run: clear },
    { id: 'discover-brief', label: 'Match a brief', run: () => setDialog('brief') },
    { id: 'discover-tiers', label: 'Edit tiers of size', run: () => setDialog('tiers') },
    { id: 'discover-keys', label: 'Show the keys of this page', run: () => setDialog('keys') },
  ]);

  const at = rows?.findIndex((hit) => hit.personId === state.open) ?? -1;
  const open = at >= 0 ? rows?.[at] : undefined;
  const step = (by: number) => {
    const next = rows?.[at + by];
    return next === undefined ? undefined : () => setState({ open: next.personId });
  };
  const matched = open === undefined ? undefined : match?.rows.get(open.personId);
  const railPart = (
    <FilterRail
      answer={run.answer}
      filters={query.filters}
      onChange={(next) => setFilters(ownFilters(next, question.answer?.query.filters ?? []))}
      listNames={names}
      onEditTiers={() => setDialog('tiers')}
    />
  );

  return (
    <div className={open === undefined ? 'discover' : 'discover with-preview'}>
      <h1 className="vh">Discover creators</h1>
      <header className="discover-head">
        <div className="discover-line">
          <SearchBar input={input} question={question} answer={run.answer} isStale={run.isStale} onRows={focusTable}>
            <SavedViews query={query} onOpen={openQuery} />
          </SearchBar>
          <Button
            className="discover-lists"
            variant={state.brief === undefined ? 'default' : 'light'}
            leftSection={<IconTargetArrow size={16} stroke={1.6} aria-hidden />}
            onClick={() => setDialog('brief')}
          >
            {state.brief === undefined ? 'Match a brief' : 'Change the brief'}
          </Button>
          <MarketMenu />
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
          <FilterBar question={question} listNames={names} patternName={likeName} onClear={clear} />
          <ActionIcon
            className="discover-keys-button"
            variant="subtle"
            color="gray"
            size={28}
            aria-label="Show the keys of this page"
            onClick={() => setDialog('keys')}
          >
            <IconKeyboard size={16} stroke={1.6} />
          </ActionIcon>
        </div>
        <AskedNotes
          question={question.typed}
          answer={question.answer}
          onTake={(read) => openQuery({ ...read.query, filters: [...state.f, ...read.query.filters] })}
        />
        {match !== null && <MatchNotes match={match} onEnd={() => put({ brief: undefined })} />}
        {run.answer !== undefined && match === null && (
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
        <ResultsTable
          rows={rows}
          run={match ?? run}
          readOn={match === null ? run.readOn : undefined}
          view={{
            details,
            audience,
            price,
            match: match === null ? null : { rows: match.rows, method: match.answer?.method ?? '' },
          }}
          sort={{
            value: {
              by: query.sort?.field ?? (query.text === undefined ? 'followers' : ''),
              desc: query.sort?.direction !== 'asc',
            },
            onChange: (next) => setState({ sort: next.by, desc: next.desc }, { push: true }),
          }}
          chosen={chosen}
          onChoose={choose}
          openId={open?.personId ?? null}
          onOpen={(hit) => setState({ open: hit.personId })}
          listNames={names}
          empty={{
            isIndexEmpty: run.answer?.indexed === 0,
            matchNotes: match === null ? null : (match.answer?.notes ?? []),
            query,
            listNames: names,
            onClear: clear,
            onWithout: without,
          }}
        />
        <ResultsTray chosen={chosen} onClear={() => setChosen([])} onCompare={() => setDialog('compare')} />
      </section>
      {open !== undefined && (
        <HitPreview
          hit={open}
          details={details.get(open.personId)}
          audience={audience}
          price={price}
          score={matched === undefined ? null : { row: matched, method: match?.answer?.method ?? '' }}
          onLike={(what) => {
            setLikeName(nameOf(open));
            put({
              like: undefined,
              audienceLike: undefined,
              about: undefined,
              brief: undefined,
              sort: undefined,
              open: undefined,
              [what]: open.personId,
            });
          }}
          place={`${formatCount(at + 1)} of ${formatCount(match === null ? (run.answer?.total ?? 0) : (rows?.length ?? 0))}`}
          listNames={names}
          onClose={() => setState({ open: undefined })}
          onPrevious={step(-1)}
          onNext={step(1)}
        />
      )}
      <Drawer opened={isRailOpen} onClose={rail.close} title="Filters" size={320}>
        {railPart}
      </Drawer>
      {dialog === 'tiers' && <TiersDialog onClose={() => setDialog(null)} />}
      {dialog === 'keys' && <ShortcutsDialog onClose={() => setDialog(null)} />}
      {dialog === 'brief' && (
        <BriefDialog
          brief={state.brief ?? ''}
          onClose={() => setDialog(null)}
          onMatch={(brief) => put({ brief, open: undefined })}
        />
      )}
      {dialog === 'compare' && <CompareDialog hits={chosen} onClose={() => setDialog(null)} />}
    </div>
  );
}

function MatchNotes({ match, onEnd }: { match: NonNullable<ReturnType<typeof useMatch>>; onEnd: () => void }) {
  const { answer } = match;
  return (
    <ul className="discover-notes" aria-label="How the brief was matched">
      {answer !== undefined && (
        <li>
          Ranked for the brief: the first {formatCount(answer.rows.length)} of {formatCount(answer.considered)} scored
          in full, of {formatCount(answer.creators)}.
        </li>
      )}
      {answer?.notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
      <li>
        <button type="button" className="link bare" onClick={onEnd}>
          End the match
        </button>
      </li>
    </ul>
  );
}

/** The filters to keep in the address: those of the question come from its words. */
function ownFilters(next: readonly Filter[], asked: readonly Filter[]): Filter[] {
  const keys = new Set(asked.map((filter) => JSON.stringify(filter)));
  return next.filter((filter) => !keys.has(JSON.stringify(filter)));
}
