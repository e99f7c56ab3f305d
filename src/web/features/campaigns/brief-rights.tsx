import { ActionIcon, Button, Checkbox, MultiSelect, NumberInput, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type BriefRight, channelWords, rightChannels, sayRight } from '#modules/campaigns/api.ts';

interface Props {
  value: readonly BriefRight[];
  onChange: (next: BriefRight[]) => void;
}

/** Where the brand may show the content and how long, a line a right. */
export function BriefRights({ value, onChange }: Props) {
  const change = (index: number, to: Partial<BriefRight>) =>
    onChange(value.map((right, at) => (at === index ? { ...right, ...to } : right)));
  const rows = value.map((right, index) => ({ right, index, key: `right-${index}` }));
  return (
    <div className="camp-rights">
      {rows.map(({ right, index, key }) => (
        <div key={key} className="camp-right">
          <MultiSelect
            label="Channels"
            data={rightChannels.map((channel) => ({ value: channel, label: channelWords[channel] }))}
            value={right.channels}
            onChange={(channels) => change(index, { channels: rightChannels.filter((one) => channels.includes(one)) })}
          />
          <TextInput
            label="Where"
            value={right.territory}
            onChange={(event) => change(index, { territory: event.currentTarget.value })}
          />
          <NumberInput
            label="Days from going live"
            placeholder="without end"
            min={1}
            max={3650}
            value={right.days ?? ''}
            onChange={(days) => change(index, { days: typeof days === 'number' ? days : null })}
          />
          <ActionIcon
            className="camp-line-x"
            aria-label={`Remove right ${index + 1}`}
            onClick={() => onChange(value.filter((_, at) => at !== index))}
          >
            <IconTrash size={16} stroke={1.6} />
          </ActionIcon>
          <Checkbox
            label="Also as paid advertising"
            checked={right.isPaid}
            onChange={(event) => change(index, { isPaid: event.currentTarget.checked })}
          />
          <span className="meta camp-right-say">{right.channels.length === 0 ? '' : sayRight(right)}</span>
        </div>
      ))}
      <Button
        variant="subtle"
        color="gray"
        style={{ justifySelf: 'start' }}
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={() =>
          onChange([...value, { channels: ['brand_social'], isPaid: false, territory: 'worldwide', days: 90 }])
        }
      >
        Add a right
      </Button>
    </div>
  );
}
