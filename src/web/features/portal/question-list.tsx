import { Button, Checkbox, Select, TagsInput, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { type Question, questionKinds } from '#modules/portal/api.ts';
import { kindWords } from './words.ts';

interface Props {
  questions: readonly Question[];
  errors: Record<string, string>;
  onChange: (questions: Question[]) => void;
}

const questionsMax = 40;

/** The page's own questions, in order. */
export function QuestionList({ questions, errors, onChange }: Props) {
  const change = (at: number, patch: Partial<Question>) =>
    onChange(questions.map((one, index) => (index === at ? { ...one, ...patch } : one)));
  const move = (at: number, by: number) => {
    const next = [...questions];
    const [taken] = next.splice(at, 1);
    if (taken !== undefined) next.splice(at + by, 0, taken);
    onChange(next);
  };
  const add = () =>
    onChange([
      ...questions,
      { id: freeId(questions), kind: 'short', label: '', hint: '', isRequired: false, choices: [], isMany: false },
    ]);
  return (
    <div className="prt-form">
      {questions.map((question, at) => (
        <fieldset key={question.id} className="prt-question" aria-label={`Question ${at + 1}`}>
          <div className="two">
            <TextInput
              label={`Question ${at + 1}`}
              required
              maxLength={300}
              value={question.label}
              error={errors[`questions.${at}.label`] ?? errors[`questions.${at}.id`]}
              onChange={(event) => change(at, { label: event.currentTarget.value })}
            />
            <Select
              label="Answered by"
              data={questionKinds.map((value) => ({ value, label: kindWords[value] }))}
              value={question.kind}
              onChange={(value) => change(at, { kind: questionKinds.find((one) => one === value) ?? 'short' })}
            />
          </div>
          <TextInput
            label="Hint below it"
            maxLength={300}
            value={question.hint}
            onChange={(event) => change(at, { hint: event.currentTarget.value })}
          />
          {question.kind === 'choice' && (
            <>
              <TagsInput
                label="Choices"
                description="Enter after each"
                maxTags={30}
                value={question.choices}
                error={errors[`questions.${at}.choices`]}
                onChange={(choices) => change(at, { choices })}
              />
              <Checkbox
                label="Several may be chosen"
                checked={question.isMany}
                onChange={(event) => change(at, { isMany: event.currentTarget.checked })}
              />
            </>
          )}
          <div className="spread">
            <Checkbox
              label="Needs an answer"
              checked={question.isRequired}
              onChange={(event) => change(at, { isRequired: event.currentTarget.checked })}
            />
            <div className="row">
              <Button
                variant="subtle"
                color="gray"
                disabled={at === 0}
                aria-label={`Move question ${at + 1} up`}
                onClick={() => move(at, -1)}
              >
                <IconArrowUp size={16} stroke={1.6} aria-hidden />
              </Button>
              <Button
                variant="subtle"
                color="gray"
                disabled={at === questions.length - 1}
                aria-label={`Move question ${at + 1} down`}
                onClick={() => move(at, 1)}
              >
                <IconArrowDown size={16} stroke={1.6} aria-hidden />
              </Button>
              <Button
                variant="subtle"
                color="gray"
                aria-label={`Remove question ${at + 1}`}
                onClick={() => onChange(questions.filter((_, index) => index !== at))}
              >
                <IconTrash size={16} stroke={1.6} aria-hidden />
              </Button>
            </div>
          </div>
        </fieldset>
      ))}
      <div>
        <Button
          disabled={questions.length >= questionsMax}
          leftSection={<IconPlus size={16} stroke={1.6} aria-hidden />}
          onClick={add}
        >
          Add a question
        </Button>
      </div>
    </div>
  );
}

/** Keys stay with their answers, so one that was used is not used again while the page is edited. */
function freeId(questions: readonly Question[]): string {
  let at = questions.length + 1;
  while (questions.some((question) => question.id === `q${at}`)) at += 1;
  return `q${at}`;
}
