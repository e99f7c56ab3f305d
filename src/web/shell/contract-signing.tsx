import { Button, Checkbox, TextInput } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { messageOf } from '#web/ui/form-errors.ts';
import { Segments } from '#web/ui/segments.tsx';
import { SignaturePad, type Strokes } from '#web/ui/signature-pad.tsx';
import './contract.css';

export interface SignatureInput {
  name: string;
  role: string | null;
  method: 'typed' | 'drawn';
  strokes: Strokes;
  agrees: true;
}

interface Props {
  /** Hash of the document to be signed, and the words to agree to. */
  hash: string;
  consent: string;
  hasSeen: boolean;
  /** Opens the document; only what was opened can be signed. */
  onOpen: () => Promise<void>;
  isOpening: boolean;
  /** Asks for a role beside the name, for who signs for a company. */
  withRole: boolean;
  suggestedName: string;
  isDisabled: boolean;
  onSign: (signature: SignatureInput) => Promise<unknown>;
}

/** Read the document, give a name, agree, sign: in this order, typed or drawn. */
export function ContractSigning(props: Props) {
  const { hash, consent, hasSeen, withRole } = props;
  const [name, setName] = useState(props.suggestedName);
  const [role, setRole] = useState('');
  const [method, setMethod] = useState<'typed' | 'drawn'>('typed');
  const [strokes, setStrokes] = useState<Strokes>([]);
  const [agrees, setAgrees] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const sign = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    try {
      await props.onSign({
        name,
        role: role.trim() === '' ? null : role.trim(),
        method,
        strokes: method === 'drawn' ? strokes : [],
        agrees: true,
      });
    } catch (error) {
      setFailure(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  const isReady = hasSeen && agrees && name.trim().length > 1 && (method === 'typed' || strokes.length > 0);
  return (
    <form className="ctr-sign" onSubmit={(event) => void sign(event)}>
      {failure && <FormAlert>{failure}</FormAlert>}
      <div className="stack">
        <Button
          variant={hasSeen ? 'default' : 'filled'}
          leftSection={<IconFileText size={18} stroke={1.6} aria-hidden />}
          loading={props.isOpening}
          onClick={() => void props.onOpen().catch((error: unknown) => setFailure(messageOf(error)))}
        >
          {hasSeen ? 'Open the document again' : 'Open the document to sign'}
        </Button>
        <span className="ctr-hash">SHA-256 {hash}</span>
      </div>
      <TextInput
        label="Your full name"
        required
        autoComplete="name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {withRole && (
        <TextInput
          label="Your role"
          description="Such as head of marketing"
          value={role}
          onChange={(event) => setRole(event.currentTarget.value)}
        />
      )}
      <Segments
        label="How to sign"
        value={method}
        onChange={setMethod}
        options={[
          { value: 'typed', label: 'Typed name' },
          { value: 'drawn', label: 'Draw it' },
        ]}
      />
      {method === 'drawn' && (
        <div className="stack">
          <SignaturePad label="Draw your name here" value={strokes} onChange={setStrokes} />
          <Button
            variant="subtle"
            color="gray"
            size="xs"
            disabled={strokes.length === 0}
            onClick={() => setStrokes([])}
          >
            Clear the drawing
          </Button>
        </div>
      )}
      <p className="ctr-consent">{consent}</p>
      <Checkbox
        label="I have read the document and sign it"
        checked={agrees}
        disabled={!hasSeen}
        onChange={(event) => setAgrees(event.currentTarget.checked)}
      />
      <Button type="submit" variant="filled" loading={isBusy} disabled={!isReady || props.isDisabled}>
        Sign the contract
      </Button>
      {!hasSeen && <p className="meta">You can sign once you have opened the document.</p>}
    </form>
  );
}
