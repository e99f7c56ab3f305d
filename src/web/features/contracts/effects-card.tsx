import { Button } from '@mantine/core';
import { type Contract, listContractEffects, seeContractEffect } from '#modules/contracts/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useCan, useWorkspace } from '#web/api/workspace-context.ts';
import { formatDateTime } from '#web/ui/format-when.ts';
import { QueryState } from '#web/ui/query-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { Status } from '#web/ui/status.tsx';
import { contractNouns } from './words.ts';

/** What signing each version changed on the campaign, and what is left for a person to decide. */
export function EffectsCard({ contract }: { contract: Contract }) {
  const contractId = contract.id;
  const query = useApiQuery(listContractEffects, { contractId });
  const see = useApiMutation(seeContractEffect, { invalidate: contractNouns });
  const mayWrite = useCan('contracts:write');
  const { timeZone } = useWorkspace();
  if (contract.inForceVersion === null || query.data?.every((one) => one.remarks.length === 0) === true) return null;
  return (
    <Section title="On the campaign" note="what the signatures changed">
      <QueryState query={query}>
        {(effects) => (
          <ul className="ctr-effects">
            {effects
              .filter((one) => one.remarks.length > 0)
              .map((one) => (
                <li key={one.key}>
                  <p className="meta">
                    {one.key === 'ended' ? 'The end' : `Version ${one.key.slice(1)}`},{' '}
                    {formatDateTime(one.at, timeZone)}
                  </p>
                  {one.remarks.map((remark) => (
                    <Status key={remark.text} tone={remark.needsLook && one.seenAt === null ? 'warn' : 'plain'}>
                      {remark.text}
                    </Status>
                  ))}
                  {one.needsLook && mayWrite && (
                    <Button size="xs" loading={see.isPending} onClick={() => see.mutate({ contractId, key: one.key })}>
                      I have looked at it
                    </Button>
                  )}
                  {one.seenBy !== null && <p className="meta">Looked at by {one.seenBy}</p>}
                </li>
              ))}
          </ul>
        )}
      </QueryState>
    </Section>
  );
}
