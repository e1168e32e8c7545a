/**
 * What a record holds under a name that came from elsewhere: an attribute, an answer, stored data. What every object inherits
 * (`constructor`, `toString`) is none of it.
 */
export function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}
