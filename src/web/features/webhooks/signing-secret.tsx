import { CopyField } from '#web/ui/copy-field.tsx';

/** The secret of an endpoint, right after it was made. */
export function SigningSecret({ secret }: { secret: string }) {
  return (
    <div className="stack">
      <CopyField label="Signing secret" value={secret} />
      <p className="meta">
        The secret is shown this once. With it your program checks the webhook-signature of each message; any library of
        the Standard Webhooks convention does. A lost one can be replaced.
      </p>
    </div>
  );
}
