import { Button, TextInput } from '@mantine/core';
import {
  type ArchiveImport,
  type ArchiveMember,
  cancelArchiveImport,
  removeArchiveImport,
  startArchiveImport,
} from '#modules/archives/api.ts';
import { useRefreshSession } from '#web/api/session.tsx';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatCount, formatPlural } from '#web/ui/format-number.ts';
import { formatDateTime } from '#web/ui/format-when.ts';
import { ProgressBar } from '#web/ui/progress-bar.tsx';
import { sayFailed } from '#web/ui/say.ts';
import { Status } from '#web/ui/status.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { ContentParts } from './content-parts.tsx';
import { importWords, percentOf, sizeOf } from './words.ts';

const invalidate = ['archive-imports'];

/** One archive that came in: what it holds, the form that makes a workspace of it, how far it is, what came of it. */
export function ImportItem({ run, isBusy }: { run: ArchiveImport; isBusy: boolean }) {
  const { timeZone } = useWorkspace();
  const onError = (error: unknown) => sayFailed('That did not work', error);
  const cancel = useApiMutation(cancelArchiveImport, { invalidate, onError });
  const remove = useApiMutation(removeArchiveImport, { invalidate, onError });
  const { id, state, content, result } = run;
  const isOpen = state === 'uploaded' || state === 'failed' || state === 'cancelled';
  return (
    <li>
      <div className="archives-row">
        <div className="archives-what">
          <b>{result?.workspace.name ?? content.workspace.name}</b>
          <span className="meta">
            as of {formatDateTime(content.asOf, timeZone)}, {sizeOf(content, run.bytes)}, from {run.fileName}
          </span>
        </div>
        <Status tone={importWords[state].tone}>{importWords[state].label}</Status>
        {state !== 'running' && (
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            aria-label={`Remove the uploaded ${run.fileName}`}
            onClick={() => remove.mutate({ archiveImportId: id })}
          >
            {state === 'done' ? 'Clear' : 'Remove'}
          </Button>
        )}
      </div>
      {state === 'running' && (
        <ProgressBar
          label={run.step}
          percent={percentOf(run)}
          onCancel={() => cancel.mutate({ archiveImportId: id })}
        />
      )}
      {run.error !== null && <FormAlert>{run.error}</FormAlert>}
      {isOpen && <TakeInForm run={run} isBusy={isBusy} />}
      {isOpen && <ContentParts content={content} />}
      {result !== null && <Result result={result} />}
    </li>
  );
}

function TakeInForm({ run, isBusy }: { run: ArchiveImport; isBusy: boolean }) {
  const start = useApiMutation(startArchiveImport, { invalidate });
  const {
    form,
    onSubmit,
    isBusy: isSending,
    failure,
  } = useApiForm({
    initialValues: { name: run.content.workspace.name, slug: run.suggestedSlug },
    send: (values) => start.mutateAsync({ archiveImportId: run.id, ...values }),
  });
  return (
    <form className="archives-form" onSubmit={onSubmit} noValidate>
      {failure && <FormAlert>{failure}</FormAlert>}
      <TextInput label="Name of the new workspace" required {...form.getInputProps('name')} />
      <TextInput
        label="Address"
        description={
          run.suggestedSlug === run.content.workspace.slug
            ? 'As it was'
            : `It was ${run.content.workspace.slug}, which is taken here`
        }
        leftSection={<span className="meta">/app/</span>}
        leftSectionWidth={48}
        required
        {...form.getInputProps('slug')}
      />
      <Members members={run.members} />
      <div>
        <Button type="submit" variant="filled" loading={isSending} disabled={isBusy}>
          Make the workspace
        </Button>
      </div>
    </form>
  );
}

/** Who of the members is known here, by e-mail. */
function Members({ members }: { members: readonly ArchiveMember[] }) {
  if (members.length === 0) return null;
  const known = members.filter((member) => member.isKnown);
  const others = members.filter((member) => !member.isKnown);
  const names = (of: readonly ArchiveMember[]) => of.map(({ email, role }) => `${email} (${role})`).join(', ');
  return (
    <p className="meta">
      {known.length > 0 && `Let in with their roles: ${names(known)}. `}
      {others.length > 0 && `Not known here, to be invited: ${names(others)}.`}
    </p>
  );
}

function Result({ result }: { result: NonNullable<ArchiveImport['result']> }) {
  const refresh = useRefreshSession();
  const open = async () => {
    await refresh();
    window.location.assign(`/app/${result.workspace.slug}`);
  };
  return (
    <>
      <p>
        {formatCount(result.rows)} rows and {formatPlural(result.files, 'file')} are here.
        {result.doNotContact > 0 &&
          ` ${formatPlural(result.doNotContact, 'entry', 'entries')} joined the do-not-contact list.`}
      </p>
      {result.toDo.length > 0 && (
        <ul className="archives-todo" aria-label="What is left to do">
          {result.toDo.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {result.renamedLinks.length > 0 && (
        <details>
          <summary>Links with another ending</summary>
          <p className="meta">{result.renamedLinks.map(({ from, to }) => `/${from} is now /${to}`).join(', ')}</p>
        </details>
      )}
      <div>
        <Button size="xs" onClick={() => void open()}>
          Open {result.workspace.name}
        </Button>
      </div>
    </>
  );
}
