import { Button, Checkbox, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  askDeletion,
  downloadPortalData,
  getPortalData,
  type PortalData,
  takeBackDeletion,
} from '#modules/portal/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useDownload } from '#web/api/use-download.ts';
import { PortalLink } from '#web/portal/shell/portal-link.tsx';
import { useBrand, useIsPreview, usePortalSession } from '#web/portal/shell/portal-session.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatDate } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { words } from './words.ts';

const said = words.data;

/** Everything that is kept of the creator: to see, to take along, to have deleted. */
export function DataPage() {
  const data = useApiQuery(getPortalData, {});
  return (
    <>
      <h1>{said.title}</h1>
      <QueryState query={data}>{(answer) => <Full data={answer} />}</QueryState>
    </>
  );
}

function Full({ data }: { data: PortalData }) {
  const { account } = usePortalSession();
  const isPreview = useIsPreview();
  const download = useDownload(downloadPortalData);
  const [isAsking, dialog] = useDisclosure(false);
  const mayAct = account !== null && !isPreview;
  const start = () => download.start({}, 'my-data.zip').catch((error: unknown) => sayFailed('Not downloaded', error));
  return (
    <>
      <section className="ph-card">
        <Button variant="filled" fullWidth disabled={!mayAct} loading={download.isRunning} onClick={() => void start()}>
          {said.download}
        </Button>
        <p className="meta">{said.downloadNote}</p>
        {!mayAct && (
          <p className="meta">
            {said.needsAccount} <PortalLink to="/me/account">{words.account.confirmTitle}</PortalLink>
          </p>
        )}
      </section>
      <section>
        <header>
          <h2>{said.kept}</h2>
        </header>
        <dl className="ph-card ph-facts">
          {data.kept.map((one) => (
            <div key={one.what}>
              <dt>{one.what}</dt>
              <dd className="num">{said.rows(one.rows)}</dd>
            </div>
          ))}
        </dl>
      </section>
      {data.deletion === null ? (
        <Button fullWidth disabled={!mayAct} onClick={dialog.open}>
          {said.delete}
        </Button>
      ) : (
        <Waiting askedAt={data.deletion.askedAt} mayAct={mayAct} />
      )}
      <DeletionDialog data={data} isOpen={isAsking} onClose={dialog.close} />
    </>
  );
}

function Waiting({ askedAt, mayAct }: { askedAt: string; mayAct: boolean }) {
  const { timeZone } = useBrand();
  const takeBack = useApiMutation(takeBackDeletion, {
    invalidate: ['portalData'],
    onSuccess: () => sayDone(said.takenBack),
    onError: (error) => sayFailed('Not taken back', error),
  });
  return (
    <section className="ph-card">
      <p>{said.asked(formatDate(askedAt, timeZone))}</p>
      <Button disabled={!mayAct} loading={takeBack.isPending} onClick={() => takeBack.mutate({})}>
        {said.takeBack}
      </Button>
    </section>
  );
}

function DeletionDialog({ data, isOpen, onClose }: { data: PortalData; isOpen: boolean; onClose: () => void }) {
  const ask = useApiMutation(askDeletion, { invalidate: ['portalData'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { reason: '', isObjection: false },
    send: async (values) => {
      await ask.mutateAsync(values);
      sayDone(said.done);
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen={isOpen}
      onClose={onClose}
      title={said.deleteTitle}
      submitLabel={said.ask}
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <p>{said.deleteText}</p>
      <ul className="ph-stays">
        {data.stays.map((one) => (
          <li key={one.what}>
            {one.what}: <span className="ink-2">{one.why}</span>
          </li>
        ))}
      </ul>
      <Textarea label={said.reason} maxLength={2000} {...form.getInputProps('reason')} />
      <Checkbox label={said.never} {...form.getInputProps('isObjection', { type: 'checkbox' })} />
    </FormDialog>
  );
}
