import { ActionIcon, Button, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import {
  type Happening,
  happenings,
  happeningWords,
  type Stage,
  type StagePhase,
  type WaitsFor,
} from '#modules/campaigns/api.ts';

/** A stage as it is edited. */
export interface StageDraft extends Omit<Stage, 'name'> {
  key: string;
  name?: string;
}

const phases: { value: StagePhase; label: string }[] = [
  { value: 'considering', label: 'Nothing agreed' },
  { value: 'agreed', label: 'Agreed' },
  { value: 'producing', label: 'Goods out, in the making' },
  { value: 'done', label: 'Delivered, fee due' },
];
const turns: { value: WaitsFor; label: string }[] = [
  { value: 'us', label: 'You' },
  { value: 'creator', label: 'The creator' },
  { value: 'nobody', label: 'Nobody' },
];

const gates = [
  { value: 'in_order', label: 'Must be passed' },
  { value: 'any_order', label: 'At any time' },
  { value: 'optional', label: 'Only for some' },
];
const happeningOptions = happenings.map((value) => ({ value, label: happeningWords[value] }));

function orderOf(value: string): Partial<StageDraft> {
  // One added for single creators holds those up: it was added for a reason.
  if (value === 'optional') return { gate: 'in_order', isOptional: true };
  return { gate: value === 'in_order' ? 'in_order' : 'any_order', isOptional: false };
}

function readHappenings(values: readonly string[]): Happening[] {
  return happenings.filter((one) => values.includes(one));
}

export const toStageDrafts = (stages: readonly Stage[]): StageDraft[] =>
  stages.map((stage) => ({ ...stage, key: stage.name }));

/** What is sent: without the key of the page. */
export const toStageInputs = (drafts: readonly StageDraft[]) => drafts.map(({ key: _, ...stage }) => stage);

interface Props {
  stages: readonly StageDraft[];
  onChange: (change: (before: readonly StageDraft[]) => StageDraft[]) => void;
}

/** Stages as fields: rename, add, reorder, remove. */
export function StageFields({ stages, onChange: setStages }: Props) {
  const change = (key: string, to: Partial<StageDraft>) =>
    setStages((before) => before.map((stage) => (stage.key === key ? { ...stage, ...to } : stage)));
  const step = (index: number, by: -1 | 1) =>
    setStages((before) => {
      const next = [...before];
      const [moved] = next.splice(index, 1);
      if (moved) next.splice(index + by, 0, moved);
      return next;
    });
  const add = () =>
    setStages((before) => [
      ...before,
      {
        key: `new-${Date.now()}`,
        label: '',
        phase: 'considering',
        waitsFor: 'us',
        patienceDays: null,
        task: null,
        gate: 'any_order',
        isOptional: false,
        reachedBy: [],
        needs: [],
      },
    ]);
  return (
    <>
      {stages.map((stage, index) => (
        <fieldset key={stage.key} className="camp-goalrow camp-stage">
          <legend className="vh">Stage {index + 1}</legend>
          <TextInput
            className="w4"
            label="Name"
            value={stage.label}
            onChange={(event) => change(stage.key, { label: event.currentTarget.value })}
            required
          />
          <Select
            className="w3"
            label="Means"
            data={phases}
            value={stage.phase}
            allowDeselect={false}
            onChange={(phase) => phase && change(stage.key, { phase })}
          />
          <Select
            className="w3"
            label="Turn of"
            data={turns}
            value={stage.waitsFor}
            allowDeselect={false}
            onChange={(waitsFor) => waitsFor && change(stage.key, { waitsFor })}
          />
          <NumberInput
            className="w2"
            label="Late after"
            suffix=" d"
            min={1}
            max={365}
            placeholder="never"
            value={stage.patienceDays ?? ''}
            onChange={(days) => change(stage.key, { patienceDays: typeof days === 'number' ? days : null })}
          />
          <Select
            className="w3"
            label="Order"
            data={gates}
            value={stage.isOptional ? 'optional' : stage.gate}
            allowDeselect={false}
            onChange={(order) => order && change(stage.key, orderOf(order))}
          />
          <MultiSelect
            className="w5"
            label="Reached by itself when"
            data={happeningOptions}
            value={stage.reachedBy}
            placeholder={stage.reachedBy.length === 0 ? 'only by hand' : ''}
            onChange={(reachedBy) => change(stage.key, { reachedBy: readHappenings(reachedBy) })}
          />
          <MultiSelect
            className="w4"
            label="Only after"
            data={happeningOptions}
            value={stage.needs}
            placeholder={stage.needs.length === 0 ? 'nothing' : ''}
            onChange={(needs) => change(stage.key, { needs: readHappenings(needs) })}
          />
          <span className="row camp-line-x">
            <ActionIcon aria-label={`Move ${stage.label} up`} disabled={index === 0} onClick={() => step(index, -1)}>
              <IconArrowUp size={16} />
            </ActionIcon>
            <ActionIcon
              aria-label={`Move ${stage.label} down`}
              disabled={index === stages.length - 1}
              onClick={() => step(index, 1)}
            >
              <IconArrowDown size={16} />
            </ActionIcon>
            <ActionIcon
              aria-label={`Remove ${stage.label}`}
              disabled={stages.length === 1}
              onClick={() => setStages((before) => before.filter((one) => one.key !== stage.key))}
            >
              <IconTrash size={16} />
            </ActionIcon>
          </span>
        </fieldset>
      ))}
      <Button
        variant="subtle"
        color="gray"
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={add}
        style={{ justifySelf: 'start' }}
      >
        Add a stage
      </Button>
    </>
  );
}
