import { Button, Modal } from '@mantine/core';
import { IconQrcode } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { FormAlert } from '#web/ui/form-alert.tsx';

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
type DetectorMaker = new (options: { formats: string[] }) => Detector;

/** Browsers that read codes through the camera by themselves; nothing is loaded for the others. */
function detectorMaker(): DetectorMaker | null {
  const found = (window as { BarcodeDetector?: DetectorMaker }).BarcodeDetector;
  return found !== undefined && navigator.mediaDevices?.getUserMedia !== undefined ? found : null;
}

const lookEveryMs = 300;

/** Scans a code with the camera, where the browser can; nothing is shown where it cannot. */
export function ScanButton({ onCode }: { onCode: (text: string) => void }) {
  const [isOpen, setOpen] = useState(false);
  if (detectorMaker() === null) return null;
  return (
    <>
      <Button size="lg" leftSection={<IconQrcode size={18} stroke={1.6} aria-hidden />} onClick={() => setOpen(true)}>
        Scan
      </Button>
      {isOpen && (
        <Scanner
          onClose={() => setOpen(false)}
          onCode={(text) => {
            setOpen(false);
            onCode(text);
          }}
        />
      )}
    </>
  );
}

function Scanner({ onClose, onCode }: { onClose: () => void; onCode: (text: string) => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const take = useRef(onCode);
  take.current = onCode;
  useEffect(() => {
    let stream: MediaStream | null = null;
    let timer: ReturnType<typeof setInterval> | undefined;
    let isOver = false;
    const start = async () => {
      const Maker = detectorMaker();
      if (Maker === null) return;
      const detector = new Maker({ formats: ['qr_code', 'code_128', 'ean_13'] });
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      if (isOver || video.current === null) return end(stream);
      video.current.srcObject = stream;
      await video.current.play();
      timer = setInterval(async () => {
        if (video.current === null) return;
        const [found] = await detector.detect(video.current).catch(() => []);
        if (found !== undefined) take.current(codeOf(found.rawValue));
      }, lookEveryMs);
    };
    start().catch(() => setProblem('The camera cannot be used. Type the code instead.'));
    return () => {
      isOver = true;
      clearInterval(timer);
      if (stream !== null) end(stream);
    };
  }, []);
  return (
    <Modal opened onClose={onClose} title="Hold the code before the camera">
      {problem === null ? (
        <video ref={video} className="till-camera" muted playsInline />
      ) : (
        <FormAlert>{problem}</FormAlert>
      )}
    </Modal>
  );
}

function end(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** A QR code may hold the code itself or an address that applies it. */
function codeOf(text: string): string {
  const url = URL.parse(text);
  if (url === null) return text.trim();
  const last = url.pathname.split('/').filter(Boolean).at(-1) ?? '';
  return url.searchParams.get('coupon') ?? url.searchParams.get('code') ?? decodeURIComponent(last);
}
