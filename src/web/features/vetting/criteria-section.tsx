import type { Criterion, Vetting } from '#modules/vetting/api.ts';
import { Section } from '#web/ui/section.tsx';
import { Tag, type Tone } from '#web/ui/tag.tsx';
import { useCreatorChoice } from './use-creator.ts';

const looks: Record<Criterion['answer'], { word: string; tone: Tone }> = {
  yes: { word: 'Yes', tone: 'good' },
  partly: { word: 'Partly', tone: 'plain' },
  no: { word: 'No', tone: 'bad' },
  unknown: { word: 'Not known', tone: 'warn' },
  not_applicable: { word: 'Does not arise', tone: 'plain' },
};
const order: Criterion['answer'][] = ['no', 'unknown', 'partly', 'yes', 'not_applicable'];

/** Every signal as a question with its answer in words; what needs a look comes first. */
export function CriteriaSection({ report }: { report: Vetting }) {
  const { setSearch } = useCreatorChoice();
  const criteria = report.checklist ?? [];
  if (criteria.length === 0) return null;
  const inOrder = order.flatMap((answer) => criteria.filter((one) => one.answer === answer));
  const count = (answer: Criterion['answer']) => criteria.filter((one) => one.answer === answer).length;
  return (
    <Section
      title="In words"
      note={`${count('yes')} yes, ${count('partly')} partly, ${count('no')} no, ${count('unknown')} not known`}
    >
      <ul className="vt-criteria">
        {inOrder.map((one) => (
          <li key={one.name}>
            <button type="button" onClick={() => setSearch({ signal: one.name }, { push: true })}>
              {one.question}
            </button>
            <Tag tone={looks[one.answer].tone}>{looks[one.answer].word}</Tag>
            <span className="meta">{one.text}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
