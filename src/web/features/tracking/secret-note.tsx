import type { OrderSource } from '#modules/tracking/api.ts';
import { CopyField } from '#web/ui/copy-field.tsx';
import { Section } from '#web/ui/section.tsx';

interface Props {
  source: OrderSource;
  secret: string | null;
}

/** Address, secret (only right after it was made) and a request to try it with. */
export function SecretNote({ source, secret }: Props) {
  const url = source.webhookUrl ?? '';
  return (
    <>
      <CopyField label="Webhook address" value={url} />
      {secret !== null && (
        <div className="stack">
          <CopyField label="Signing secret" value={secret} />
          <p className="meta">The secret is shown this once. Keep it with your shop; a lost one can be replaced.</p>
        </div>
      )}
      {source.kind === 'webhook' && (
        <Section title="Try it" note="Standard Webhooks signature, by shell">
          <pre className="trk-code">{exampleOf(url)}</pre>
        </Section>
      )}
      {source.kind === 'postback' && (
        <Section title="Try it" note="By shell">
          <pre className="trk-code">{`curl '${url}?token=SECRET&order_id=1001&amount=52.40&click_id=...'`}</pre>
        </Section>
      )}
    </>
  );
}

function exampleOf(url: string): string {
  return `SECRET='whsec_...'
ID="msg_$(date +%s)"; TS="$(date +%s)"
BODY='{"type":"order.paid","data":{"id":"1001","orderedAt":"'$(date -u +%FT%TZ)'","amount":{"amountMinor":"5240","currency":"EUR"},"codes":["NELL10"]}}'
KEY="$(printf %s "\${SECRET#whsec_}" | base64 -d | xxd -p -c 256)"
SIG="$(printf %s "$ID.$TS.$BODY" | openssl dgst -sha256 -mac HMAC -macopt hexkey:$KEY -binary | base64)"
curl -X POST '${url}' -H "webhook-id: $ID" -H "webhook-timestamp: $TS" -H "webhook-signature: v1,$SIG" -d "$BODY"`;
}
