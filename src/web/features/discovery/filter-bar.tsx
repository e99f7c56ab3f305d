import { useState } from 'react';
import type { AskedPart, Filter } from '#modules/discovery/api.ts';
import { type FilterChip, FilterChips } from '#web/ui/filter-chips.tsx';
import { FilterDialog } from './filter-dialog.tsx';
import { FilterMenu } from './filter-menu.tsx';
import { fieldLabel, filterValueWords, isNegated } from './filter-words.ts';
import type { Question } from './use-question.ts';

interface Props {
  question: Question;
  listNames: ReadonlyMap<string, string>;
  /** Name of the creator whose content or audience is the pattern. */
  patternName: string | null;
  onClear: () => void;
}

/** What is being changed: a filter of the address, a part of the question, or nothing yet. */
type Edited = { field: string; at: number | null; part: AskedPart | null; filter: Filter | null };

/** The filters in force as chips one can open, those of the question with the words they came from, and the menu that adds one. */
export function FilterBar({ question, listNames, patternName, onClear }: Props) {
  const { state, setState, answer, replacePart } = question;
  const [edited, setEdited] = useState<Edited | null>(null);
  const canEdit = (filter: Filter) => filter.op !== 'known' && filter.field !== 'creator';
  const wordsOf = (filter: Filter) => ({
    name: isNegated(filter) ? `Not ${fieldLabel(filter.field).toLowerCase()}` : fieldLabel(filter.field),
    value: filterValueWords(filter, listNames),
    isNot: isNegated(filter),
  });
  const asked = (answer?.parts ?? []).flatMap((part): FilterChip[] => {
    const base = { id: `asked ${part.at} ${part.kind} ${part.words}`, onRemove: () => replacePart(part, null) };
    const filter = part.filter === null ? undefined : answer?.query.filters[part.filter];
    if (filter !== undefined) {
      const edit = canEdit(filter) ? { onEdit: () => setEdited({ field: filter.field, at: null, part, filter }) } : {};
      return [{ ...base, ...wordsOf(filter), from: part.words, ...edit }];
    }
    if (part.kind === 'text') {
      // What stands under a "no" is kept out.
      const isNot = answer?.query.text?.split(' ').includes(`-${part.words.split(' ').at(-1) ?? ''}`) === true;
      return [{ ...base, name: isNot ? 'Without' : 'Words', value: part.words, isNot }];
    }
    if (part.kind === 'about') return [{ ...base, name: 'About', value: part.words }];
    return [{ ...base, name: namesOfParts[part.kind], value: part.words }];
  });
  const own = state.f.map((filter, at): FilterChip => {
    const edit = canEdit(filter) ? { onEdit: () => setEdited({ field: filter.field, at, part: null, filter }) } : {};
    return {
      id: `${at} ${JSON.stringify(filter)}`,
      ...wordsOf(filter),
      onRemove: () => setState({ f: state.f.filter((_, other) => other !== at) }, { push: true }),
      ...edit,
    };
  });
  const others: FilterChip[] = [];
  const drop = (key: 'like' | 'audienceLike' | 'about') => () => setState({ [key]: undefined }, { push: true });
  if (state.like !== undefined)
    others.push({ id: 'like', name: 'Similar to', value: patternName ?? 'a creator', onRemove: drop('like') });
  if (state.audienceLike !== undefined)
    others.push({
      id: 'audienceLike',
      name: 'Audience like',
      value: patternName ?? 'a creator',
      onRemove: drop('audienceLike'),
    });
  if (state.about !== undefined)
    others.push({ id: 'about', name: 'About', value: state.about, onRemove: drop('about') });
  const save = (next: Filter) => {
    if (edited === null) return;
    if (edited.part !== null) replacePart(edited.part, next);
    else
      setState(
        {
          f: edited.at === null ? [...state.f, next] : state.f.map((filter, at) => (at === edited.at ? next : filter)),
        },
        { push: true },
      );
  };
  return (
    <>
      <FilterChips
        chips={[...asked, ...others, ...own]}
        onClear={onClear}
        add={<FilterMenu onChoose={(field) => setEdited({ field, at: null, part: null, filter: null })} />}
      />
      {edited !== null && (
        <FilterDialog
          key={`${edited.field} ${edited.at} ${edited.part?.at}`}
          field={edited.field}
          filter={edited.filter}
          listNames={listNames}
          onClose={() => setEdited(null)}
          onSave={save}
        />
      )}
    </>
  );
}

const namesOfParts = {
  filter: 'Filter',
  text: 'Words',
  about: 'About',
  sort: 'Order',
  calculation: 'Averages',
  similarTo: 'Similar',
  audienceLike: 'Audience',
} satisfies Record<AskedPart['kind'], string>;
