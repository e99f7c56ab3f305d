/** Settings that both kinds of cluster share. They go to rapport.conf, which `alter system` still overrides. */
const common = [
  "listen_addresses = '127.0.0.1'",
  "unix_socket_directories = ''",
  'max_connections = 100',
  "timezone = 'UTC'",
  "log_timezone = 'UTC'",
  // Neither statements nor values are logged: they hold people's data.
  'logging_collector = off',
  'log_min_messages = error',
  'log_min_error_statement = panic',
  'log_error_verbosity = terse',
  'log_checkpoints = off',
  'wal_compression = on',
  'random_page_cost = 1.1',
  // Compiling a query takes longer than nearly all of ours run.
  'jit = off',
];

const durable = [
  'fsync = on',
  'synchronous_commit = on',
  'full_page_writes = on',
  'shared_buffers = 256MB',
  'effective_cache_size = 1GB',
  'work_mem = 16MB',
  'maintenance_work_mem = 128MB',
  'checkpoint_timeout = 15min',
  'max_wal_size = 2GB',
  'min_wal_size = 256MB',
];

/** For tests, where many clusters run at once and none outlives its run: as a durable one it survives kill -9, but not a power cut. */
const throwAway = [
  'synchronous_commit = on',
  'full_page_writes = off',
  'fsync = off',
  'shared_buffers = 64MB',
  'work_mem = 8MB',
  'max_wal_size = 512MB',
  'io_method = sync',
];

/** The text of rapport.conf. */
export function settingsText(isDurable: boolean): string {
  return [
    '# Written at every start. Change a setting with `alter system set ...`, which wins over this file.',
    ...common,
    ...(isDurable ? durable : throwAway),
    '',
  ].join('\n');
}
