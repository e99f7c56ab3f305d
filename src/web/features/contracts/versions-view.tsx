import type { Contract, ContractVersion } from '#modules/contracts/api.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { ContractChanges } from '#web/shell/contract-text.tsx';
import { formatDateTime } from '#web/ui/format-when.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';

/** Proposals back and forth, newest first, each with what it changed. */
export function VersionsView({ contract }: { contract: Contract }) {
  return (
    <div className="stack">
      {contract.versions.map((version) => (
        <Version key={version.version} contract={contract} version={version} />
      ))}
    </div>
  );
}

function Version({ contract, version }: { contract: Contract; version: ContractVersion }) {
  const { timeZone } = useWorkspace();
  const isInForce = contract.inForceVersion === version.version && contract.endedAt === null;
  const isFirst = version.version === 1;
  const who = version.side === 'brand' ? version.by : `${version.by}, the creator`;
  return (
    <Section
      title={`Version ${version.version}`}
      note={`${who}, ${formatDateTime(version.madeAt, timeZone)}${version.offeredAt === null ? ', not offered' : ''}`}
      end={isInForce ? <Tag tone="good">In force</Tag> : null}
    >
      <div className="stack">
        {version.note !== null && <p className="ink-2">“{version.note}”</p>}
        {version.changes.length > 0 ? (
          <ContractChanges changes={version.changes} />
        ) : (
          <p className="ink-2">{isFirst ? 'The first version.' : 'The same as the version before.'}</p>
        )}
        {version.documentHash !== null && <p className="ctr-hash">Document, SHA-256 {version.documentHash}</p>}
      </div>
    </Section>
  );
}
