import { Checkbox, NumberInput, Radio, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Question, uploadApplicationFile } from '#modules/portal/api.ts';
import { useUpload } from '#web/api/use-upload.ts';
import { FileDrop } from '#web/ui/file-drop.tsx';
import { FormAlert } from '#web/ui/form-alert.tsx';
import { messageOf } from '#web/ui/form-errors.ts';
import type { PageAddress } from './page-address.ts';
import { words } from './words.ts';

export type Answer = string | number | string[];

interface Props {
  question: Question;
  at: PageAddress;
  value: Answer;
  error: string | undefined;
  onChange: (value: Answer) => void;
}

/** One question of a page, by its kind. */
export function QuestionField({ question, at, value, error, onChange }: Props) {
  const shared = {
    label: question.label,
    description: question.hint === '' ? undefined : question.hint,
    required: question.isRequired,
    error,
  };
  const text = typeof value === 'string' ? value : '';
  switch (question.kind) {
    case 'short':
      return (
        <TextInput {...shared} maxLength={300} value={text} onChange={(event) => onChange(event.currentTarget.value)} />
      );
    case 'url':
      return (
        <TextInput
          {...shared}
          type="url"
          inputMode="url"
          placeholder="https://"
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'long':
      return (
        <Textarea {...shared} maxLength={5000} value={text} onChange={(event) => onChange(event.currentTarget.value)} />
      );
    case 'number':
      return (
        <NumberInput
          {...shared}
          hideControls
          value={typeof value === 'number' ? value : ''}
          onChange={(given) => onChange(given)}
        />
      );
    case 'choice':
      return question.isMany ? (
        <Checkbox.Group {...shared} value={Array.isArray(value) ? value : []} onChange={onChange}>
          <div className="stack">
            {question.choices.map((choice) => (
              <Checkbox key={choice} size="sm" value={choice} label={choice} />
            ))}
          </div>
        </Checkbox.Group>
      ) : (
        <Radio.Group {...shared} value={text} onChange={onChange}>
          <div className="stack">
            {question.choices.map((choice) => (
              <Radio key={choice} value={choice} label={choice} />
            ))}
          </div>
        </Radio.Group>
      );
    case 'file':
      return <FileField question={question} at={at} error={error} onChange={onChange} />;
  }
}

function FileField({ question, at, error, onChange }: Omit<Props, 'value'>) {
  const upload = useUpload(uploadApplicationFile);
  const [name, setName] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const send = async (file: File) => {
    setFailure(null);
    try {
      const sent = await upload.start({ ...at, questionId: question.id }, file);
      setName(sent.name);
      onChange(sent.fileId);
    } catch (fault) {
      setFailure(messageOf(fault));
    }
  };
  return (
    <fieldset className="apply-group">
      <legend>
        {question.label}
        {question.isRequired && <span aria-hidden="true"> *</span>}
      </legend>
      {question.hint !== '' && <span className="meta">{question.hint}</span>}
      {(failure ?? error) !== undefined && (failure ?? error) !== null && <FormAlert>{failure ?? error}</FormAlert>}
      <FileDrop
        title={name === null ? `${words.chooseFile}: ${question.label}` : `${name} ${words.sent}`}
        note={words.fileNote}
        accept={{ 'image/*': ['.png', '.jpg', '.jpeg', '.webp'], 'application/pdf': ['.pdf'] }}
        maxBytes={10 * 1024 * 1024}
        isBusy={upload.progress !== null}
        onFile={(file) => void send(file)}
      />
    </fieldset>
  );
}
