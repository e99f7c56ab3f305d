import { dayMs } from '#kernel/time.ts';
import type { FraudPolicy } from '../api/settings.ts';
import { dayOfMs } from './facts.ts';
import { type CodeDayUses, type CodeVerdict, judgeCode } from './judge-codes.ts';
import type { Traffic } from './traffic.ts';

/** The code of a creator that stands out most, by its likelihood sum, then by uses without a click; null when none has history enough. */
export function judgeCodesOf(traffic: Traffic, of: { untilMs: number; policy: FraudPolicy }): CodeVerdict | null {
  const fromMs = of.untilMs - 2 * of.policy.windowDays * dayMs;
  const verdicts = traffic.codes.flatMap((code) => {
    const days = new Map<string, CodeDayUses>();
    for (const order of traffic.orders) {
      if (order.atMs < fromMs || order.atMs >= of.untilMs) continue;
      if (!order.codes.some((one) => one.codeId === code.codeId)) continue;
      const day = dayOfMs(order.atMs);
      const known = days.get(day) ?? { uses: 0, lone: 0 };
      const isLone = !order.clicks.some((click) => click.personId === traffic.personId);
      days.set(day, { uses: known.uses + 1, lone: known.lone + Number(isLone) });
    }
    const verdict = judgeCode({ ...code, days }, { fromMs, untilMs: of.untilMs, programDays: traffic.programDays });
    return verdict === null ? [] : [verdict];
  });
  return verdicts.sort((a, b) => b.sum - a.sum || b.loneUses - a.loneUses || (a.codeId < b.codeId ? -1 : 1))[0] ?? null;
}
