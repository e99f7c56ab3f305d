import type { ErrorDetail } from '#kernel/errors.ts';
import type { Question } from '../api.ts';

export type AnswerValue = string | number | string[];
export type Answers = Record<string, AnswerValue>;

const shortMax = 300;
const longMax = 5000;

/** Checks answers against the questions of a page: what is kept, and every fault at its field. An answer to no question is left out. */
export function checkAnswers(
  questions: readonly Question[],
  given: Answers,
): { answers: Answers; fileIds: { questionId: string; fileId: string }[]; faults: ErrorDetail[] } {
  const answers: Answers = {};
  const fileIds: { questionId: string; fileId: string }[] = [];
  const faults: ErrorDetail[] = [];
  for (const question of questions) {
    const value = clean(given[question.id]);
    const field = `answers.${question.id}`;
    if (value === null) {
      if (question.isRequired) faults.push({ field, message: 'needs an answer' });
      continue;
    }
    const fault = faultOf(question, value);
    if (fault !== null) faults.push({ field, message: fault });
    else {
      answers[question.id] = value;
      if (question.kind === 'file' && typeof value === 'string')
        fileIds.push({ questionId: question.id, fileId: value });
    }
  }
  return { answers, fileIds, faults };
}

/** Null for what says nothing. */
function clean(value: AnswerValue | undefined): AnswerValue | null {
  if (value === undefined) return null;
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim();
  if (Array.isArray(value)) {
    const said = value.map((one) => one.trim()).filter((one) => one !== '');
    return said.length === 0 ? null : [...new Set(said)];
  }
  return value;
}

function faultOf(question: Question, value: AnswerValue): string | null {
  switch (question.kind) {
    case 'short':
      return typeof value !== 'string'
        ? 'is a line of text'
        : value.length > shortMax
          ? `has at most ${shortMax} characters`
          : null;
    case 'long':
      return typeof value !== 'string'
        ? 'is a text'
        : value.length > longMax
          ? `has at most ${longMax} characters`
          : null;
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? null : 'is a number';
    case 'url':
      return typeof value === 'string' && isWebAddress(value) ? null : 'is an address that starts with https://';
    case 'choice':
      return choiceFault(question, value);
    case 'file':
      return typeof value === 'string' && /^fil_[0-9a-z]{22}$/.test(value) ? null : 'is a file that was sent before';
  }
}

function choiceFault(question: Question, value: AnswerValue): string | null {
  const chosen = Array.isArray(value) ? value : [String(value)];
  if (!question.isMany && chosen.length > 1) return 'takes one choice';
  const unknown = chosen.find((one) => !question.choices.includes(one));
  return unknown === undefined ? null : `"${unknown.slice(0, 60)}" is none of the choices`;
}

function isWebAddress(text: string): boolean {
  return text.length <= 2000 && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** What is wrong with the questions of a page; null when nothing is. */
export function questionsFault(questions: readonly Question[]): ErrorDetail | null {
  const seen = new Set<string>();
  for (const [at, question] of questions.entries()) {
    if (seen.has(question.id)) return { field: `questions.${at}.id`, message: `"${question.id}" stands twice` };
    seen.add(question.id);
    if (question.kind === 'choice' && question.choices.length < 2)
      return { field: `questions.${at}.choices`, message: 'needs at least two choices' };
  }
  return null;
}
