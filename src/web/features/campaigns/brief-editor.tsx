import { Button, Checkbox, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import {
  type Brief,
  type BriefVersion,
  briefSchema,
  type Campaign,
  checkBrief,
  listBriefStatus,
  saveBrief,
} from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { messageOf } from '#web/ui/form-errors.ts';
import { formatPlural } from '#web/ui/format-number.ts';
import { sayDone } from '#web/ui/say.ts';
import { BriefDeliverables } from './brief-deliverables.tsx';
import { DisclosureProposal } from './brief-disclosure.tsx';
import { type BriefDraft, type ListField, type ProseField, toBrief, toDraft } from './brief-draft.ts';
import { MoodFields } from './brief-mood.tsx';
import { BriefPayFields } from './brief-pay.tsx';
import { BriefRights } from './brief-rights.tsx';
import { ScriptWarnings } from './script-warnings.tsx';

const listFields: { name: ListField; label: string; note: string }[] = [
  { name: 'keyMessages', label: 'What should come across', note: 'One a line, as ideas and not as sentences to say' },
  { name: 'talkingPoints', label: 'Facts they may use', note: 'One a line; each may be left out' },
  { name: 'dos', label: 'Do', note: 'One a line' },
  { name: 'donts', label: "Don't", note: 'One a line' },
  { name: 'captionGuidelines', label: 'In the caption', note: 'What it needs, such as your handle; not its wording' },
];

interface Props {
  campaign: Campaign;
  version: BriefVersion;
  /** What the form begins with, such as a template; the version when left out. */
  start?: Brief | undefined;
  onClose: () => void;
}

/** The form of a brief. It says while one types when the brief turns into a script. */
export function BriefEditor({ campaign, version, start, onClose }: Props) {
  const [draft, setDraft] = useState<BriefDraft>(() => toDraft(start ?? version.brief));
  const [tell, setTell] = useState(true);
  const [problem, setProblem] = useState<string | null>(null);
  const status = useApiQuery(listBriefStatus, { campaignId: campaign.id }, { enabled: version.version > 0 });
  const having = (status.data?.rows ?? []).filter((row) => row.sentVersion !== null).length;
  const save = useApiMutation(saveBrief, { invalidate: ['briefs', 'campaigns'] });
  const set = (change: Partial<BriefDraft>) => setDraft((before) => ({ ...before, ...change }));
  const text = (name: ProseField | ListField | 'links') => ({
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setProblem(null);
    try {
      const brief = toBrief(draft, campaign.currency);
      const saved = await save.mutateAsync({
        campaignId: campaign.id,
        basedOn: version.version,
        brief,
        tell: tell && having > 0,
      });
      const told = saved.told === 0 ? '' : `, ${formatPlural(saved.told, 'creator')} told`;
      sayDone(saved.version === version.version ? 'Nothing had changed' : `Saved version ${saved.version}${told}`);
      onClose();
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <form className="cols" onSubmit={(event) => void submit(event)} noValidate>
      <div className="camp-form">
        <fieldset>
          <legend>What it is about</legend>
          <Textarea
            label="Background"
            description="Brand, product and why this campaign"
            autosize
            minRows={3}
            {...text('background')}
          />
          {listFields.map(({ name, label, note }) => (
            <Textarea key={name} label={label} description={note} autosize minRows={2} {...text(name)} />
          ))}
          <Textarea label="What is left to the creator" autosize minRows={2} {...text('freedom')} />
        </fieldset>
        <BriefDeliverables value={draft.deliverables} onChange={(deliverables) => set({ deliverables })} />
        <Dates value={draft.dates} onChange={(dates) => set({ dates })} />
        <fieldset>
          <legend>What they get</legend>
          <BriefPayFields value={draft.pay} currency={campaign.currency} onChange={(pay) => set({ pay })} />
          <Textarea label="In words, if there is more to say" autosize minRows={1} {...text('compensation')} />
        </fieldset>
        <fieldset>
          <legend>What you may do with it</legend>
          <BriefRights value={draft.rights} onChange={(rights) => set({ rights })} />
          <Textarea label="In words, if there is more to say" autosize minRows={1} {...text('usageRights')} />
        </fieldset>
        <fieldset>
          <legend>Label, hashtags, links</legend>
          <Textarea label="How it is labelled as advertising" autosize minRows={2} {...text('disclosure')} />
          <DisclosureProposal model={campaign.model} onTake={(disclosure) => set({ disclosure })} />
          <Textarea label="Hashtags" description="One a line" autosize minRows={1} {...text('hashtags')} />
          <Textarea
            label="Links"
            description="One a line; a name before it with a colon, if you like"
            autosize
            minRows={1}
            {...text('links')}
          />
        </fieldset>
        <MoodFields value={draft.moodBoard} onChange={(moodBoard) => set({ moodBoard })} />
        {having > 0 && (
          <Checkbox
            label={`Tell the creators whose part changes (${formatPlural(having, 'creator has', 'creators have')} the brief)`}
            description="They are asked to confirm what is new; nobody else is bothered"
            checked={tell}
            onChange={(event) => setTell(event.currentTarget.checked)}
          />
        )}
        {problem && <FormAlert>{problem}</FormAlert>}
        <div className="row">
          <Button type="submit" variant="filled" loading={save.isPending}>
            Save the brief
          </Button>
          <Button variant="subtle" color="gray" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </div>
      <LiveWarnings draft={draft} currency={campaign.currency} />
    </form>
  );
}

interface DatesProps {
  value: Brief['dates'];
  onChange: (next: Brief['dates']) => void;
}

function Dates({ value, onChange }: DatesProps) {
  const day = (name: keyof Brief['dates']) => ({
    type: 'date',
    value: value[name] ?? '',
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ ...value, [name]: event.currentTarget.value === '' ? null : event.currentTarget.value }),
  });
  return (
    <fieldset>
      <legend>Dates</legend>
      <div className="camp-two">
        <TextInput label="Answer by" {...day('respondBy')} />
        <TextInput label="Drafts by" {...day('draftsBy')} />
        <TextInput label="Live from" {...day('liveFrom')} />
        <TextInput label="Live until" {...day('liveUntil')} />
      </div>
    </fieldset>
  );
}

function LiveWarnings({ draft, currency }: { draft: BriefDraft; currency: string }) {
  const [settled] = useDebouncedValue(draft, 400);
  const brief = parse(settled, currency);
  const { data } = useApiQuery(
    checkBrief,
    { brief: brief ?? briefSchema.parse({}) },
    { keepPrevious: true, enabled: brief !== null },
  );
  return (
    <aside className="stack" aria-label="Does it turn into a script?" aria-live="polite">
      <h2>Room for the creator</h2>
      {data !== undefined && data.length === 0 && <p className="ink-2">Nothing here reads like a script.</p>}
      <ScriptWarnings warnings={data ?? []} />
    </aside>
  );
}

// Half-typed amounts and links are no brief yet; the last good answer stays.
function parse(draft: BriefDraft, currency: string): Brief | null {
  try {
    const parsed = briefSchema.safeParse(toBrief(draft, currency));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
