import { Button, Textarea } from '@mantine/core';
import { appealPortalHold, listPortalHolds, type PortalHold } from '#modules/fraud/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useBrand, useIsPreview } from '#web/portal/shell/portal-session.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatPlural } from '#web/ui/format-number.ts';
import { formatDate } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone } from '#web/ui/say.ts';
import { Tag } from '#web/ui/tag.tsx';
import { useApiForm } from '#web/ui/use-api-form.ts';

/** Credit that is held or was withdrawn, why, and the creator's side of it. */
export function HoldsPage() {
  const query = useApiQuery(listPortalHolds, {});
  const { name } = useBrand();
  return (
    <>
      <h1>On hold</h1>
      <QueryState query={query}>
        {({ rows }) => (
          <>
            {rows.length === 0 && <p className="meta">{name} holds nothing of yours.</p>}
            {rows.map((hold) => (
              <Hold key={hold.groupId} hold={hold} />
            ))}
          </>
        )}
      </QueryState>
    </>
  );
}

function Hold({ hold }: { hold: PortalHold }) {
  const { timeZone, name } = useBrand();
  const amounts = hold.amounts.map((sum) => formatMoney(sum)).join(' + ');
  const state = hold.isHeld ? 'On hold' : hold.state === 'fraud' ? 'Withdrawn' : 'Released';
  return (
    <section className="ph-card" aria-label={hold.title}>
      <h2>
        {hold.title} <Tag tone={hold.isHeld ? 'warn' : hold.state === 'fraud' ? 'bad' : 'good'}>{state}</Tag>
      </h2>
      <p className="meta">
        Since {formatDate(hold.openedAt, timeZone)}
        {hold.orders > 0 && `, ${formatPlural(hold.orders, 'order')}`}
        {hold.orders > 0 && amounts !== '' && ` (${amounts})`}
      </p>
      <p>{hold.explains}</p>
      {hold.reason !== null && (
        <p>
          {name}: {hold.reason}
        </p>
      )}
      {hold.appeals.map((appeal) => (
        <div key={appeal.id}>
          <p>
            You, {formatDate(appeal.madeAt, timeZone)}: “{appeal.says}”
          </p>
          {appeal.answer === null ? (
            <p className="meta">Waits for an answer.</p>
          ) : (
            <p>
              {name}, {appeal.outcome === 'accepted' ? 'accepted' : 'declined'}: {appeal.answer}
            </p>
          )}
        </div>
      ))}
      {hold.canAppeal && <Say groupId={hold.groupId} />}
    </section>
  );
}

function Say({ groupId }: { groupId: string }) {
  const isPreview = useIsPreview();
  const send = useApiMutation(appealPortalHold, { invalidate: ['portal'] });
  const { form, onSubmit, isBusy, failure } = useApiForm({
    initialValues: { says: '' },
    validate: { says: (value) => (value.trim() === '' ? 'Say what happened' : null) },
    send: async ({ says }) => {
      await send.mutateAsync({ groupId, says });
      form.reset();
      sayDone('Sent');
    },
  });
  return (
    <form onSubmit={onSubmit}>
      {failure && <FormAlert>{failure}</FormAlert>}
      <Textarea label="Your side" autosize minRows={2} disabled={isPreview} {...form.getInputProps('says')} />
      <Button type="submit" mt={8} loading={isBusy} disabled={isPreview}>
        Send to the brand
      </Button>
    </form>
  );
}
