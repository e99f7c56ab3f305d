import { Button, Checkbox, Modal, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import {
  type BriefOverride,
  type BriefStatus,
  type Campaign,
  getBriefOverride,
  type ShownBrief,
  saveBriefOverride,
} from '#modules/campaigns/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { messageOf } from '#web/ui/form-errors.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone } from '#web/ui/say.ts';
import { BriefDeliverables } from './brief-deliverables.tsx';
import { toPay, toPayDraft } from './brief-draft.ts';
import { BriefPayFields } from './brief-pay.tsx';

interface Props {
  campaign: Campaign;
  row: BriefStatus;
  onClose: () => void;
}

/** What one creator is told otherwise than the others. */
export function BriefOverrideDialog({ campaign, row, onClose }: Props) {
  const query = useApiQuery(getBriefOverride, { enrolmentId: row.enrolmentId });
  return (
    <Modal opened onClose={onClose} title={`For ${row.person.name} alone`} size="xl">
      <QueryState query={query}>
        {({ override, shown }) => (
          <Fields campaign={campaign} row={row} override={override} shown={shown} onClose={onClose} />
        )}
      </QueryState>
    </Modal>
  );
}

function Fields({
  campaign,
  row,
  override,
  shown,
  onClose,
}: Props & { override: BriefOverride | null; shown: ShownBrief }) {
  const [note, setNote] = useState(override?.note ?? '');
  const [ownPieces, setOwnPieces] = useState(override?.deliverables !== undefined);
  const [pieces, setPieces] = useState(shown.brief.deliverables);
  const [ownPay, setOwnPay] = useState(override?.pay !== undefined);
  const [pay, setPay] = useState(() => toPayDraft(shown.brief.pay));
  const [problem, setProblem] = useState<string | null>(null);
  const save = useApiMutation(saveBriefOverride, { invalidate: ['briefs'] });
  const send = async (next: BriefOverride | null, done: string) => {
    setProblem(null);
    try {
      await save.mutateAsync({ enrolmentId: row.enrolmentId, override: next });
      sayDone(done);
      onClose();
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    try {
      const { deliverables: _, pay: __, ...kept } = override ?? { note: '' };
      void send(
        {
          ...kept,
          note,
          ...(ownPieces ? { deliverables: pieces } : {}),
          ...(ownPay ? { pay: toPay(pay, campaign.currency) } : {}),
        },
        'Saved; send it when you are ready',
      );
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  return (
    <form className="form" onSubmit={submit} noValidate>
      {problem && <FormAlert>{problem}</FormAlert>}
      <Textarea
        label="A word to them"
        description="Stands on top of their brief"
        autosize
        minRows={2}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Checkbox
        label="They make something else"
        checked={ownPieces}
        onChange={(event) => setOwnPieces(event.currentTarget.checked)}
      />
      {ownPieces && <BriefDeliverables value={pieces} onChange={setPieces} />}
      <Checkbox
        label="They get something else"
        checked={ownPay}
        onChange={(event) => setOwnPay(event.currentTarget.checked)}
      />
      {ownPay && <BriefPayFields value={pay} currency={campaign.currency} onChange={setPay} />}
      <p className="meta">
        What they confirmed before stays as it is. Once you send the brief again, they are asked for what is new.
      </p>
      <div className="acts">
        {override !== null && (
          <Button variant="subtle" color="gray" onClick={() => void send(null, 'They are told what all are told')}>
            Same as everybody
          </Button>
        )}
        <Button variant="subtle" color="gray" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" variant="filled" loading={save.isPending}>
          Save for them
        </Button>
      </div>
    </form>
  );
}
