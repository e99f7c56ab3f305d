import { Button, Checkbox, Radio, Select, TextInput } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import { AppError } from '#kernel/errors.ts';
import { type PublicPage, sendApplication, startApplication } from '#modules/portal/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { messageOf } from '#web/ui/form-errors.ts';
import { type Account, AccountFields, newAccount } from './account-fields.tsx';
import type { PageAddress } from './page-address.ts';
import { type Answer, QuestionField } from './question-field.tsx';
import { words } from './words.ts';

interface Props {
  page: PublicPage;
  at: PageAddress;
  onSent: (outcome: { state: 'received' | 'declined'; message: string }) => void;
}

interface Values {
  name: string;
  email: string;
  country: string | null;
  isAdult: boolean | null;
  hasConsented: boolean;
  companyFax: string;
}

const empty: Values = { name: '', email: '', country: null, isAdult: null, hasConsented: false, companyFax: '' };

export function ApplyForm({ page, at, onSent }: Props) {
  const [values, setValues] = useState(empty);
  const [accounts, setAccounts] = useState<Account[]>([newAccount(page.platforms)]);
  const [answers, setAnswers] = useState<Record<string, Answer>>({});
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<string | null>(null);
  const send = useApiMutation(sendApplication);
  const noteStart = useNoteStart(at);
  const set = (patch: Partial<Values>) => setValues((before) => ({ ...before, ...patch }));
  const onSubmit = async () => {
    setFailure(null);
    setErrors({});
    try {
      const profiles = accounts.map(({ platform, handle, followers }) => ({ platform, handle, followers }));
      const said = Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== ''));
      onSent(await send.mutateAsync({ ...at, ...values, profiles, answers: said }));
      window.scrollTo({ top: 0 });
    } catch (error) {
      const details = error instanceof AppError ? error.details : [];
      setErrors(
        Object.fromEntries(details.flatMap(({ field, message }) => (field === undefined ? [] : [[field, message]]))),
      );
      setFailure(messageOf(error));
    }
  };
  return (
    <form
      className="form"
      noValidate
      onFocus={noteStart}
      onSubmit={(event) => {
        event.preventDefault();
        void onSubmit();
      }}
    >
      {failure !== null && <FormAlert>{failure}</FormAlert>}
      <section className="ph-card form">
        <h2>{words.you}</h2>
        <About values={values} errors={errors} set={set} asksAdult={page.asksAdult} />
      </section>
      <section className="ph-card form">
        <h2>{words.accounts}</h2>
        <AccountFields platforms={page.platforms} accounts={accounts} errors={errors} onChange={setAccounts} />
      </section>
      {page.questions.length > 0 && (
        <section className="ph-card form">
          <h2>{words.questions}</h2>
          {page.questions.map((question) => (
            <QuestionField
              key={question.id}
              question={question}
              at={at}
              value={answers[question.id] ?? ''}
              error={errors[`answers.${question.id}`]}
              onChange={(value) => setAnswers((before) => ({ ...before, [question.id]: value }))}
            />
          ))}
        </section>
      )}
      <Checkbox
        size="sm"
        label={page.consent}
        error={errors.hasConsented}
        checked={values.hasConsented}
        onChange={(event) => set({ hasConsented: event.currentTarget.checked })}
      />
      <Button type="submit" variant="filled" fullWidth loading={send.isPending}>
        {words.send}
      </Button>
    </form>
  );
}

interface AboutProps {
  values: Values;
  errors: Record<string, string>;
  set: (patch: Partial<Values>) => void;
  asksAdult: boolean;
}

function About({ values, errors, set, asksAdult }: AboutProps) {
  const countries = useMemo(countryOptions, []);
  return (
    <>
      <TextInput
        label={words.name}
        autoComplete="name"
        required
        error={errors.name}
        value={values.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <TextInput
        label={words.email}
        type="email"
        autoComplete="email"
        required
        error={errors.email}
        value={values.email}
        onChange={(event) => set({ email: event.currentTarget.value })}
      />
      <Select
        label={words.country}
        data={countries}
        searchable
        clearable
        placeholder={words.countryNone}
        error={errors.country}
        value={values.country}
        onChange={(country) => set({ country })}
      />
      {asksAdult && (
        <Radio.Group
          label={words.adult}
          required
          error={errors.isAdult}
          value={values.isAdult === null ? '' : values.isAdult ? 'yes' : 'no'}
          onChange={(value) => set({ isAdult: value === 'yes' })}
        >
          <div className="row">
            <Radio value="yes" label={words.yes} />
            <Radio value="no" label={words.no} />
          </div>
        </Radio.Group>
      )}
      {/* Out of sight and reach of people; programs that fill in every field give themselves away. */}
      <div className="apply-trap" aria-hidden="true">
        <label>
          {words.leaveEmpty}
          <input
            type="text"
            tabIndex={-1}
            autoComplete="off"
            value={values.companyFax}
            onChange={(event) => set({ companyFax: event.currentTarget.value })}
          />
        </label>
      </div>
    </>
  );
}

/** Tells once that somebody began. */
function useNoteStart(at: PageAddress): () => void {
  const start = useApiMutation(startApplication);
  const isNoted = useRef(false);
  return () => {
    if (isNoted.current) return;
    isNoted.current = true;
    start.mutate(at);
  };
}

/** Two-letter codes with their names, as the browser knows them. */
function countryOptions(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const notCountries = new Set(['EU', 'EZ', 'UN', 'XA', 'XB', 'ZZ', 'QO', 'AC', 'CP', 'CQ', 'DG', 'EA', 'IC', 'TA']);
  const seen = new Set<string>();
  return letters
    .flatMap((a) => letters.map((b) => `${a}${b}`))
    .flatMap((value) => {
      const label = names.of(value);
      if (label === undefined || notCountries.has(value) || seen.has(label)) return [];
      seen.add(label);
      return [{ value, label }];
    })
    .sort((a, b) => a.label.localeCompare(b.label));
}
