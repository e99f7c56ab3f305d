import { Button, Checkbox, Modal, Select, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import { type Platform, platformNames, platforms } from '#kernel/platform.ts';
import { addToRoster, type Campaign, listRoster, type Refused } from '#modules/campaigns/api.ts';
import { listLists, searchCreators } from '#modules/discovery/api.ts';
import { doNotGiftWords, listDoNotGift } from '#modules/seeding/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { Avatar } from '#web/ui/avatar.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { messageOf } from '#web/ui/form-errors.ts';
import { formatCompact, formatPlural } from '#web/ui/format-number.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone } from '#web/ui/say.ts';
import { Segments } from '#web/ui/segments.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { campaignNouns } from './use-campaign.ts';
import { readAmount } from './words.ts';

type Way = 'search' | 'list' | 'handles';

/** Puts creators on the campaign: found by words, taken from a list, or named by their handles. */
export function AddCreatorsDialog({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const [way, setWay] = useState<Way>('search');
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map());
  const [listId, setListId] = useState<string | null>(null);
  const [handles, setHandles] = useState('');
  const [platform, setPlatform] = useState<Platform>('instagram');
  const [fee, setFee] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [refused, setRefused] = useState<readonly Refused[]>([]);
  const add = useApiMutation(addToRoster, { invalidate: [...campaignNouns, 'lists'] });
  const named = handles.split(/[\s,;]+/).filter((handle) => handle !== '');
  const count = { search: chosen.size, list: listId === null ? 0 : 1, handles: named.length }[way];

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    try {
      const who = {
        search: { personIds: [...chosen.keys()] },
        list: listId === null ? {} : { listId },
        handles: { handles: named.map((handle) => ({ platform, handle })) },
      }[way];
      const outcome = await add.mutateAsync({
        campaignId: campaign.id,
        ...who,
        fee: readAmount(fee, campaign.currency),
      });
      const came = outcome.added + outcome.restored;
      sayDone(
        `${came === 0 ? 'Nobody new' : `Added ${formatPlural(came, 'creator')}`}${outcome.unchanged > 0 ? `, ${outcome.unchanged} were on it` : ''}`,
      );
      setRefused(outcome.refused);
      setChosen(new Map());
      if (outcome.refused.length === 0) onClose();
    } catch (error) {
      setProblem(messageOf(error));
    }
  };

  return (
    <Modal opened onClose={onClose} title={`Add creators to ${campaign.name}`} size="lg">
      <form className="form" onSubmit={(event) => void submit(event)} noValidate>
        {problem && <FormAlert>{problem}</FormAlert>}
        {refused.length > 0 && (
          <FormAlert>
            {formatPlural(refused.length, 'creator')} could not be added:{' '}
            {refused
              .slice(0, 10)
              .map((one) => one.message)
              .join(' ')}
          </FormAlert>
        )}
        <Segments
          label="How"
          value={way}
          options={[
            { value: 'search', label: 'Search' },
            { value: 'list', label: 'From a list' },
            { value: 'handles', label: 'By handle' },
          ]}
          onChange={setWay}
        />
        {way === 'search' && <Search campaign={campaign} chosen={chosen} onChange={setChosen} />}
        {way === 'list' && <Lists value={listId} onChange={setListId} />}
        {way === 'handles' && (
          <>
            <Select
              label="Platform"
              data={platforms.map((value) => ({ value, label: platformNames[value] }))}
              value={platform}
              allowDeselect={false}
              onChange={(value) => value && setPlatform(value)}
            />
            <Textarea
              label="Handles or profile addresses"
              description="One a line, or with commas between"
              autosize
              minRows={4}
              maxRows={12}
              value={handles}
              onChange={(event) => setHandles(event.currentTarget.value)}
            />
          </>
        )}
        <TextInput
          label={`Fee for each, ${campaign.currency}`}
          placeholder="Not known yet"
          inputMode="decimal"
          value={fee}
          onChange={(event) => setFee(event.currentTarget.value)}
        />
        <div className="acts">
          <Button variant="subtle" color="gray" onClick={onClose}>
            {refused.length > 0 ? 'Close' : 'Cancel'}
          </Button>
          <Button type="submit" variant="filled" loading={add.isPending} disabled={count === 0}>
            {way === 'list' || count === 0 ? 'Add creators' : `Add ${formatPlural(count, 'creator')}`}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function Search({
  campaign,
  chosen,
  onChange,
}: {
  campaign: Campaign;
  chosen: ReadonlyMap<string, string>;
  onChange: (next: ReadonlyMap<string, string>) => void;
}) {
  const [words, setWords] = useState('');
  const [text] = useDebouncedValue(words.trim(), 150);
  const query = useApiQuery(searchCreators, { ...(text === '' ? {} : { text }), limit: 30 }, { keepPrevious: true });
  const roster = useApiQuery(listRoster, { campaignId: campaign.id, limit: 500 });
  const present = new Set((roster.data?.rows ?? []).map((row) => row.person.id));
  const barred = useBarred(campaign, query.data?.rows.map((hit) => hit.personId) ?? []);
  const toggle = (id: string, name: string) => {
    const next = new Map(chosen);
    if (!next.delete(id)) next.set(id, name);
    onChange(next);
  };
  return (
    <>
      <TextInput
        label="Find creators"
        placeholder="Name, handle, niche or words of a bio"
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        data-autofocus
      />
      <QueryState query={query}>
        {(answer) =>
          answer.rows.length === 0 ? (
            <p className="meta">Nobody here matches. Import creators first, or try other words.</p>
          ) : (
            <ul className="camp-found" aria-label="Creators found">
              {answer.rows.map((hit) => {
                const name =
                  hit.name ??
                  hit.profile?.displayName ??
                  (hit.profile === null ? hit.personId : `@${hit.profile.handle}`);
                const bar = barred.get(hit.personId);
                return (
                  <li key={hit.personId}>
                    <Checkbox
                      checked={chosen.has(hit.personId) || present.has(hit.personId)}
                      disabled={present.has(hit.personId) || bar !== undefined}
                      onChange={() => toggle(hit.personId, name)}
                      label={
                        <span className="who">
                          <Avatar id={hit.personId} name={name} size={28} />
                          <span>
                            <b>{name}</b>{' '}
                            <span className="meta">
                              {hit.profile === null
                                ? 'no account'
                                : `@${hit.profile.handle}, ${platformNames[hit.profile.platform]}${hit.profile.followers === null ? '' : `, ${formatCompact(hit.profile.followers)} followers`}`}
                              {present.has(hit.personId) && ', on the roster'}
                            </span>
                            {bar !== undefined && (
                              <span className="meta block">
                                <Tag tone="warn">Do not gift</Tag> {bar}
                              </span>
                            )}
                          </span>
                        </span>
                      }
                    />
                  </li>
                );
              })}
            </ul>
          )
        }
      </QueryState>
    </>
  );
}

/** Why those who are to be sent nothing cannot come in, where goods are sent. */
function useBarred(campaign: Campaign, personIds: string[]): ReadonlyMap<string, string> {
  const isGifting = campaign.model === 'product_seeding';
  const query = useApiQuery(
    listDoNotGift,
    { personIds },
    { enabled: isGifting && personIds.length > 0, keepPrevious: true },
  );
  const rows = isGifting ? (query.data ?? []) : [];
  return new Map(rows.map((row) => [row.personId, doNotGiftWords[row.reason].toLowerCase()]));
}

function Lists({ value, onChange }: { value: string | null; onChange: (id: string | null) => void }) {
  const query = useApiQuery(listLists, { limit: 200 });
  return (
    <QueryState query={query}>
      {(answer) =>
        answer.rows.length === 0 ? (
          <p className="meta">There is no list yet. Put creators on one in Discover, or search here.</p>
        ) : (
          <Select
            label="List"
            placeholder="Choose one"
            searchable
            data={answer.rows.map((list) => ({
              value: list.id,
              label: `${list.name} (${formatPlural(list.members, 'creator')})`,
            }))}
            value={value}
            onChange={onChange}
          />
        )
      }
    </QueryState>
  );
}
