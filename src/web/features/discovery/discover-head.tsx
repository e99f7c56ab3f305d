import { ActionIcon, Button } from '@mantine/core';
import { IconFilter, IconKeyboard, IconListDetails, IconTargetArrow } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { AppLink } from '#web/shell/app-link.tsx';
import { AnswerNotes } from './answer-notes.tsx';
import { AskedNotes } from './asked-notes.tsx';
import { CalculationSwitch } from './calculation-switch.tsx';
import { FilterBar } from './filter-bar.tsx';
import { MarketMenu } from './market-menu.tsx';
import { MatchNotes } from './match-notes.tsx';
import { SavedViews } from './saved-views.tsx';
import { SearchBar } from './search-bar.tsx';
import type { Discover } from './use-discover.ts';

interface Props {
  page: Discover;
  input: RefObject<HTMLInputElement | null>;
  onRows: () => void;
  onClear: () => void;
  onOpenRail: () => void;
}

/** The question, what became of it, and the filters in force. */
export function DiscoverHead({ page, input, onRows, onClear, onOpenRail }: Props) {
  const { question, run, match, names, calculation, setDialog, setFilters } = page;
  const { state, query, put, openQuery } = question;
  return (
    <header className="discover-head">
      <div className="discover-line">
        <SearchBar input={input} question={question} answer={run.answer} isStale={run.isStale} onRows={onRows}>
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
          onClick={onOpenRail}
        >
          <IconFilter size={16} stroke={1.6} />
        </ActionIcon>
        <ActionIcon
          className="discover-only-phone"
          variant={state.brief === undefined ? 'default' : 'light'}
          size={32}
          aria-label={state.brief === undefined ? 'Match a brief' : 'Change the brief'}
          onClick={() => setDialog('brief')}
        >
          <IconTargetArrow size={16} stroke={1.6} />
        </ActionIcon>
        <FilterBar question={question} listNames={names} patternName={page.likeName} onClear={onClear} />
        <CalculationSwitch
          value={calculation}
          onChange={(next) =>
            put({ calculation: next === (question.answer?.query.calculation ?? 'average') ? undefined : next })
          }
        />
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
        error={question.askError}
        onTake={(read) => openQuery({ ...read.query, filters: [...state.f, ...read.query.filters] })}
      />
      {match !== null && (
        <MatchNotes match={match} onChange={() => setDialog('brief')} onEnd={() => put({ brief: undefined })} />
      )}
      {run.answer !== undefined && match === null && (
        <AnswerNotes
          answer={run.answer}
          calculation={calculation}
          onShowUnknown={(filter) => setFilters([...state.f.filter((other) => other.field !== filter.field), filter])}
        />
      )}
    </header>
  );
}
