import type { ScriptWarning } from '#modules/campaigns/api.ts';

/** Why this brief may leave the creator nothing to say in their own words. */
export function ScriptWarnings({ warnings }: { warnings: readonly ScriptWarning[] }) {
  return (
    <>
      {warnings.map((warning) => (
        <div key={warning.rule} className="camp-warn noprint">
          <span>{warning.message}</span>
          {warning.evidence.slice(0, 4).map((line) => (
            <span key={`${line.field}${line.text}`} className="meta">
              {line.field}: <q>{line.text}</q>
            </span>
          ))}
        </div>
      ))}
    </>
  );
}
