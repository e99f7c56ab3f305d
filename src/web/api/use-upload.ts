import { useCallback, useRef, useState } from 'react';
import { apiPrefix, type Endpoint, type InputOf, type OutputOf } from '#kernel/endpoint.ts';
import { AppError, type ErrorBody, type ErrorKind, statusOfKind } from '#kernel/errors.ts';
import { useClient } from '#web/api/use-client.ts';
import { useFoundWorkspace } from '#web/api/workspace-context.ts';

interface Sent {
  url: string;
  method: string;
  slug: string | null;
  file: File;
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

function toAppError(request: XMLHttpRequest): AppError {
  const entries = Object.entries(statusOfKind) as [ErrorKind, number][];
  const kind = entries.find(([, status]) => status === request.status)?.[0] ?? 'unavailable';
  try {
    const { error } = JSON.parse(request.responseText) as { error: ErrorBody };
    return new AppError(kind, error.code, error.message, error.details);
  } catch {
    const what = request.status === 0 ? 'The upload was cut off.' : `The server answered ${request.status}.`;
    return new AppError(kind, 'client.upload_failed', `${what} Try again.`);
  }
}

/** fetch cannot report how much of a body was sent; XMLHttpRequest can. */
function send(sent: Sent): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(sent.method, sent.url);
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('rapport-file-name', encodeURIComponent(sent.file.name));
    if (sent.slug) request.setRequestHeader('rapport-workspace', sent.slug);
    request.upload.onprogress = (event) => sent.onProgress(event.total > 0 ? event.loaded / event.total : 0);
    request.onload = () =>
      request.status < 300 ? resolve(JSON.parse(request.responseText).data) : reject(toAppError(request));
    request.onerror = () => reject(toAppError(request));
    request.onabort = () => reject(new AppError('conflict', 'client.cancelled', 'The upload was cancelled.'));
    sent.signal.addEventListener('abort', () => request.abort());
    request.send(sent.file);
  });
}

export interface Uploading<E> {
  start: (input: InputOf<E>, file: File) => Promise<OutputOf<E>>;
  cancel: () => void;
  /** 0 to 1 while a file is on its way, else null. */
  progress: number | null;
}

/** Sends a file to an `upload` endpoint with progress and cancel; rejects with AppError. */
export function useUpload<E extends Endpoint>(endpoint: E): Uploading<E> {
  const client = useClient();
  const slug = useFoundWorkspace()?.slug ?? null;
  const [progress, setProgress] = useState<number | null>(null);
  const running = useRef<AbortController | null>(null);

  const start = useCallback(
    async (input: InputOf<E>, file: File) => {
      const controller = new AbortController();
      running.current = controller;
      setProgress(0);
      try {
        const url = client.url(endpoint, input);
        if (!url.includes(apiPrefix)) throw new Error(`Not an API address: ${url}`);
        const sent = { url, method: endpoint.method, slug, file, onProgress: setProgress, signal: controller.signal };
        return (await send(sent)) as OutputOf<E>;
      } finally {
        setProgress(null);
      }
    },
    [client, endpoint, slug],
  );
  const cancel = useCallback(() => running.current?.abort(), []);
  return { start, cancel, progress };
}
