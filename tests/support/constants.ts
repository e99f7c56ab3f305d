/** The login roles of every test database are the same two, since roles belong to the server, not to a database. */
export const testInstallKey = 'test';
export const testSecret = 'a secret for tests only, long enough to pass';
