import { useCan } from '#web/api/workspace-context.ts';
import { ExportSection } from './export-section.tsx';
import { ImportSection } from './import-section.tsx';
import './archives.css';

/** Settings, Workspace data: everything out as one file, and a workspace made of one. */
export function WorkspaceDataPage() {
  const canExport = useCan('workspace:write');
  return (
    <div className="archives">
      {canExport ? <ExportSection /> : <p className="meta">Owners and admins export the workspace.</p>}
      <ImportSection />
    </div>
  );
}
