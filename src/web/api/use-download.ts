import { useCallback, useState } from 'react';
import type { Endpoint, InputOf } from '#kernel/endpoint.ts';
import { useClient } from '#web/api/use-client.ts';

function fileNameOf(response: Response, fallback: string): string {
  const header = response.headers.get('content-disposition') ?? '';
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(header)?.[1];
  if (encoded) return decodeURIComponent(encoded);
  return /filename="?([^";]+)"?/i.exec(header)?.[1] ?? fallback;
}

export interface Downloading<E> {
  start: (input: InputOf<E>, fallbackName: string) => Promise<void>;
  isRunning: boolean;
}

/** Fetches a `download` endpoint in the open workspace and hands the file to the browser; rejects with AppError. */
export function useDownload<E extends Endpoint>(endpoint: E): Downloading<E> {
  const client = useClient();
  const [isRunning, setRunning] = useState(false);
  const start = useCallback(
    async (input: InputOf<E>, fallbackName: string) => {
      setRunning(true);
      try {
        const response = await client.open(endpoint, input);
        const url = URL.createObjectURL(await response.blob());
        const link = document.createElement('a');
        link.href = url;
        link.download = fileNameOf(response, fallbackName);
        link.click();
        URL.revokeObjectURL(url);
      } finally {
        setRunning(false);
      }
    },
    [client, endpoint],
  );
  return { start, isRunning };
}
