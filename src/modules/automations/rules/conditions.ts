import type { Condition, Operator } from '../api/automation.ts';
import { type ConditionField, conditionFieldOf, type Facts } from './facts.ts';

const operatorsOf: Readonly<Record<ConditionField['kind'], readonly Operator[]>> = {
  text: ['is', 'is_not', 'contains', 'is_known', 'is_unknown'],
  number: ['is', 'at_least', 'at_most', 'is_known', 'is_unknown'],
  tags: ['contains', 'is_not', 'is_known', 'is_unknown'],
};
export const operatorsFor = (kind: ConditionField['kind']) => operatorsOf[kind];

/** What is wrong with a condition, in words; null when it can be asked. */
export function faultOf(condition: Condition): string | null {
  const field = conditionFieldOf(condition.field);
  if (field === undefined) return `There is no field "${condition.field}".`;
  if (!operatorsOf[field.kind].includes(condition.op))
    return `"${field.title}" cannot be asked with "${condition.op}".`;
  const needsValue = condition.op !== 'is_known' && condition.op !== 'is_unknown';
  if (needsValue && condition.value === '') return `"${field.title}" needs a value to compare with.`;
  if (needsValue && field.kind === 'number' && Number.isNaN(Number(condition.value)))
    return `"${condition.value}" is no number, which "${field.title}" needs.`;
  return null;
}

const same = (a: string, b: string) => a.localeCompare(b, undefined, { sensitivity: 'accent' }) === 0;

/** Does it hold? What is not known is neither a value nor its contrary: only `is_unknown` holds for it. */
export function holds(condition: Condition, facts: Facts): boolean {
  const field = conditionFieldOf(condition.field);
  const value = field?.read(facts) ?? null;
  if (condition.op === 'is_unknown') return value === null;
  if (value === null) return false;
  if (condition.op === 'is_known') return true;
  if (typeof value === 'number') return compareNumbers(condition, value);
  if (typeof value === 'string') {
    if (condition.op === 'contains') return value.toLowerCase().includes(condition.value.toLowerCase());
    return same(value, condition.value) === (condition.op === 'is');
  }
  const has = value.some((one) => same(one, condition.value));
  return condition.op === 'is_not' ? !has : has;
}

function compareNumbers({ op, value }: Condition, found: number): boolean {
  const wanted = Number(value);
  switch (op) {
    case 'at_least':
      return found >= wanted;
    case 'at_most':
      return found <= wanted;
    default:
      return found === wanted;
  }
}

/** The first condition that does not hold, in words; null when all do. */
export function whyNot(conditions: readonly Condition[], facts: Facts): string | null {
  const failed = conditions.find((condition) => !holds(condition, facts));
  if (failed === undefined) return null;
  const field = conditionFieldOf(failed.field);
  const value = field?.read(facts) ?? null;
  const found =
    value === null ? 'is not known' : `is ${Array.isArray(value) ? value.join(', ') || 'empty' : String(value)}`;
  return `${field?.title ?? failed.field} ${found}; asked was ${failed.op.replaceAll('_', ' ')}${failed.value === '' ? '' : ` ${failed.value}`}.`;
}
