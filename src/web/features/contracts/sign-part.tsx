import { Button } from '@mantine/core';
import { useState } from 'react';
import { type Contract, getDocument, readDocumentHash, signContract } from '#modules/contracts/api.ts';
import { useApiMutation } from '#web/api/use-api-mutation.ts';
import { useApiQuery } from '#web/api/use-api-query.ts';
import { useDownload } from '#web/api/use-download.ts';
import { ContractSigning } from '#web/shell/contract-signing.tsx';
import { QueryState } from '#web/ui/query-state.tsx';
import { sayDone } from '#web/ui/say.ts';
import { contractNouns } from './words.ts';

/** Signs for the brand: ahead of the creator, or after them. */
export function SignPart({ contract }: { contract: Contract }) {
  const isNext = contract.signedBy.includes('creator');
  const [isShown, setShown] = useState(isNext);
  if (isShown) return <Form contract={contract} />;
  return (
    <Button onClick={() => setShown(true)}>{contract.state === 'sent' ? 'Sign ahead' : 'Sign for the brand'}</Button>
  );
}

function Form({ contract }: { contract: Contract }) {
  const { id: contractId, version } = contract;
  const query = useApiQuery(readDocumentHash, { contractId, version });
  const document = useDownload(getDocument);
  const sign = useApiMutation(signContract, { invalidate: contractNouns, onSuccess: () => sayDone('Signed') });
  const open = async () => {
    await document.start({ contractId, version }, 'contract.pdf');
    await query.refetch();
  };
  return (
    <QueryState query={query}>
      {({ hash, consent, hasSeen }) => (
        <ContractSigning
          hash={hash}
          consent={consent}
          hasSeen={hasSeen}
          onOpen={open}
          isOpening={document.isRunning}
          withRole
          suggestedName=""
          isDisabled={false}
          onSign={(signature) => sign.mutateAsync({ contractId, version, documentHash: hash, ...signature })}
        />
      )}
    </QueryState>
  );
}
