import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { z } from 'zod';
import { platformNames } from '#kernel/platform.ts';
import { decisionPoints, makeAppeal, pointNames, type SharedReport } from '#modules/vetting/api.ts';
import { useClient } from '#web/api/use-client.ts';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { formatDecimal, formatShare } from '#web/ui/format-number.ts';
import { formatDate, formatWhen } from '#web/ui/format-when.ts';
import { LineChart } from '#web/ui/line-chart.tsx';
import { Section } from '#web/ui/section.tsx';
import { Tag } from '#web/ui/tag.tsx';
import { VerdictTag } from '#web/ui/verdict-tag.tsx';
import { Waterfall } from '#web/ui/waterfall.tsx';
import { pointTitle } from './decide-dialog.tsx';
import { formatFor, withGaps } from './growth-words.ts';
import { SharedAudiences, SharedComments, SharedPeers } from './shared-samples.tsx';
import { verdictLooks } from './words.ts';

interface Props {
  shared: SharedReport;
  link: { token: string; passphrase?: string };
  onSaid: () => void;
}

const answerWords = {
  yes: ['good', 'Yes'],
  partly: ['plain', 'Partly'],
  no: ['bad', 'No'],
  unknown: ['warn', 'Not known'],
  not_applicable: ['plain', 'Does not arise'],
} as const;

/** The report itself: verdict with its rule, the score as a sum, the questions in words, and what the creator says to it. */
export function SharedReportBody({ shared, link, onSaid }: Props) {
  const { report } = shared;
  const looks = verdictLooks[report.verdict];
  const steps = report.contributions.filter((one) => one.name !== 'base' && one.contribution !== 0);
  return (
    <div className="stack vt-shared">
      <Section
        title={report.score === null ? 'No score' : `Score ${formatDecimal(report.score, 1)} of 100`}
        note={`@${report.handle} on ${platformNames[report.platform]}`}
      >
        <p className="row">
          <VerdictTag verdict={looks.verdict}>{looks.word}</VerdictTag> <span>{report.rule.text}</span>
        </p>
        <p className="meta">
          {report.confidence == null ? '' : `${formatShare(report.confidence, 0)} of the weight is known. `}
          Rules {report.rulesVersion}, checked {formatDate(report.checkedAt)}
          {report.dataAt === null ? ', no dated figure' : `, data of ${formatDate(report.dataAt)}`}.
        </p>
        {report.score !== null && (
          <Waterfall
            label={`Score ${report.score} of 100, as a sum`}
            rows={[
              {
                id: 'base',
                title: 'Where a peer starts',
                note: report.engagement.peers?.label ?? 'published bands stand in for peers',
                value: report.contributions[0]?.contribution ?? 0,
                kind: 'base',
              },
              ...steps.map((step) => ({
                id: step.name,
                title: step.title,
                note: report.signals.find((signal) => signal.name === step.name)?.text ?? '',
                value: step.contribution,
                kind: 'step' as const,
              })),
            ]}
            total={{ title: 'Score', note: '', value: report.score }}
            max={100}
          />
        )}
      </Section>
      <Growth report={report} />
      <SharedPeers report={report} />
      <SharedAudiences audiences={report.audiences ?? []} />
      <SharedComments report={report} />
      <Section title="In words">
        <ul className="vt-criteria">
          {(report.checklist ?? []).map((one) => (
            <li key={one.name}>
              <b>{one.question}</b>
              <Tag tone={answerWords[one.answer][0]}>{answerWords[one.answer][1]}</Tag>
              <span className="meta">{one.text}</span>
            </li>
          ))}
        </ul>
      </Section>
      {shared.canAppeal && <Appeals shared={shared} link={link} onSaid={onSaid} />}
    </div>
  );
}

/** Followers over time; what explains the steps stays with those who can look it up. */
function Growth({ report }: { report: SharedReport['report'] }) {
  const { series, source } = report.growth;
  if (series.length < 2) return null;
  return (
    <Section title="Growth" note="followers">
      <LineChart
        label={`Followers, from ${source}`}
        points={withGaps(series)}
        format={formatFor(series)}
        height={200}
      />
    </Section>
  );
}

function Appeals({ shared, link, onSaid }: Props) {
  return (
    <Section
      title="Is something not right?"
      note="what you write goes to whoever sent the link, and stays with the report"
    >
      <ul className="list vt-appeals">
        {shared.appeals.map((appeal) => (
          <li key={appeal.id}>
            <div>
              <b>On {pointTitle(appeal.point)}</b>
              <p>“{appeal.body}”</p>
              <span className="meta">
                {appeal.authorName}, {formatWhen(appeal.madeAt)}
              </span>
              <p>
                {appeal.answer === null ? <span className="meta">Not answered yet</span> : `Answer: ${appeal.answer}`}
              </p>
            </div>
          </li>
        ))}
      </ul>
      <AppealForm link={link} onSaid={onSaid} />
    </Section>
  );
}

const pointSchema = z.enum(decisionPoints);

function AppealForm({ link, onSaid }: Pick<Props, 'link' | 'onSaid'>) {
  const client = useClient();
  const [authorName, setAuthor] = useState('');
  const [body, setBody] = useState('');
  const [point, setPoint] = useState<z.infer<typeof pointSchema>>('overall');
  const say = useMutation({
    mutationFn: () => client.call(makeAppeal, { ...link, point, authorName, body }),
    onSuccess: () => {
      setBody('');
      onSaid();
    },
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    say.mutate();
  };
  return (
    <form className="stack vt-brand" onSubmit={onSubmit}>
      {say.error !== null && <FormAlert>{say.error.message}</FormAlert>}
      <Select
        label="About"
        data={decisionPoints.map((value) => ({
          value,
          label: value === 'overall' ? 'The report as a whole' : pointNames[value],
        }))}
        value={point}
        allowDeselect={false}
        onChange={(value) => setPoint(pointSchema.catch('overall').parse(value))}
      />
      <TextInput
        label="Your name"
        required
        maxLength={120}
        value={authorName}
        onChange={(event) => setAuthor(event.currentTarget.value)}
      />
      <Textarea
        label="What is not right, and how it is"
        required
        autosize
        minRows={3}
        maxLength={5000}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      <div>
        <Button
          type="submit"
          variant="filled"
          loading={say.isPending}
          disabled={authorName.trim() === '' || body.trim() === ''}
        >
          Send
        </Button>
      </div>
    </form>
  );
}
