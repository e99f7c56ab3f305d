import { Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { type Platform, platformNames, platformSchema } from '#kernel/platform.ts';
import {
  captionMax,
  type DisclosureInput,
  type DisclosurePack,
  type DisclosureSettings,
  type Relation,
  relationSchema,
} from '#modules/disclosure/api.ts';
import { DisclosureMarks, useDisclosure } from '#web/shell/disclosure-marks.tsx';
import { Section } from '#web/ui/section.tsx';
import { countryName } from './country-name.ts';

const relations: Record<Relation, string> = {
  paid: 'Paid for',
  gifted: 'The product was a gift',
  affiliate: 'Earns a commission',
  employed: 'Works for the brand',
  none: 'No deal',
  unknown: 'Not known',
};

/** A caption checked while it is typed; it never leaves the browser. */
export function TryCaption({ saved, packs }: { saved: DisclosureSettings; packs: DisclosurePack[] }) {
  const [caption, setCaption] = useState('');
  const [platform, setPlatform] = useState<Platform>('instagram');
  const [relation, setRelation] = useState<Relation>('paid');
  const [country, setCountry] = useState(saved.countries[0] ?? 'US');
  const input: DisclosureInput = {
    caption,
    platform,
    country,
    media: { kind: 'image' },
    relation,
    platformLabel: null,
    strictness: saved.strictness,
    wording: saved.wording,
  };
  const verdict = useDisclosure(input);
  const countries = packs.flatMap((pack) => pack.countries).map((code) => ({ value: code, label: countryName(code) }));
  return (
    <Section title="Try a caption" note="checked as you type, here in the browser">
      <div className="stack">
        <Textarea
          label="Caption"
          autosize
          minRows={3}
          maxLength={captionMax}
          value={caption}
          onChange={(event) => setCaption(event.currentTarget.value)}
        />
        <div className="row dc-wrap">
          <Select
            label="Rules of"
            data={countries}
            value={country}
            searchable
            allowDeselect={false}
            onChange={(next) => setCountry(next ?? 'US')}
          />
          <Select
            label="Platform"
            data={platformSchema.options.map((value) => ({ value, label: platformNames[value] }))}
            value={platform}
            allowDeselect={false}
            onChange={(next) => setPlatform(platformSchema.parse(next))}
          />
          <Select
            label="Deal"
            data={relationSchema.options.map((value) => ({ value, label: relations[value] }))}
            value={relation}
            allowDeselect={false}
            onChange={(next) => setRelation(relationSchema.parse(next))}
          />
        </div>
        {caption.trim() === '' ? (
          <p className="meta">Type or paste a caption to see what readers would learn from it.</p>
        ) : (
          <DisclosureMarks caption={caption} verdict={verdict} onRepair={setCaption} />
        )}
      </div>
    </Section>
  );
}
