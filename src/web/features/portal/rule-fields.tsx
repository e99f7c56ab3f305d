import { Checkbox, MultiSelect, NumberInput, Select, TagsInput } from '@mantine/core';
import { platformNames, platforms } from '#kernel/platform.ts';
import type { Eligibility } from '#modules/portal/api.ts';

interface Props {
  rules: Eligibility;
  errors: Record<string, string>;
  onChange: (rules: Eligibility) => void;
}

type Outcome = 'reject' | 'review';

/** Who fits: each rule is on or off, and says what becomes of others. */
export function RuleFields({ rules, errors, onChange }: Props) {
  const set = (patch: Partial<Eligibility>) => onChange({ ...rules, ...patch });
  const { countries, platforms: on, followers, adult } = rules;
  return (
    <div className="prt-form">
      <Checkbox
        label="Country"
        checked={countries !== null}
        onChange={(event) =>
          set({ countries: event.currentTarget.checked ? { mode: 'is', codes: [], otherwise: 'reject' } : null })
        }
      />
      {countries !== null && (
        <div className="two">
          <Select
            label="The country"
            data={[
              { value: 'is', label: 'is one of' },
              { value: 'is_not', label: 'is none of' },
            ]}
            value={countries.mode}
            onChange={(value) => set({ countries: { ...countries, mode: value === 'is_not' ? 'is_not' : 'is' } })}
          />
          <TagsInput
            label="Country codes"
            description="IE, GB …"
            value={countries.codes}
            error={errors['rules.countries.codes'] ?? errors['rules.countries.codes.0']}
            onChange={(codes) => set({ countries: { ...countries, codes: codes.map((code) => code.toUpperCase()) } })}
          />
          <Otherwise
            value={countries.otherwise}
            onChange={(otherwise) => set({ countries: { ...countries, otherwise } })}
          />
        </div>
      )}
      <Checkbox
        label="Platform"
        checked={on !== null}
        onChange={(event) =>
          set({ platforms: event.currentTarget.checked ? { anyOf: ['instagram'], otherwise: 'reject' } : null })
        }
      />
      {on !== null && (
        <div className="two">
          <MultiSelect
            label="An account on"
            data={platforms.map((value) => ({ value, label: platformNames[value] }))}
            value={on.anyOf}
            error={errors['rules.platforms.anyOf']}
            onChange={(values) =>
              set({ platforms: { ...on, anyOf: platforms.filter((platform) => values.includes(platform)) } })
            }
          />
          <Otherwise value={on.otherwise} onChange={(otherwise) => set({ platforms: { ...on, otherwise } })} />
        </div>
      )}
      <Checkbox
        label="Followers"
        checked={followers !== null}
        onChange={(event) =>
          set({ followers: event.currentTarget.checked ? { min: 1000, max: null, otherwise: 'review' } : null })
        }
      />
      {followers !== null && (
        <div className="two">
          <NumberInput
            label="At least"
            min={0}
            thousandSeparator=","
            value={followers.min ?? ''}
            error={errors['rules.followers.min']}
            onChange={(value) => set({ followers: { ...followers, min: typeof value === 'number' ? value : null } })}
          />
          <NumberInput
            label="At most"
            min={0}
            thousandSeparator=","
            value={followers.max ?? ''}
            error={errors['rules.followers.max']}
            onChange={(value) => set({ followers: { ...followers, max: typeof value === 'number' ? value : null } })}
          />
          <Otherwise
            value={followers.otherwise}
            onChange={(otherwise) => set({ followers: { ...followers, otherwise } })}
          />
        </div>
      )}
      <Checkbox
        label="18 or older, by their own statement"
        checked={adult !== null}
        onChange={(event) => set({ adult: event.currentTarget.checked ? { otherwise: 'reject' } : null })}
      />
    </div>
  );
}

function Otherwise({ value, onChange }: { value: Outcome; onChange: (value: Outcome) => void }) {
  return (
    <Select
      label="Others"
      data={[
        { value: 'reject', label: 'are turned down at once' },
        { value: 'review', label: 'are marked for a person' },
      ]}
      value={value}
      onChange={(given) => onChange(given === 'review' ? 'review' : 'reject')}
    />
  );
}
