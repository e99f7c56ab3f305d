import { Button, TagsInput } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { type FormEvent, useState } from 'react';
import {
  getPostExpectation,
  type PostExpectation,
  putPostExpectation,
  type Submission,
} from '#modules/submissions/api.ts';
import { listCodes, listLinks } from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useClient } from '#web/api/use-client.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { KeyValues } from '#web/ui/key-values.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { draftNouns, sayDay } from './words.ts';

/** What the post has to carry: of the brief, and what was set for this creator. */
export function ExpectationSection({ draft }: { draft: Submission }) {
  const mayWrite = useCan('content:write');
  const [isOpen, setOpen] = useState(false);
  const query = useApiQuery(getPostExpectation, { deliverableId: draft.deliverable.id });
  return (
    <Section
      title="The post carries"
      end={
        mayWrite && (
          <Button size="compact-md" variant="subtle" color="gray" onClick={() => setOpen(true)}>
            Set
          </Button>
        )
      }
    >
      <QueryState query={query}>
        {({ counts, creator }) => (
          <>
            {rowsOf(counts).length === 0 ? (
              <p className="meta">Nothing is asked for yet.</p>
            ) : (
              <KeyValues items={rowsOf(counts)} />
            )}
            {isOpen && <SetDialog draft={draft} saved={creator ?? empty} onClose={() => setOpen(false)} />}
          </>
        )}
      </QueryState>
    </Section>
  );
}

const empty: PostExpectation = { links: [], codes: [], hashtags: [], mentions: [], liveFrom: null, liveUntil: null };

function rowsOf({ links, codes, hashtags, mentions, liveFrom, liveUntil }: PostExpectation) {
  const rows = [
    ['Link', links.join(', ')],
    ['Code', codes.join(', ')],
    ['Hashtags', hashtags.join(', ')],
    ['Mentions', mentions.join(', ')],
    [
      'Live',
      [liveFrom === null ? '' : `from ${sayDay(liveFrom)}`, liveUntil === null ? '' : `until ${sayDay(liveUntil)}`]
        .join(' ')
        .trim(),
    ],
  ] as const;
  return rows.flatMap(([term, value]) => (value === '' ? [] : [{ term, value }]));
}

interface Props {
  draft: Submission;
  saved: PostExpectation;
  onClose: () => void;
}

function SetDialog({ draft, saved, onClose }: Props) {
  const client = useClient();
  const [value, setValue] = useState(saved);
  const save = useApiMutation(putPostExpectation, {
    invalidate: [...draftNouns, 'postExpectations'],
    onSuccess: () => {
      sayDone('Saved for all pieces of this creator on the campaign');
      onClose();
    },
  });
  const fill = async () => {
    try {
      const { enrolmentId } = draft;
      const links = await client.call(listLinks, { enrolmentId, limit: 20 });
      const codes = await client.call(listCodes, { enrolmentId, limit: 20 });
      setValue({
        ...value,
        links: [...new Set([...value.links, ...links.rows.map((link) => link.shortUrl)])],
        codes: [...new Set([...value.codes, ...codes.rows.map((code) => code.code)])],
      });
    } catch (error) {
      sayFailed('Not read', error);
    }
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate({ deliverableId: draft.deliverable.id, of: 'creator', ...value });
  };
  const tags = (label: string, key: 'links' | 'codes' | 'hashtags' | 'mentions', description: string) => (
    <TagsInput
      label={label}
      description={description}
      value={value[key]}
      onChange={(list) => setValue({ ...value, [key]: list })}
    />
  );
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title={`What posts of ${draft.person.name} carry`}
      submitLabel="Save"
      onSubmit={onSubmit}
      isBusy={save.isPending}
      failure={save.error?.message ?? null}
    >
      <div>
        <Button onClick={() => void fill()}>Take link and code from tracking</Button>
      </div>
      {tags('Links', 'links', 'One of them is enough; stands over those of the brief')}
      {tags('Codes', 'codes', 'Enter after each')}
      {tags('Hashtags', 'hashtags', 'Besides those of the brief')}
      {tags('Mentions', 'mentions', 'Accounts, such as @oatwhistle')}
      <div className="row">
        <DatePickerInput
          label="Live from"
          w={170}
          value={value.liveFrom}
          onChange={(day) => setValue({ ...value, liveFrom: day })}
          clearable
        />
        <DatePickerInput
          label="Live until"
          w={170}
          value={value.liveUntil}
          onChange={(day) => setValue({ ...value, liveUntil: day })}
          clearable
        />
      </div>
    </FormDialog>
  );
}
