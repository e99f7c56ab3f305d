import { Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import {
  checkLinkDomain,
  createLinkDomain,
  type LinkDomain,
  listLinkDomains,
  removeLinkDomain,
} from '#modules/tracking/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { CopyField } from '#web/ui/copy-field.tsx';
import { FormDialog } from '#web/ui/form-dialog.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatWhen } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';
import { Section } from '#web/ui/section.tsx';
import { Status } from '#web/ui/status.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';
import { trackingNouns } from './words.ts';

/** Hosts of the workspace's own for short links. */
export function DomainsSection() {
  const query = useApiQuery(listLinkDomains, {});
  const canWrite = useCan('tracking:write');
  const [isAdding, setAdding] = useState(false);
  return (
    <Section
      title="Hosts"
      note="links on a host below the shop's domain set a cookie that the shop's server can read"
      end={canWrite && <Button onClick={() => setAdding(true)}>Add a host</Button>}
    >
      <QueryState query={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="meta">
              Links live on this installation's own host. Add one such as go.shop.example to make them yours.
            </p>
          ) : (
            <ul className="trk-hosts">
              {rows.map((domain) => (
                <DomainRow key={domain.id} domain={domain} canWrite={canWrite} />
              ))}
            </ul>
          )
        }
      </QueryState>
      {isAdding && <DomainDialog onClose={() => setAdding(false)} />}
    </Section>
  );
}

function DomainRow({ domain, canWrite }: { domain: LinkDomain; canWrite: boolean }) {
  const check = useApiMutation(checkLinkDomain, {
    invalidate: trackingNouns,
    onError: (error) => sayFailed('Not checked', error),
  });
  const remove = useApiMutation(removeLinkDomain, {
    invalidate: trackingNouns,
    onError: (error) => sayFailed('Not removed', error),
  });
  return (
    <li>
      <div className="row">
        <b>{domain.hostShown}</b>
        <Status tone={domain.state === 'live' ? 'good' : 'warn'}>
          {domain.state === 'live' ? 'serves links' : 'waits for its DNS'}
        </Status>
        <span className="meta">
          {formatPlural(domain.links, 'link')}
          {domain.cookieDomain !== null && `, cookie for ${domain.cookieDomain}`}
          {domain.isCaseSensitive && ', capitals count'}
          {domain.rootUrl !== null && `, front page leads to ${domain.rootUrl}`}
        </span>
        {canWrite && (
          <span className="row trk-end">
            <Button loading={check.isPending} onClick={() => check.mutate({ domainId: domain.id })}>
              Look at the DNS
            </Button>
            {domain.links === 0 && (
              <Button variant="subtle" color="gray" onClick={() => remove.mutate({ domainId: domain.id })}>
                Remove
              </Button>
            )}
          </span>
        )}
      </div>
      {domain.state === 'waiting' && (
        <>
          {domain.problem !== null && domain.checkedAt !== null && (
            <p role="status">
              {domain.problem} <span className="meta">Looked {formatWhen(domain.checkedAt)}.</span>
            </p>
          )}
          <p className="meta">
            Set the first of these records at whoever keeps your DNS, and the second where that is no CNAME.
          </p>
          {domain.records.map((record) => (
            <div key={record.type} className="trk-record">
              <span className="meta">{record.type}</span>
              <CopyField label={`name of the ${record.type} record`} value={record.name} />
              <CopyField label={`value of the ${record.type} record`} value={record.value} />
              <span className="meta">{record.why}</span>
            </div>
          ))}
        </>
      )}
    </li>
  );
}

function DomainDialog({ onClose }: { onClose: () => void }) {
  const create = useApiMutation(createLinkDomain, { invalidate: trackingNouns });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { host: '', cookieDomain: '', rootUrl: '', isCaseSensitive: false },
    send: async (values) => {
      const made = await create.mutateAsync({
        host: values.host,
        cookieDomain: values.cookieDomain.trim() === '' ? null : values.cookieDomain,
        rootUrl: values.rootUrl.trim() === '' ? null : values.rootUrl,
        isCaseSensitive: values.isCaseSensitive,
      });
      sayDone(`${made.hostShown} waits for its DNS`);
      onClose();
    },
  });
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Add a host"
      submitLabel="Add host"
      onSubmit={onSubmit}
      isBusy={isBusy}
      failure={failure}
    >
      <TextInput label="Host" placeholder="go.shop.example" required {...form.getInputProps('host')} />
      <TextInput
        label="Cookie reaches"
        description="The shop's own domain above the host, so that its server reads the click's cookie. The host alone when left empty."
        placeholder="shop.example"
        {...form.getInputProps('cookieDomain')}
      />
      <TextInput
        label="The bare host leads to"
        placeholder="https://shop.example/"
        {...form.getInputProps('rootUrl')}
      />
      <Checkbox
        label="Capitals count: Nell and nell are two links"
        description="Settled before the first link lives on the host"
        {...form.getInputProps('isCaseSensitive', { type: 'checkbox' })}
      />
    </FormDialog>
  );
}
