import { Dropzone, type FileRejection } from '@mantine/dropzone';
import { IconFileUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { FormAlert } from '#web/ui/form-alert.tsx';

interface Props {
  /** "Drop a file of creators here, or choose one" */
  title: string;
  /** What is taken and how large: "CSV or Excel, to 50 MB". */
  note: string;
  /** By MIME type: { 'text/csv': ['.csv'] }. */
  accept: Record<string, string[]>;
  maxBytes: number;
  onFile: (file: File) => void;
  isBusy?: boolean;
}

export function FileDrop({ title, note, accept, maxBytes, onFile, isBusy = false }: Props) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const refuse = ([first]: FileRejection[]) =>
    setRefusal(
      first ? `${first.file.name} is not taken: ${first.errors.map((error) => error.message).join(', ')}.` : null,
    );
  return (
    <div className="form">
      <Dropzone
        className="drop"
        accept={accept}
        maxSize={maxBytes}
        multiple={false}
        loading={isBusy}
        onReject={refuse}
        onDrop={([file]) => {
          setRefusal(null);
          if (file) onFile(file);
        }}
        inputProps={{ 'aria-label': title }}
      >
        <IconFileUpload className="i" stroke={1.6} aria-hidden />
        <b>{title}</b>
        <span className="meta">{note}</span>
      </Dropzone>
      {refusal && <FormAlert>{refusal}</FormAlert>}
    </div>
  );
}
