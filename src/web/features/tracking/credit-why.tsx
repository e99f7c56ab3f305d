import type { OrderCredit, Touch } from '#modules/attribution/api.ts';
import { useWorkspace } from '#web/api/workspace-context.ts';
import { AppLink } from '#web/shell/app-link.tsx';
import { formatMoney } from '#web/ui/format-money.ts';
import { formatShare } from '#web/ui/format-number.ts';
import { formatDateTime } from '#web/ui/format-when.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { Timeline } from '#web/ui/timeline.tsx';
import { modelWords, ruleWords } from './rule-words.ts';
import { Who } from './who.tsx';

/** Why this creator: the rule that won, who shares, all that lost, and every change since. */
export function CreditWhy({ answer }: { answer: OrderCredit }) {
  const { timeZone } = useWorkspace();
  const version =
    answer.policyVersion === 0
      ? 'standard rules'
      : `rules v${answer.policyVersion}${answer.policyCampaign === null ? '' : ` of ${answer.policyCampaign.name}`}`;
  return (
    <>
      <Section
        title="Why this creator"
        note={`${modelWords[answer.model].short}, ${version}`}
        end={formatMoney(answer.credited)}
      >
        <p className="trk-reason">{answer.reason}</p>
        {answer.winner !== null && <TouchRow touch={answer.winner} />}
        {answer.sharers.map((touch) => (
          <TouchRow key={keyOfTouch(touch)} touch={touch} />
        ))}
        {answer.losers.map((touch) => (
          <TouchRow key={keyOfTouch(touch)} touch={touch} />
        ))}
        {answer.seen !== null && (
          <div className="trk-touch">
            {answer.seen.creator === null ? <b>Nobody known</b> : <Who creator={answer.seen.creator} />}
            <Tag>Seen, not paid</Tag>
            <p>{answer.seen.reason}</p>
          </div>
        )}
        <p className="meta">
          Decided {formatDateTime(answer.decidedAt, timeZone)} as {occasionWords[answer.occasion]}: clicks count for{' '}
          {answer.windowDays} days. <AppLink to="/tracking/rules">See the rules</AppLink>
        </p>
      </Section>
      {answer.lines.length > 0 && <LineCredit answer={answer} />}
      {answer.history.length > 0 && (
        <Section title="What changed" note="newest first">
          <Timeline
            label="Changes of this order's credit"
            timeZone={timeZone}
            entries={answer.history.toReversed().map((change, at) => ({
              id: String(answer.history.length - at),
              at: change.at,
              title: `${formatMoney(change.moved)} ${change.creator?.name ?? change.campaign?.name ?? 'nobody'}`,
              text: `${causeWords[change.cause]}, ${ruleWords[change.rule]}${change.policyVersion === 0 ? '' : `, rules v${change.policyVersion}`}`,
            }))}
          />
        </Section>
      )}
    </>
  );
}

/** What each line leaves each of those who share the order. */
function LineCredit({ answer }: { answer: OrderCredit }) {
  const shares = [...(answer.winner === null ? [] : [answer.winner]), ...answer.sharers];
  return (
    <Section title="By line" note="net of what was given back of each line">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className="trk-exp" aria-label="Credit by line, scrolls sideways" tabIndex={0}>
        <table className="table" aria-label="Credit by line">
          <thead>
            <tr>
              <th>Line</th>
              <th className="num">Total</th>
              {shares.map((share) => (
                <th className="num" key={keyOfTouch(share)}>
                  {share.creator?.name ?? share.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {answer.lines.map((line, at) => (
              // Lines of one name may stand twice: a place is what they are.
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines of an order never move.
              <tr key={at}>
                <td>
                  {line.name ?? 'Shipping, taxes and discounts'}
                  {line.quantity !== null && line.quantity !== 1 && <span className="meta"> × {line.quantity}</span>}
                </td>
                <td className="num">
                  {formatMoney(line.total)}
                  {line.refunded.amountMinor !== '0' && (
                    <div className="meta">−{formatMoney(line.refunded)} given back</div>
                  )}
                </td>
                {line.credited.map((money, place) => (
                  <td className="num" key={shares[place] === undefined ? place : keyOfTouch(shares[place])}>
                    {formatMoney(money)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Section>
  );
}

const occasionWords = { lead: 'a lead', first: "a customer's first order", repeat: 'a repeat order' };
const causeWords = {
  opening: 'As it stood when the journal began',
  order: 'The order, a click or a code changed',
  rules: 'The rules changed',
};

export function keyOfTouch(touch: Touch): string {
  return `${touch.kind} ${touch.label} ${touch.clickId ?? touch.codeId ?? ''} ${touch.creator?.personId ?? ''}`;
}

const verdictWords = { won: 'Credited', shared: 'Shares', lost: 'Not credited' };
const kindWords = { code: 'Code', click: 'Click', customer: 'Customer' };

export function TouchRow({ touch }: { touch: Touch }) {
  const { timeZone } = useWorkspace();
  const isPart = touch.share !== null && touch.share < 1;
  return (
    <div className="trk-touch">
      {touch.creator === null ? <b>{touch.label}</b> : <Who creator={touch.creator} />}
      <span className="row nowrap">
        {isPart && touch.credited !== null && (
          <span className="num">
            {formatShare(touch.share ?? 0)} {formatMoney(touch.credited)}
          </span>
        )}
        <Tag tone={touch.verdict === 'lost' ? 'plain' : 'good'}>{verdictWords[touch.verdict]}</Tag>
      </span>
      <p className="meta">
        {kindWords[touch.kind]} {touch.label}
        {touch.at === null ? '' : `, ${formatDateTime(touch.at, timeZone)}`}
        {touch.campaign === null ? '' : `, ${touch.campaign.name}`}
      </p>
      {touch.verdict === 'lost' && <p>{touch.why}</p>}
    </div>
  );
}
