import { Checkbox, MultiSelect } from '@mantine/core';
import type { CommentSummary } from '#modules/vetting/api.ts';
import { commentIntents, commentKinds, commentTargets, sentiments } from '#modules/vetting/api.ts';
import type { SetSearch } from '#web/shell/use-search-state.ts';
import { type FilterChip, FilterChips } from '#web/ui/filter-chips.tsx';
import {
  type CommentSearch,
  commentSearch,
  intentWords,
  kindWords,
  languageWord,
  sentimentWords,
  targetWords,
} from './comment-words.ts';

interface Props {
  summary: CommentSummary;
  search: CommentSearch;
  onChange: SetSearch<CommentSearch>;
}

/** What of the comments is shown; every choice stands in the address. */
export function CommentFilters({ summary, search, onChange }: Props) {
  const options = <Name extends string>(names: readonly Name[], words: Record<Name, string>) =>
    names.map((value) => ({ value, label: words[value] }));
  // What comes out of a select is text; the schema of the address gives it its names back.
  const { shape } = commentSearch;
  return (
    <div className="stack vt-comment-filters">
      <div className="vt-filters">
        <MultiSelect
          label="Kind"
          placeholder={search.kinds.length === 0 ? 'All kinds' : ''}
          data={options(commentKinds, kindWords)}
          value={search.kinds}
          onChange={(values) => onChange({ kinds: shape.kinds.parse(values) })}
        />
        <MultiSelect
          label="Sentiment"
          placeholder={search.sentiments.length === 0 ? 'All' : ''}
          data={options(sentiments, sentimentWords)}
          value={search.sentiments}
          onChange={(values) => onChange({ sentiments: shape.sentiments.parse(values) })}
        />
        <MultiSelect
          label="Wants"
          placeholder={search.intents.length === 0 ? 'Anything' : ''}
          data={options(commentIntents, intentWords)}
          value={search.intents}
          onChange={(values) => onChange({ intents: shape.intents.parse(values) })}
        />
        <MultiSelect
          label="Aimed at"
          placeholder={search.targets.length === 0 ? 'Anybody' : ''}
          data={options(commentTargets, targetWords)}
          value={search.targets}
          onChange={(values) => onChange({ targets: shape.targets.parse(values) })}
        />
        <MultiSelect
          label="Language"
          placeholder={search.languages.length === 0 ? 'All languages' : ''}
          data={summary.allTime.languages.map(({ language }) => ({ value: language, label: languageWord(language) }))}
          value={search.languages}
          onChange={(values) => onChange({ languages: shape.languages.parse(values) })}
        />
      </div>
      <Checkbox
        label="Only those corrected by hand"
        checked={search.corrected}
        onChange={(event) => onChange({ corrected: event.currentTarget.checked ? true : undefined })}
      />
      <FilterChips chips={chipsOf(summary, search, onChange)} />
    </div>
  );
}

/** What no select shows: a text that comes again, a pod. */
function chipsOf(summary: CommentSummary, search: CommentSearch, onChange: SetSearch<CommentSearch>): FilterChip[] {
  const copy = summary.duplicates.find((one) => one.group === search.group);
  const pod = summary.pods.find((one) => one.id === search.pod);
  return [
    ...(search.group === undefined
      ? []
      : [
          {
            id: 'group',
            name: 'Nearly the same as',
            value: copy === undefined ? 'one comment' : `“${copy.text.slice(0, 60)}”`,
            onRemove: () => onChange({ group: undefined }),
          },
        ]),
    ...(search.pod === undefined
      ? []
      : [
          {
            id: 'pod',
            name: 'By members of',
            value: pod === undefined ? 'a pod' : `the pod of ${pod.members}`,
            onRemove: () => onChange({ pod: undefined }),
          },
        ]),
  ];
}
