import { Button, MultiSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import {
  type DisclosurePack,
  type DisclosureSettings,
  getDisclosureSettings,
  listDisclosurePacks,
  putDisclosureSettings,
} from '#modules/disclosure/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatWhen } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Segments } from '#web/ui/segments.tsx';
import { countryName } from './country-name.ts';
import { PackList } from './pack-list.tsx';
import { TryCaption } from './try-caption.tsx';

/** Whose rules on disclosure the workspace goes by, a place to try them, and the packs with their sources. */
export function PacksPage() {
  const settings = useApiQuery(getDisclosureSettings, {});
  const packs = useApiQuery(listDisclosurePacks, {});
  return (
    <div className="stack">
      <QueryState query={settings}>
        {(saved) => (
          <QueryState query={packs}>
            {(answer) => (
              <>
                <SettingsForm key={saved.version} saved={saved} packs={answer.packs} />
                <TryCaption saved={saved} packs={answer.packs} />
                <PackList packs={answer.packs} chosen={saved.countries} />
              </>
            )}
          </QueryState>
        )}
      </QueryState>
    </div>
  );
}

function SettingsForm({ saved, packs }: { saved: DisclosureSettings; packs: DisclosurePack[] }) {
  const mayEdit = useCan('campaigns:write');
  const [countries, setCountries] = useState(saved.countries);
  const [strictness, setStrictness] = useState(saved.strictness);
  const [wording, setWording] = useState(saved.wording);
  const save = useApiMutation(putDisclosureSettings, {
    invalidate: ['disclosure'],
    onSuccess: () => sayDone('Saved: captions are checked by these rules from now on'),
  });
  const known = packs.flatMap((pack) => pack.countries).map((code) => ({ value: code, label: countryName(code) }));
  const inUse = packs.filter((pack) => pack.countries.some((country) => countries.includes(country)));
  const languages = [...new Set((inUse.length === 0 ? packs.slice(0, 1) : inUse).flatMap((pack) => pack.languages))];
  const isChanged = JSON.stringify({ countries, strictness, wording }) !== JSON.stringify(draftOf(saved));
  const wordingOf = (language: string) => packs.map((pack) => pack.wording[language]).find((one) => one !== undefined);
  return (
    <Section
      title="Rules of this workspace"
      note={
        saved.updatedAt === null
          ? 'the rules of the United States until you choose'
          : `saved ${formatWhen(saved.updatedAt)} by ${saved.updatedBy}`
      }
    >
      <div className="stack">
        {save.error !== null && <FormAlert>{save.error.message}</FormAlert>}
        <MultiSelect
          label="Countries you advertise in"
          description="The first one is checked by where a campaign names none."
          data={known.sort((a, b) => a.label.localeCompare(b.label))}
          value={countries}
          onChange={setCountries}
          searchable
          clearable
          disabled={!mayEdit}
          placeholder={countries.length === 0 ? 'United States' : undefined}
        />
        <div>
          <Segments
            label="How strictly"
            value={strictness}
            onChange={setStrictness}
            options={[
              { value: 'standard', label: 'As the rules say' },
              { value: 'strict', label: 'Strict: warnings fail too' },
            ]}
          />
        </div>
        {languages.map((language) => (
          <TextInput
            key={language}
            label={`Label a repair writes in ${languageName(language)}`}
            placeholder={wordingOf(language) ?? 'Ad'}
            value={wording[language] ?? ''}
            onChange={(event) => setWording({ ...wording, [language]: event.currentTarget.value })}
            error={save.error?.details.find((detail) => detail.field === `wording.${language}`)?.message}
            disabled={!mayEdit}
          />
        ))}
        {mayEdit && (
          <div>
            <Button
              variant="filled"
              disabled={!isChanged}
              loading={save.isPending}
              onClick={() => save.mutate({ countries, strictness, wording })}
            >
              Save rules
            </Button>
          </div>
        )}
      </div>
    </Section>
  );
}

const draftOf = ({ countries, strictness, wording }: DisclosureSettings) => ({ countries, strictness, wording });
const languageNames = new Intl.DisplayNames('en', { type: 'language' });
const languageName = (code: string) => languageNames.of(code) ?? code;
