import { ActionIcon, Button, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { platformNames, platforms } from '#kernel/platform.ts';
import {
  type Brief,
  type BriefVersion,
  briefSchema,
  type Campaign,
  checkBrief,
  saveBrief,
} from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { messageOf } from '#web/ui/form-errors.ts';
import { sayDone } from '#web/ui/say.ts';
import { ScriptWarnings } from './script-warnings.tsx';

type ListField = 'keyMessages' | 'dos' | 'donts' | 'hashtags';
type ProseField = 'background' | 'freedom' | 'compensation' | 'usageRights' | 'disclosure';
type Draft = Omit<Brief, ListField | 'links'> & Record<ListField | 'links', string>;

const listFields: { name: ListField; label: string; note: string }[] = [
  { name: 'keyMessages', label: 'What should come across', note: 'One a line, as ideas and not as sentences to say' },
  { name: 'dos', label: 'Do', note: 'One a line' },
  { name: 'donts', label: "Don't", note: 'One a line' },
];
const termFields: { name: ProseField; label: string; note: string }[] = [
  { name: 'compensation', label: 'Compensation', note: 'Fee, goods, commission, and when it is paid' },
  { name: 'usageRights', label: 'Usage rights', note: 'Channels, paid use or not, for how long and where' },
  { name: 'disclosure', label: 'Disclosure', note: 'How the advertising is labelled, such as “#ad” as the first word' },
];

/** The form of a brief. It says while one types when the brief turns into a script. */
export function BriefEditor({
  campaign,
  version,
  onClose,
}: {
  campaign: Campaign;
  version: BriefVersion;
  onClose: () => void;
}) {
  const [draft, setDraft] = useState<Draft>(() => toDraft(version.brief));
  const [problem, setProblem] = useState<string | null>(null);
  const save = useApiMutation(saveBrief, { invalidate: ['briefs', 'campaigns'] });
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const text = (name: ProseField | ListField | 'links') => ({
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  });
  const day = (name: keyof Brief['dates']) => ({
    value: draft.dates[name] ?? '',
    onChange: (event: { currentTarget: { value: string } }) =>
      set({ dates: { ...draft.dates, [name]: event.currentTarget.value === '' ? null : event.currentTarget.value } }),
  });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    try {
      const saved = await save.mutateAsync({
        campaignId: campaign.id,
        basedOn: version.version,
        brief: toBrief(draft),
      });
      sayDone(saved.version === version.version ? 'Nothing had changed' : `Saved version ${saved.version}`);
      onClose();
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <form className="cols" onSubmit={(event) => void submit(event)} noValidate>
      <div className="camp-form">
        {problem && <FormAlert>{problem}</FormAlert>}
        <fieldset>
          <legend>What it is about</legend>
          <Textarea
            label="Background"
            description="Brand, product and why this campaign"
            autosize
            minRows={3}
            {...text('background')}
          />
          {listFields.map((field) => (
            <Textarea
              key={field.name}
              label={field.label}
              description={field.note}
              autosize
              minRows={3}
              {...text(field.name)}
            />
          ))}
          <Textarea label="What is left to the creator" autosize minRows={2} {...text('freedom')} />
        </fieldset>
        <Deliverables value={draft.deliverables} onChange={(deliverables) => set({ deliverables })} />
        <fieldset>
          <legend>Dates</legend>
          <div className="camp-two">
            <TextInput label="Answer by" type="date" {...day('respondBy')} />
            <TextInput label="Drafts by" type="date" {...day('draftsBy')} />
            <TextInput label="Live from" type="date" {...day('liveFrom')} />
            <TextInput label="Live until" type="date" {...day('liveUntil')} />
          </div>
        </fieldset>
        <fieldset>
          <legend>Terms</legend>
          {termFields.map((field) => (
            <Textarea
              key={field.name}
              label={field.label}
              description={field.note}
              autosize
              minRows={2}
              {...text(field.name)}
            />
          ))}
          <Textarea label="Hashtags" description="One a line" autosize minRows={1} {...text('hashtags')} />
          <Textarea
            label="Links"
            description="One a line; a name before it with a colon, if you like"
            autosize
            minRows={1}
            {...text('links')}
          />
        </fieldset>
        <div className="row">
          <Button type="submit" variant="filled" loading={save.isPending}>
            Save the brief
          </Button>
          <Button variant="subtle" color="gray" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </div>
      <LiveWarnings draft={draft} />
    </form>
  );
}

function LiveWarnings({ draft }: { draft: Draft }) {
  const [settled] = useDebouncedValue(draft, 400);
  const parsed = briefSchema.safeParse(toBrief(settled));
  const brief = parsed.success ? parsed.data : briefSchema.parse({});
  const { data } = useApiQuery(checkBrief, { brief }, { keepPrevious: true, enabled: parsed.success });
  return (
    <aside className="stack" aria-label="Does it turn into a script?" aria-live="polite">
      <h2>Room for the creator</h2>
      {data !== undefined && data.length === 0 && <p className="ink-2">Nothing here reads like a script.</p>}
      <ScriptWarnings warnings={data ?? []} />
    </aside>
  );
}

function Deliverables({
  value,
  onChange,
}: {
  value: Brief['deliverables'];
  onChange: (next: Brief['deliverables']) => void;
}) {
  const change = (index: number, to: Partial<Brief['deliverables'][number]>) =>
    onChange(value.map((item, at) => (at === index ? { ...item, ...to } : item)));
  // The fields are controlled, so that a line's place may be its key.
  const rows = value.map((item, index) => ({ item, index, key: `line-${index}` }));
  return (
    <fieldset>
      <legend>What each creator makes</legend>
      {rows.map(({ item, index, key }) => (
        <div key={key} className="camp-goalrow camp-line">
          <NumberInput
            label="Count"
            min={1}
            max={20}
            value={item.count}
            onChange={(count) => change(index, { count: typeof count === 'number' ? count : 1 })}
          />
          <Select
            label="Platform"
            data={platforms.map((platform) => ({ value: platform, label: platformNames[platform] }))}
            value={item.platform}
            allowDeselect={false}
            onChange={(platform) => platform && change(index, { platform })}
          />
          <TextInput
            label="Format"
            value={item.format}
            onChange={(event) => change(index, { format: event.currentTarget.value })}
          />
          <TextInput
            label="Title"
            value={item.title}
            onChange={(event) => change(index, { title: event.currentTarget.value })}
          />
          <TextInput
            label="Due"
            type="date"
            value={item.dueOn ?? ''}
            onChange={(event) =>
              change(index, { dueOn: event.currentTarget.value === '' ? null : event.currentTarget.value })
            }
          />
          <ActionIcon
            className="camp-line-x"
            aria-label={`Remove line ${index + 1}`}
            onClick={() => onChange(value.filter((_, at) => at !== index))}
          >
            <IconTrash size={16} stroke={1.6} />
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="subtle"
        color="gray"
        style={{ justifySelf: 'start' }}
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={() =>
          onChange([...value, { platform: 'instagram', format: 'reel', count: 1, title: '', dueOn: null }])
        }
      >
        Add a line
      </Button>
    </fieldset>
  );
}

function toDraft(brief: Brief): Draft {
  const { keyMessages, dos, donts, hashtags, links, ...rest } = brief;
  const join = (lines: readonly string[]) => lines.join('\n');
  return {
    ...rest,
    keyMessages: join(keyMessages),
    dos: join(dos),
    donts: join(donts),
    hashtags: join(hashtags),
    links: join(links.map((link) => (link.label === '' ? link.url : `${link.label}: ${link.url}`))),
  };
}

function toBrief(draft: Draft): Brief {
  const split = (text: string) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  const links = split(draft.links).map((line) => {
    const [, label = '', url = line] = /^(.*?):?\s*(https?:\/\/\S+)$/.exec(line) ?? [];
    return { label: label.trim(), url };
  });
  const hashtags = draft.hashtags.split(/[\s,]+/).filter((tag) => tag !== '');
  return {
    ...draft,
    keyMessages: split(draft.keyMessages),
    dos: split(draft.dos),
    donts: split(draft.donts),
    hashtags,
    links,
  };
}
