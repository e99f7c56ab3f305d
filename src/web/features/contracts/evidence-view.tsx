import type { Contract, ContractEvent, Signature } from '#modules/contracts/api.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { formatDateTime } from '#web/ui/format-when.ts';
import { KeyValues } from '#web/ui/key-values.tsx';
import { Section } from '#web/ui/section.tsx';
import { DrawnName } from '#web/ui/signature-pad.tsx';
import { Timeline } from '#web/ui/timeline.tsx';

/** Who signed what, when and from where, and everything that happened. */
export function EvidenceView({ contract }: { contract: Contract }) {
  const { timeZone } = useWorkspace();
  return (
    <div className="stack">
      <Section title="Signatures" note="simple electronic signatures, with what each saw">
        {contract.signatures.length === 0 ? (
          <p className="ink-2">Nobody has signed yet.</p>
        ) : (
          <ul className="ctr-evidence">
            {contract.signatures.map((signature) => (
              <li key={signature.id} className="ctr-card">
                <OneSignature signature={signature} timeZone={timeZone} />
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title="What happened" note="newest first">
        <Timeline
          label="What happened to the contract"
          timeZone={timeZone}
          entries={contract.events.map((event) => ({
            id: event.id,
            at: event.at,
            title: `${event.text}, version ${event.version}`,
            text: sayWho(event),
          }))}
        />
      </Section>
      {contract.versions.map((version) =>
        version.sealedHash === null ? null : (
          <p key={version.version} className="ctr-hash">
            Sealed version {version.version} as {version.sealedStandard}, SHA-256 {version.sealedHash}
          </p>
        ),
      )}
    </div>
  );
}

function sayWho(event: ContractEvent): string {
  return [
    event.by,
    event.address,
    event.note,
    event.documentHash === null ? null : `SHA-256 ${event.documentHash.slice(0, 16)}…`,
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

function OneSignature({ signature, timeZone }: { signature: Signature; timeZone: string }) {
  return (
    <>
      <div className="spread">
        <b>
          {signature.side === 'brand' ? 'For the brand' : 'The creator'}, version {signature.version}
        </b>
        {signature.strokes !== null && <DrawnName name={signature.name} strokes={signature.strokes} />}
      </div>
      <KeyValues
        items={[
          { term: 'Name', value: signature.role === null ? signature.name : `${signature.name}, ${signature.role}` },
          { term: 'When', value: formatDateTime(signature.at, timeZone) },
          { term: 'Way', value: signature.method === 'drawn' ? 'drawn' : 'typed' },
          { term: 'Network address', value: signature.address },
          { term: 'Browser', value: signature.userAgent },
          { term: 'Saw', value: <span className="ctr-hash">SHA-256 {signature.seenHash}</span> },
          { term: 'Agreed to', value: signature.consent },
        ]}
      />
    </>
  );
}
