import { ActionIcon, Button, NumberInput, Select, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { platformNames, platforms } from '#kernel/platform.ts';
import type { Brief } from '#modules/campaigns/api.ts';

/** What each creator makes, a line each. */
export function BriefDeliverables({
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
