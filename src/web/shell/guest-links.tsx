import { Button, Modal, NumberInput, PasswordInput, TextInput } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { GuestLinkView } from '#kernel/guest-link.ts';
import { CopyField } from '#web/ui/copy-field.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';

interface ModalProps {
  title: string;
  onClose: () => void;
  /** The form of a new link; it calls `onMade` with the address. */
  form: (onMade: (link: string) => void) => ReactNode;
  /** The links made before. */
  children: ReactNode;
}

/** Makes links by which somebody outside sees a thing, and shows those that stand. */
export function GuestLinkModal({ title, onClose, form, children }: ModalProps) {
  const [link, setLink] = useState<string | null>(null);
  return (
    <Modal opened onClose={onClose} title={title} size={560}>
      <div className="stack">
        {link === null ? (
          form(setLink)
        ) : (
          <>
            <CopyField label="Link" value={link} />
            <p className="meta">Copy it now: it is not kept here and cannot be shown again.</p>
            <div>
              <Button onClick={() => setLink(null)}>Make another link</Button>
            </div>
          </>
        )}
        {children}
      </div>
    </Modal>
  );
}

export interface LinkBasics {
  name: string;
  days: number;
  passphrase?: string;
}

interface FormProps {
  make: { error: Error | null; isPending: boolean };
  onSend: (basics: LinkBasics) => void;
  note?: string;
  /** What this kind of link shows and allows. */
  children?: ReactNode;
}

/** Whom a link is for, how long it stands, and its passphrase. */
export function GuestLinkForm({ make, onSend, note, children }: FormProps) {
  const [name, setName] = useState('');
  const [days, setDays] = useState<number | string>(30);
  const [passphrase, setPassphrase] = useState('');
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSend({ name, days: Number(days), ...(passphrase === '' ? {} : { passphrase }) });
  };
  return (
    <form className="stack" onSubmit={onSubmit}>
      {make.error !== null && <FormAlert>{make.error.message}</FormAlert>}
      {note !== undefined && <p className="meta">{note}</p>}
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
      {children}
      <div>
        <Button type="submit" variant="filled" loading={make.isPending} disabled={name.trim() === ''}>
          Make the link
        </Button>
      </div>
    </form>
  );
}

interface StandingProps<Link extends GuestLinkView> {
  query: UseQueryResult<{ rows: Link[] }, Error>;
  end: { isPending: boolean };
  onEnd: (link: Link) => void;
  /** What a link allows, in a few words; empty for nothing special. */
  allows?: (link: Link) => string;
}

/** The links made before: whom for, until when, how often opened, and a way to end each. */
export function StandingLinks<Link extends GuestLinkView>({ query, end, onEnd, allows }: StandingProps<Link>) {
  return (
    <QueryState query={query}>
      {({ rows }) =>
        rows.length === 0 ? null : (
          <section className="stack" aria-label="Links made before">
            <h3>Links</h3>
            <ul className="guest-links">
              {rows.map((link) => (
                <li key={link.id} className="spread">
                  <div>
                    <b>{link.name}</b>
                    <span className="meta block">
                      {[allows?.(link) ?? '', stateOf(link)].filter((words) => words !== '').join(', ')}
                    </span>
                  </div>
                  {isOpen(link) && (
                    <Button
                      size="compact-md"
                      loading={end.isPending}
                      aria-label={`End the link for ${link.name}`}
                      onClick={() => onEnd(link)}
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

function isOpen(link: GuestLinkView): boolean {
  return link.revokedAt === null && Date.parse(link.expiresAt) > Date.now();
}

function stateOf(link: GuestLinkView): string {
  const opened = link.opened === 0 ? 'never opened' : `opened ${formatPlural(link.opened, 'time')}`;
  const until =
    link.revokedAt !== null
      ? `ended ${formatDate(link.revokedAt)}`
      : isOpen(link)
        ? `until ${formatDate(link.expiresAt)}`
        : `ran out ${formatDate(link.expiresAt)}`;
  return `${until}, ${opened}${link.hasPassphrase ? ', with passphrase' : ''}, made by ${link.createdBy}`;
}
