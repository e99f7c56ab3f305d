/** Highest resident memory above where it stood, in MB; the embedded database is another process and not counted. */
export function watchMemory(): { stop(): number } {
  const before = process.memoryUsage.rss();
  let highest = before;
  const timer = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage.rss());
  }, 50);
  return {
    stop: () => {
      clearInterval(timer);
      return (Math.max(highest, process.memoryUsage.rss()) - before) / 2 ** 20;
    },
  };
}
