import { Button, Checkbox, Switch, Textarea, TextInput } from '@mantine/core';
import { getOutreachSettings, type OutreachSettings, saveOutreachSettings } from '#modules/outreach/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** When mails of sequences go out, and what must stand below them. */
export function SendingSection() {
  const query = useApiQuery(getOutreachSettings, {});
  return (
    <Section title="Sending" note={query.data ? `clocks of ${query.data.timeZone}` : undefined}>
      <QueryState query={query}>{(settings) => <SendingForm settings={settings} />}</QueryState>
    </Section>
  );
}

function SendingForm({ settings }: { settings: OutreachSettings }) {
  const canWrite = useCan('outreach:write');
  const save = useApiMutation(saveOutreachSettings, { invalidate: ['outreachSettings', 'mailings'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: {
      postalAddress: settings.postalAddress ?? '',
      pitch: settings.pitch,
      weekdays: settings.weekdays.map(String),
      opens: toClock(settings.opensMinute),
      closes: toClock(settings.closesMinute),
      tracksOpens: settings.tracksOpens,
    },
    send: async (values) => {
      await save.mutateAsync({
        postalAddress: values.postalAddress.trim() === '' ? null : values.postalAddress,
        pitch: values.pitch,
        weekdays: values.weekdays.map(Number),
        opensMinute: toMinute(values.opens),
        closesMinute: toMinute(values.closes),
        tracksOpens: values.tracksOpens,
      });
      sayDone('Saved');
    },
  });
  return (
    <form className="form out-form" onSubmit={onSubmit} noValidate>
      {failure && <FormAlert>{failure}</FormAlert>}
      <Textarea
        label="Your postal address"
        description="Stands below each mail of a sequence; the law asks for it (CAN-SPAM). Without it none is sent."
        autosize
        minRows={2}
        readOnly={!canWrite}
        {...form.getInputProps('postalAddress')}
      />
      <Textarea
        label="The brand in a sentence or two"
        description="For {{pitch}}, and to find the post a proposed draft speaks of."
        autosize
        minRows={2}
        readOnly={!canWrite}
        {...form.getInputProps('pitch')}
      />
      <Checkbox.Group label="Mails go out on" {...form.getInputProps('weekdays')}>
        <div className="out-days">
          {days.map((day, at) => (
            <Checkbox key={day} value={String(at + 1)} label={day} disabled={!canWrite} />
          ))}
        </div>
      </Checkbox.Group>
      <div className="out-two">
        <TextInput type="time" label="From" readOnly={!canWrite} {...form.getInputProps('opens')} />
        <TextInput type="time" label="Until" readOnly={!canWrite} {...form.getInputProps('closes')} />
      </div>
      <Switch
        label="Ask mails of sequences whether they were opened"
        description="A picture in the mail tells when it is loaded. Many programs load pictures by themselves and others never do, so the figure is an upper bound at best; some countries ask for consent first."
        disabled={!canWrite}
        {...form.getInputProps('tracksOpens', { type: 'checkbox' })}
      />
      {canWrite && (
        <div className="acts">
          <Button type="submit" variant="filled" loading={isBusy}>
            Save
          </Button>
        </div>
      )}
    </form>
  );
}

function toClock(minute: number): string {
  const at = Math.min(minute, 1439);
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
}

function toMinute(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  const at = hour * 60 + minute;
  return at === 1439 ? 1440 : at;
}
