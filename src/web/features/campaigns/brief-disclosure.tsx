import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { type CampaignModel, proposeDisclosure } from '#modules/campaigns/api.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';

// Countries whose rules ship with the program; for others the answer says that there are none.
const countries = ['US', 'GB', 'IE', 'DE', 'FR', 'IT', 'ES', 'NL', 'PL', 'AT', 'BE', 'SE', 'DK', 'CA', 'AU', 'IN'];
const names = new Intl.DisplayNames('en', { type: 'region' });

interface Props {
  model: CampaignModel;
  onTake: (text: string) => void;
}

/** Proposes how advertising is labelled, by the rules of the country where the readers are. */
export function DisclosureProposal({ model, onTake }: Props) {
  const [country, setCountry] = useState<string | null>(null);
  const { data } = useApiQuery(proposeDisclosure, { country: country ?? 'US', model }, { enabled: country !== null });
  return (
    <div className="camp-propose">
      <Select
        label="Wording by the rules of"
        placeholder="Choose a country"
        searchable
        data={countries.map((code) => ({ value: code, label: names.of(code) ?? code }))}
        value={country}
        onChange={setCountry}
      />
      {country !== null && data !== undefined && (
        <div className="camp-proposed-text" role="status">
          {data.text !== null && <p>{data.text}</p>}
          <p className="meta">{data.note}</p>
          {data.source !== null && <p className="meta">{data.source}</p>}
          {data.text !== null && (
            <Button style={{ justifySelf: 'start' }} onClick={() => onTake(data.text ?? '')}>
              Use this wording
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
