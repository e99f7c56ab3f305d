// Arrays for the drain, written as PostgreSQL reads them. The driver's own way looks at each value several times, which for two dozen
// columns of thousands of clicks took more time than the database did.

const odd = /[",\\{}\s]|^$|^null$/i;

/** Text array literal; null stands for null. */
export function textArray(values: readonly (string | null)[]): string {
  let text = '{';
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? null;
    if (at > 0) text += ',';
    if (value === null) text += 'NULL';
    else text += odd.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : value;
  }
  return `${text}}`;
}

/** Array literal of values that are plain by nature: ids of our own, days, instants, hexadecimal, numbers, truth values. */
export function plainArray(values: readonly (string | number | boolean)[]): string {
  return `{${values.join(',')}}`;
}
