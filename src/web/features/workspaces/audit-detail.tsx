import type { AuditEntry } from '#modules/workspaces/api.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { formatDateTime } from '#web/ui/format-when.ts';
import { KeyValues } from '#web/ui/key-values.tsx';
import { SidePanel } from '#web/ui/side-panel.tsx';
import { actionText, fieldChanges } from './audit-text.ts';

const actorKinds: Record<AuditEntry['actor']['kind'], string> = {
  user: 'person',
  api_key: 'API key',
  system: 'this installation',
  creator: 'creator, in the portal',
};

/** One entry in full, beside the list. */
export function AuditDetail({ entry, onClose }: { entry: AuditEntry; onClose: () => void }) {
  const { timeZone } = useWorkspace();
  const changes = fieldChanges(entry);
  return (
    <SidePanel label={actionText(entry.action)} onClose={onClose}>
      <div className="audit-detail">
        <h2>{actionText(entry.action)}</h2>
        <KeyValues
          items={[
            { term: 'When', value: formatDateTime(entry.at, timeZone) },
            { term: 'Who', value: `${entry.actor.name} (${actorKinds[entry.actor.kind]})` },
            {
              term: 'Thing',
              value: (
                <AppLink className="link" to="/settings/audit" search={{ subject: entry.subjectId }}>
                  {entry.subjectId}
                </AppLink>
              ),
            },
            { term: 'Request', value: entry.requestId ?? 'none, done by the program itself' },
          ]}
        />
        <div>
          <h3>What changed</h3>
          {changes.length === 0 && <p className="meta">No field: the act itself is the change.</p>}
          {changes.map(({ field, from, to }) => (
            <div key={field} className="audit-change">
              <span className="meta">{field}</span>
              {from !== undefined && <del>{from}</del>}
              {to !== undefined && <ins>{to}</ins>}
            </div>
          ))}
        </div>
      </div>
    </SidePanel>
  );
}
