import { Button, NumberInput, Select, Switch, TagsInput, TextInput } from '@mantine/core';
import { getTrackingSettings, type TrackingSettings, updateTrackingSettings } from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { trackingNouns } from './words.ts';

/** What counts as a click, when a cookie is set, and where links may lead. */
export function ClickSettingsSection() {
  const query = useApiQuery(getTrackingSettings, {});
  return (
    <Section title="Clicks" note="every hit is kept; these say which ones count">
      <QueryState query={query}>{(settings) => <SettingsForm settings={settings} />}</QueryState>
    </Section>
  );
}

function SettingsForm({ settings }: { settings: TrackingSettings }) {
  const canWrite = useCan('tracking:write');
  const update = useApiMutation(updateTrackingSettings, { invalidate: trackingNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { ...settings, consentCookie: settings.consentCookie ?? '' },
    send: async (values) => {
      await update.mutateAsync({ ...values, consentCookie: values.consentCookie === '' ? null : values.consentCookie });
      sayDone('Saved. Links follow within a second.');
    },
  });
  return (
    <form className="form trk-settings" onSubmit={onSubmit} noValidate>
      {failure !== null && <FormAlert>{failure}</FormAlert>}
      <fieldset disabled={!canWrite} className="trk-set">
        <div className="trk-two">
          <Select
            label="Click cookie"
            description="Set by the redirect itself, out of reach of scripts. Without it a visitor is known for one day by a salted hash, and orders find their creator by the id in the address."
            allowDeselect={false}
            data={[
              { value: 'always', label: 'Unless the browser asks for privacy' },
              { value: 'consent', label: 'Only with consent' },
              { value: 'never', label: 'Never' },
            ]}
            {...form.getInputProps('cookies')}
          />
          <NumberInput
            label="Cookie lives, days"
            description="Browsers may end it earlier."
            min={1}
            max={400}
            {...form.getInputProps('cookieDays')}
          />
          <TextInput
            label="Cookie that tells of consent"
            description="Its name, or name=part of its value. Seen on hosts below the shop's domain."
            placeholder="cmp=marketing"
            {...form.getInputProps('consentCookie')}
          />
          <NumberInput
            label="Clicks of one address on one link within a minute"
            description="What goes beyond is kept and not counted."
            min={1}
            max={100_000}
            {...form.getInputProps('velocityMax')}
          />
          <TagsInput
            label="Hosts links may lead to"
            description="With everything below them; all when empty."
            placeholder="shop.example"
            {...form.getInputProps('destinationHosts')}
          />
          <TagsInput
            label="Referring hosts that do not count"
            description="Beside those known by what their names offer."
            placeholder="spam.example"
            {...form.getInputProps('spamHosts')}
          />
        </div>
        <Switch
          label="Do not count visits from data centres"
          description="By address blocks that are not checked against their owners’ announcements. Such clicks keep their id, so an order still finds its creator."
          {...form.getInputProps('dropsDatacentres', { type: 'checkbox' })}
        />
      </fieldset>
      {canWrite && (
        <div className="acts">
          <Button type="submit" variant="filled" loading={isBusy} disabled={!form.isDirty()}>
            Save
          </Button>
        </div>
      )}
    </form>
  );
}
