import { Button, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type FormEvent, useState } from 'react';
import {
  type Contract,
  type ContractClause,
  previewContract,
  saveContract,
  type Terms,
} from '#modules/contracts/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { ContractText } from '#web/shell/contract-text.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { toFormErrors } from '#web/ui/form-errors.ts';
import { sayDone } from '#web/ui/say.ts';
import { ClausePicker } from './clause-picker.tsx';
import { PayFields } from './pay-fields.tsx';
import { RightsFields } from './rights-fields.tsx';
import { contractNouns } from './words.ts';
import { WorkFields } from './work-fields.tsx';

const previewAfterMs = 400;

/** Terms as fields, and beside them the text they make. Saving after an offer went out makes the next version. */
export function TermsEditor({ contract, onSaved }: { contract: Contract; onSaved: () => void }) {
  const current = contract.versions.find((one) => one.version === contract.version);
  if (current === undefined) return null;
  return <Form contract={contract} start={current} onSaved={onSaved} />;
}

function Form({
  contract,
  start,
  onSaved,
}: {
  contract: Contract;
  start: { terms: Terms; clauses: ContractClause[] };
  onSaved: () => void;
}) {
  const workspace = useWorkspace();
  const [title, setTitle] = useState(contract.title);
  const [terms, setTerms] = useState(start.terms);
  const [clauses, setClauses] = useState(start.clauses);
  const [note, setNote] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const save = useApiMutation(saveContract, { invalidate: contractNouns });
  const change = (part: Partial<Terms>) => setTerms((before) => ({ ...before, ...part }));
  const currency = terms.fee?.currency ?? start.terms.fee?.currency ?? workspace.currency;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setFailure(null);
    try {
      await save.mutateAsync({
        contractId: contract.id,
        basedOn: contract.version,
        seenAt: contract.updatedAt,
        title,
        terms,
        clauses,
        note: note.trim() === '' ? null : note.trim(),
      });
      sayDone(contract.state === 'draft' ? 'Draft saved' : 'Next version drafted');
      onSaved();
    } catch (error) {
      setFailure(toFormErrors(error, []).form);
    }
  };
  return (
    <form className="cols even ctr-form" onSubmit={(event) => void submit(event)}>
      <div className="stack">
        {failure !== null && <FormAlert>{failure}</FormAlert>}
        {contract.state === 'sent' && (
          <p className="ink-2">Saving takes the offer that is out back; the creator can no longer answer it.</p>
        )}
        <TextInput
          label="Title"
          required
          maxLength={160}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <WorkFields terms={terms} currency={currency} onChange={change} />
        <PayFields terms={terms} currency={currency} onChange={change} />
        <RightsFields terms={terms} currency={currency} onChange={change} />
        <ClausePicker clauses={clauses} onChange={setClauses} />
        <Textarea
          label="A note on what changed"
          description="Both sides read it"
          autosize
          minRows={2}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <div className="row">
          <Button type="submit" variant="filled" loading={save.isPending}>
            {contract.state === 'draft' ? 'Save the draft' : 'Save as the next version'}
          </Button>
          <Button variant="subtle" color="gray" onClick={onSaved}>
            Leave it
          </Button>
        </div>
      </div>
      <Preview contract={contract} title={title} terms={terms} clauses={clauses} />
    </form>
  );
}

function Preview({
  contract,
  title,
  terms,
  clauses,
}: {
  contract: Contract;
  title: string;
  terms: Terms;
  clauses: readonly ContractClause[];
}) {
  const [asked] = useDebouncedValue(
    { title: title === '' ? 'Agreement' : title, terms, clauses: [...clauses] },
    previewAfterMs,
  );
  const preview = useApiQuery(
    previewContract,
    { ...asked, personName: contract.person.name, jurisdiction: contract.jurisdiction },
    { keepPrevious: true, retry: false },
  );
  const gaps = preview.data?.gaps ?? [];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by itself, so the keyboard has to reach it
    <article className="ctr-paper ctr-preview" aria-label="Text that the terms make" tabIndex={0}>
      {preview.error !== null && <FormAlert>{toFormErrors(preview.error, []).form}</FormAlert>}
      {gaps.length > 0 && <FormAlert>Still to fill in before it can be sent: {gaps.join('; ')}.</FormAlert>}
      <ContractText sections={preview.data?.sections ?? contract.sections} />
    </article>
  );
}
