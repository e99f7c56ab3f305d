import { Button, Checkbox, TextInput } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { useState } from 'react';
import {
  type BusinessCalendar,
  getBusinessCalendar,
  proposeHolidays,
  putBusinessCalendar,
} from '#modules/submissions/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useClient } from '#web/api/use-client.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { formatPlural } from '#web/ui/format-number.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import './submissions.css';

/** The days nobody works: they do not count where silence approves a draft. */
export function WorkingDaysPage() {
  const query = useApiQuery(getBusinessCalendar, {});
  return <QueryState query={query}>{(calendar) => <Calendar saved={calendar} />}</QueryState>;
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function Calendar({ saved }: { saved: BusinessCalendar }) {
  const mayWrite = useCan('content:write');
  const [calendar, setCalendar] = useState(saved);
  const save = useApiMutation(putBusinessCalendar, {
    invalidate: ['businessCalendar'],
    onSuccess: () => sayDone('Saved'),
    onError: (error) => sayFailed('Not saved', error),
  });
  const off = calendar.weekdaysOff.map(String);
  return (
    <div className="stack sub-mid">
      <Section title="Days off each week" note="do not count where silence approves a draft">
        <Checkbox.Group
          aria-label="Days off each week"
          value={off}
          onChange={(days) => setCalendar({ ...calendar, weekdaysOff: days.map(Number) })}
        >
          <div className="sub-weekdays">
            {weekdays.map((name, at) => (
              <Checkbox key={name} value={String(at + 1)} label={name} disabled={!mayWrite} />
            ))}
          </div>
        </Checkbox.Group>
      </Section>
      <Holidays calendar={calendar} onChange={setCalendar} mayWrite={mayWrite} />
      {mayWrite && (
        <div>
          <Button
            variant="filled"
            loading={save.isPending}
            disabled={off.length > 6}
            onClick={() => save.mutate(calendar)}
          >
            Save working days
          </Button>
        </div>
      )}
    </div>
  );
}

interface Props {
  calendar: BusinessCalendar;
  onChange: (calendar: BusinessCalendar) => void;
  mayWrite: boolean;
}

function Holidays({ calendar, onChange, mayWrite }: Props) {
  const { holidays } = calendar;
  const remove = (day: string) => onChange({ ...calendar, holidays: holidays.filter((one) => one.day !== day) });
  const add = (more: BusinessCalendar['holidays']) => {
    const days = new Map([...holidays, ...more].map((one) => [one.day, one]));
    onChange({ ...calendar, holidays: [...days.values()].toSorted((a, b) => (a.day < b.day ? -1 : 1)) });
  };
  return (
    <Section title="Single days off" note={holidays.length === 0 ? 'none yet' : formatPlural(holidays.length, 'day')}>
      {mayWrite && <AddDays onAdd={add} />}
      {holidays.length > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col">Name</th>
              <th scope="col">
                <span className="vh">Take out</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {holidays.map((one) => (
              <tr key={one.day}>
                <td className="num">{one.day}</td>
                <td>{one.name}</td>
                <td>
                  {mayWrite && (
                    <Button
                      size="compact-md"
                      variant="subtle"
                      color="gray"
                      aria-label={`Take out ${one.day}`}
                      onClick={() => remove(one.day)}
                    >
                      Take out
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

function AddDays({ onAdd }: { onAdd: (days: BusinessCalendar['holidays']) => void }) {
  const client = useClient();
  const [country, setCountry] = useState('');
  const [day, setDay] = useState<string | null>(null);
  const [name, setName] = useState('');
  const propose = () =>
    void client
      .call(proposeHolidays, { country: country.toUpperCase() })
      .then((days) => {
        onAdd(days);
        sayDone(`${formatPlural(days.length, 'public holiday')} added; take out what you work on, then save`);
      })
      .catch((error) => sayFailed('No proposal', error));
  return (
    <div className="row">
      <TextInput
        label="Country"
        placeholder="IE"
        w={90}
        maxLength={2}
        value={country}
        onChange={(event) => setCountry(event.currentTarget.value)}
      />
      <Button className="sub-end" disabled={country.length !== 2} onClick={propose}>
        Add its public holidays
      </Button>
      <DatePickerInput label="A day" w={170} value={day} onChange={setDay} clearable />
      <TextInput label="Called" value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={120} />
      <Button
        className="sub-end"
        disabled={day === null || name.trim() === ''}
        onClick={() => {
          if (day !== null) onAdd([{ day, name: name.trim() }]);
          setName('');
          setDay(null);
        }}
      >
        Add the day
      </Button>
    </div>
  );
}
