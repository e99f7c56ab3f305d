import { Button, Checkbox, Modal, NumberInput, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { listReportShares, revokeReportShare, shareReport, type VettingShare } from '#modules/vetting/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { CopyField } from '#web/ui/copy-field.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone, sayFailed } from '#web/ui/say.ts';

interface Props {
  wanted: { personId: string; profileId?: string };
  name: string;
  onClose: () => void;
}

/** Links by which somebody outside reads the report, the creator among them: make one, see which stand, end one. */
export function ShareReportDialog({ wanted, name, onClose }: Props) {
  const [link, setLink] = useState<string | null>(null);
  return (
    <Modal opened onClose={onClose} title={`Share the report on ${name}`} size={560}>
      <div className="stack">
        {link === null ? (
          <NewLink wanted={wanted} onMade={setLink} />
        ) : (
          <>
            <CopyField label="Link" value={link} />
            <p className="meta">Copy it now: it is not kept here and cannot be shown again.</p>
            <div>
              <Button onClick={() => setLink(null)}>Make another link</Button>
            </div>
          </>
        )}
        <Links personId={wanted.personId} />
      </div>
    </Modal>
  );
}

function NewLink({ wanted, onMade }: { wanted: Props['wanted']; onMade: (link: string) => void }) {
  const [name, setName] = useState('');
  const [days, setDays] = useState<number | string>(30);
  const [passphrase, setPassphrase] = useState('');
  const [canAppeal, setAppeal] = useState(false);
  const [showsBrand, setBrand] = useState(false);
  const make = useApiMutation(shareReport, { invalidate: ['vettingShares'], onSuccess: (made) => onMade(made.link) });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const words = passphrase === '' ? {} : { passphrase };
    make.mutate({ ...wanted, name, canAppeal, showsBrand, days: Number(days), ...words });
  };
  return (
    <form className="stack" onSubmit={onSubmit}>
      {make.error !== null && <FormAlert>{make.error.message}</FormAlert>}
      <p className="meta">They see the report as it is now, never your verdicts, notes and lists.</p>
      <TextInput
        label="Whom it is for"
        required
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={120}
        data-autofocus
      />
      <div className="row row-3">
        <NumberInput
          className="grow"
          label="Ends after days"
          value={days}
          onChange={setDays}
          min={1}
          max={365}
          allowDecimal={false}
        />
        <PasswordInput
          className="grow"
          label="Passphrase, if any"
          autoComplete="new-password"
          minLength={6}
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
      </div>
      <Checkbox
        label="They can object"
        description="For the creator: statements to each point come to you, and your answers are read by the same link"
        checked={canAppeal}
        onChange={(event) => setAppeal(event.currentTarget.checked)}
      />
      <Checkbox
        label="Show what rests on your brand profile"
        description="Keywords found, no-go words and competitors; left out otherwise"
        checked={showsBrand}
        onChange={(event) => setBrand(event.currentTarget.checked)}
      />
      <div>
        <Button type="submit" variant="filled" loading={make.isPending} disabled={name.trim() === ''}>
          Make the link
        </Button>
      </div>
    </form>
  );
}

function Links({ personId }: { personId: string }) {
  const query = useApiQuery(listReportShares, { personId, limit: 50 });
  const end = useApiMutation(revokeReportShare, {
    invalidate: ['vettingShares'],
    onSuccess: (share) => sayDone(`The link for ${share.name} has ended`),
    onError: (error) => sayFailed('Not ended', error),
  });
  return (
    <QueryState query={query}>
      {({ rows }) =>
        rows.length === 0 ? null : (
          <section className="stack" aria-label="Links made before">
            <h3>Links</h3>
            <ul className="vt-links">
              {rows.map((share) => (
                <li key={share.id} className="spread">
                  <div>
                    <b>{share.name}</b>
                    <span className="meta vt-block">{stateOf(share)}</span>
                  </div>
                  {isOpen(share) && (
                    <Button
                      size="compact-md"
                      loading={end.isPending}
                      aria-label={`End the link for ${share.name}`}
                      onClick={() => end.mutate({ personId, shareId: share.id })}
                    >
                      End
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </section>
        )
      }
    </QueryState>
  );
}

const isOpen = (share: VettingShare) => share.revokedAt === null && Date.parse(share.expiresAt) > Date.now();

function stateOf(share: VettingShare): string {
  const state =
    share.revokedAt !== null
      ? `ended ${formatDate(share.revokedAt)}`
      : `${isOpen(share) ? 'ends' : 'ended'} ${formatDate(share.expiresAt)}`;
  const kind = share.canAppeal ? 'they can object, ' : '';
  return `${kind}opened ${formatPlural(share.opened, 'time')}, ${state}, made by ${share.createdBy}`;
}
