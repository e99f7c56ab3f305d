import type { Campaign } from '#modules/campaigns/api.ts';
import { formatMoney, toPlotNumber } from '#web/ui/format-money.ts';
import { Section } from '#web/ui/section.tsx';
import { StackedBar, type StackPart } from '#web/ui/stacked-bar.tsx';
import { Tag } from '#web/ui/tag.tsx';

/** The budget by how firm its parts are. What is proposed is not spent, so it stands below. */
export function BudgetPanel({ campaign }: { campaign: Campaign }) {
  const { budget } = campaign;
  const part = (
    id: string,
    label: string,
    of: { money: Campaign['budget']['paid']; category: StackPart['category']; note: string },
  ): StackPart => ({
    id,
    label,
    size: Math.max(0, toPlotNumber(of.money)),
    value: formatMoney(of.money, { short: true }),
    note: of.note,
    category: of.category,
  });
  const parts = [
    part('paid', 'Paid', { money: budget.paid, category: 1, note: 'fees, goods and postage sent, costs' }),
    part('due', 'Due', { money: budget.due, category: 7, note: 'work delivered, not paid' }),
    part('committed', 'Committed', { money: budget.committed, category: 3, note: 'agreed, not delivered' }),
    ...(budget.free === null || budget.isOver
      ? []
      : [part('free', 'Free', { money: budget.free, category: 'rest', note: 'left of the budget' })]),
  ];
  return (
    <Section
      title="Budget"
      note={budget.total === null ? 'none set' : formatMoney(budget.total, { short: true })}
      end={
        budget.over !== null ? (
          <Tag tone="warn">{formatMoney(budget.over, { short: true })} over</Tag>
        ) : budget.free === null ? null : (
          `${formatMoney(budget.free, { short: true })} free`
        )
      }
    >
      <StackedBar label="Budget" parts={parts} />
      {budget.proposed.amountMinor !== '0' && (
        <p className="meta camp-proposed">
          {formatMoney(budget.proposed, { short: true })} more if everyone still being considered agrees.
        </p>
      )}
    </Section>
  );
}
