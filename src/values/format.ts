/** Values as TLC prints them, on one line. */
import {
  functionPairs,
  ModelValue,
  RecordValue,
  SetValue,
  TupleValue,
  Unenumerated,
  type Value,
} from './value.js';

export function formatValue(value: Value): string {
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return formatString(value);
  if (value instanceof ModelValue) return value.name;
  if (value instanceof Unenumerated) return value.describe();
  if (value instanceof SetValue) return `{${value.elements.map(formatValue).join(', ')}}`;
  if (value instanceof TupleValue) {
    return value.elements.length === 0
      ? '<<>>'
      : `<<${value.elements.map(formatValue).join(', ')}>>`;
  }
  if (value instanceof RecordValue && value.shape.names.every(isFieldName)) {
    const fields = value.shape.names.map(
      (name, i) => `${name} |-> ${formatValue(value.values[i] as Value)}`,
    );
    return `[${fields.join(', ')}]`;
  }
  const pairs = functionPairs(value);
  if (pairs === null) throw new Error('a value of no known kind');
  return `(${pairs.map(([key, to]) => `${formatValue(key)} :> ${formatValue(to)}`).join(' @@ ')})`;
}

/** Other strings can be in the domain of a function, but not stand as the name of a field. */
function isFieldName(name: string): boolean {
  return /^\w*[A-Za-z]\w*$/.test(name);
}

function formatString(text: string): string {
  const escaped = text.replace(/["\\\n\t\f\r]/g, (character) => {
    const names: Record<string, string> = { '\n': '\\n', '\t': '\\t', '\f': '\\f', '\r': '\\r' };
    return names[character] ?? `\\${character}`;
  });
  return `"${escaped}"`;
}
