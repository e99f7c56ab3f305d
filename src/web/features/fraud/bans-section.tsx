import { Button } from '@mantine/core';
import { useState } from 'react';
import { liftFraudBan, listFraudBans } from '#modules/fraud/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan } from '#web/api/workspace-context.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { formatWhen } from '#web/ui/format-when.ts';
import { Section } from '#web/ui/section.tsx';
import { Creator } from './group-columns.tsx';
import { banWords, fraudNouns } from './words.ts';

/** Who is banned and why. Nothing is drawn while nobody is. */
export function BansSection() {
  const bans = useApiQuery(listFraudBans, {});
  const mayLift = useCan('tracking:write');
  const lift = useApiMutation(liftFraudBan, { invalidate: fraudNouns });
  const [lifted, setLifted] = useState<string | null>(null);
  const rows = bans.data?.rows ?? [];
  const asked = rows.find((ban) => ban.id === lifted);
  if (rows.length === 0) return null;
  return (
    <Section title="Banned" note="their orders are held in every campaign">
      <ul className="list frd-bans">
        {rows.map((ban) => (
          <li key={ban.id}>
            <Creator group={ban} />
            <div>
              <b>{banWords[ban.reason]}</b>
              <span className="meta block">
                {ban.note} {ban.bannedBy}, {formatWhen(ban.bannedAt)}
              </span>
            </div>
            <Button size="xs" disabled={!mayLift} onClick={() => setLifted(ban.id)}>
              Lift
            </Button>
          </li>
        ))}
      </ul>
      <ConfirmDialog
        isOpen={asked !== undefined}
        onClose={() => setLifted(null)}
        title={`Lift the ban of ${asked?.creator?.name ?? 'this creator'}?`}
        confirmLabel="Lift the ban"
        onConfirm={() => lift.mutateAsync({ banId: asked?.id ?? '', reason: 'Lifted in the queue' })}
      >
        Their traffic is judged anew at once.
      </ConfirmDialog>
    </Section>
  );
}
