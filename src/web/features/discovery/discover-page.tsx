import { Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useRef } from 'react';
import { useCommands } from '#web/shell/command-store.ts';
import { formatCount } from '#web/ui/format-number.ts';
import './discovery.css';
import { DiscoverDialogs } from './discover-dialogs.tsx';
import { DiscoverHead } from './discover-head.tsx';
import { FilterRail } from './filter-rail.tsx';
import { HitPreview } from './hit-preview.tsx';
import { nameOf } from './hit-words.ts';
import { ResultsTable } from './results-table.tsx';
import { ResultsTray } from './results-tray.tsx';
import { ownFilters, queryWithout, useDiscover } from './use-discover.ts';
import { focusedRow, focusRow, usePageKeys } from './use-page-keys.ts';

export function DiscoverPage() {
  const input = useRef<HTMLInputElement>(null);
  const table = useRef<HTMLElement>(null);
  const [isRailOpen, rail] = useDisclosure(false);
  const page = useDiscover(input);
  const { question, run, match, rows, names, calculation, open, at, chosen, setChosen, setDialog } = page;
  const { setState, query, put, openQuery } = question;
  const { details, audience, price } = page.view;
  const method = match?.answer?.method ?? '';
  const clear = () => openQuery({ filters: [] });
  const focusTable = () => focusRow(table);
  const listKey = () => {
    const focused = focusedRow(table);
    const hit = focused === null ? undefined : rows?.[focused];
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
  const matched = open === undefined ? undefined : match?.rows.get(open.personId);
  const railPart = (
    <FilterRail
      answer={run.answer}
      filters={query.filters}
      onChange={(next) => page.setFilters(ownFilters(next, question.answer?.query.filters ?? []))}
      listNames={names}
      onEditTiers={() => setDialog('tiers')}
    />
  );
  return (
    <div className={open === undefined ? 'discover' : 'discover with-preview'}>
      <h1 className="vh">Discover creators</h1>
      <DiscoverHead page={page} input={input} onRows={focusTable} onClear={clear} onOpenRail={rail.open} />
      <aside className="discover-rail" aria-label="Filters">
        {railPart}
      </aside>
      <section className="discover-table" ref={table} aria-label="Creators found">
        <ResultsTable
          rows={rows}
          run={match ?? run}
          readOn={match === null ? run.readOn : undefined}
          view={{ ...page.view, calculation, match: match === null ? null : { rows: match.rows, method } }}
          sort={{
            value: {
              by: query.sort?.field ?? (query.text === undefined ? 'followers' : ''),
              desc: query.sort?.direction !== 'asc',
            },
            onChange: (next) => setState({ sort: next.by, desc: next.desc }, { push: true }),
          }}
          chosen={chosen}
          onChoose={page.choose}
          openId={open?.personId ?? null}
          onOpen={(hit) => setState({ open: hit.personId })}
          listNames={names}
          empty={{
            isIndexEmpty: run.answer?.indexed === 0,
            matchNotes: match === null ? null : (match.answer?.notes ?? []),
            query,
            listNames: names,
            onClear: clear,
            onWithout: (left) => openQuery(queryWithout(query, left)),
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
          calculation={calculation}
          score={matched === undefined ? null : { row: matched, method }}
          onLike={(what) => {
            page.setLikeName(nameOf(open));
            put({ ...noPattern, [what]: open.personId });
          }}
          place={`${formatCount(at + 1)} of ${formatCount(match === null ? (run.answer?.total ?? 0) : (rows?.length ?? 0))}`}
          listNames={names}
          onClose={() => setState({ open: undefined })}
          onPrevious={page.step(-1)}
          onNext={page.step(1)}
        />
      )}
      <Drawer opened={isRailOpen} onClose={rail.close} title="Filters" size={320}>
        {railPart}
      </Drawer>
      <DiscoverDialogs page={page} />
    </div>
  );
}

/** Another pattern takes the place of all that orders creators, and starts from the top. */
const noPattern = {
  like: undefined,
  audienceLike: undefined,
  about: undefined,
  brief: undefined,
  sort: undefined,
  open: undefined,
};
