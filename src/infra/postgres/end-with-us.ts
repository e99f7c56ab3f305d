/**
 * Runs `end` should this process exit before the function returned is called: a start that is broken off leaves no
 * child behind. Once the caller holds the server, stopping it is the caller's.
 */
export function endWithUs(end: () => void): () => void {
  const quietly = () => {
    try {
      end();
    } catch {
      // It has ended by itself.
    }
  };
  process.once('exit', quietly);
  return () => {
    process.off('exit', quietly);
  };
}
