import { useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { keepFragment } from './kept-fragment.ts';

interface Props {
  to: string;
  params?: Record<string, string>;
  /** Hands the address asked for to the next page as `next`, a path below /app. */
  withNext?: boolean;
}

/** Goes on exactly once. The router's own Navigate goes again on every render, and so for ever while a page loads. */
export function Redirect({ to, params = {}, withNext = false }: Props) {
  const navigate = useNavigate();
  const router = useRouter();
  const isDone = useRef(false);
  useEffect(() => {
    if (isDone.current) return;
    isDone.current = true;
    const asked = router.state.location.href.replace(/^\/app(?=\/|$)/, '').replace(/#.*$/s, '');
    if (withNext && window.location.hash !== '') keepFragment(window.location.pathname, window.location.hash);
    void navigate({ to, params, search: withNext ? { next: asked } : {}, replace: true });
  }, [navigate, router, to, params, withNext]);
  return null;
}
