import { ActionIcon, Button, MultiSelect, NumberInput, TagsInput, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { deviceNames, rulesMax, systemNames, variantsMax } from '#modules/tracking/api.ts';

export interface RuleDraft {
  key: string;
  countries: string[];
  devices: string[];
  systems: string[];
  destination: string;
}

export interface VariantDraft {
  key: string;
  weight: number;
  destination: string;
}

interface Props<Draft> {
  value: readonly Draft[];
  errors: Record<string, unknown>;
  onChange: (next: Draft[]) => void;
}

/** Other destinations for some visitors, in the order in which they are tried. */
export function RuleFields({ value, errors, onChange }: Props<RuleDraft>) {
  const set = (at: number, change: Partial<RuleDraft>) =>
    onChange(value.map((rule, index) => (index === at ? { ...rule, ...change } : rule)));
  return (
    <fieldset className="trk-set">
      <legend>Other destinations for some visitors</legend>
      {value.map((rule, at) => (
        <div key={rule.key} className="trk-rule">
          <div className="trk-three">
            <MultiSelect
              label="Devices"
              placeholder={rule.devices.length === 0 ? 'any' : ''}
              data={[...deviceNames]}
              value={rule.devices}
              onChange={(devices) => set(at, { devices })}
            />
            <MultiSelect
              label="Systems"
              placeholder={rule.systems.length === 0 ? 'any' : ''}
              data={[...systemNames]}
              value={rule.systems}
              onChange={(systems) => set(at, { systems })}
            />
            <TagsInput
              label="Countries"
              description="Known for IPv4 only; region and town are not known"
              placeholder={rule.countries.length === 0 ? 'any, such as DE' : ''}
              value={rule.countries}
              onChange={(countries) => set(at, { countries: countries.map((code) => code.toUpperCase()) })}
            />
          </div>
          <div className="trk-line">
            <TextInput
              label="Lead to"
              value={rule.destination}
              error={errors[`rules.${at}.destination`] as string | undefined}
              onChange={(event) => set(at, { destination: event.currentTarget.value })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Remove destination ${at + 1}`}
              onClick={() => onChange(value.filter((_, index) => index !== at))}
            >
              <IconTrash size={16} stroke={1.6} />
            </ActionIcon>
          </div>
        </div>
      ))}
      {value.length < rulesMax && (
        <Button
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() =>
            onChange([
              ...value,
              { key: crypto.randomUUID(), countries: [], devices: ['phone'], systems: [], destination: '' },
            ])
          }
        >
          Add a destination
        </Button>
      )}
    </fieldset>
  );
}

/** Destinations in turns by weight; a visitor keeps theirs. */
export function VariantFields({ value, errors, onChange }: Props<VariantDraft>) {
  const set = (at: number, change: Partial<VariantDraft>) =>
    onChange(value.map((variant, index) => (index === at ? { ...variant, ...change } : variant)));
  return (
    <fieldset className="trk-set">
      <legend>Try destinations against each other</legend>
      {value.map((variant, at) => (
        <div key={variant.key} className="trk-line">
          <NumberInput
            label="Weight"
            min={0}
            max={1000}
            allowDecimal={false}
            value={variant.weight}
            onChange={(weight) => set(at, { weight: Number(weight) || 0 })}
          />
          <TextInput
            label="Lead to"
            value={variant.destination}
            error={errors[`variants.${at}.destination`] as string | undefined}
            onChange={(event) => set(at, { destination: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove trial ${at + 1}`}
            onClick={() => onChange(value.filter((_, index) => index !== at))}
          >
            <IconTrash size={16} stroke={1.6} />
          </ActionIcon>
        </div>
      ))}
      {value.length < variantsMax && (
        <Button
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange([...value, { key: crypto.randomUUID(), weight: 1, destination: '' }])}
        >
          Add a trial
        </Button>
      )}
    </fieldset>
  );
}
