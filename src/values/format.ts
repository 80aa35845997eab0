/** Values as TLC prints them, on one line. */
import {
  FunctionValue,
  ModelValue,
  RecordValue,
  SetValue,
  TupleValue,
  type Value,
} from './value.js';

export function formatValue(value: Value): string {
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return formatString(value);
  if (value instanceof ModelValue) return value.name;
  if (value instanceof SetValue) return `{${value.elements.map(formatValue).join(', ')}}`;
  if (value instanceof TupleValue) {
    return value.elements.length === 0
      ? '<<>>'
      : `<<${value.elements.map(formatValue).join(', ')}>>`;
  }
  if (value instanceof RecordValue) {
    const fields = value.shape.names.map(
      (name, i) => `${name} |-> ${formatValue(value.values[i] as Value)}`,
    );
    return `[${fields.join(', ')}]`;
  }
  if (value instanceof FunctionValue) {
    const pairs = value.domain.keys.map(
      (key, i) => `${formatValue(key)} :> ${formatValue(value.values[i] as Value)}`,
    );
    return `(${pairs.join(' @@ ')})`;
  }
  throw new Error('a value of no known kind');
}

function formatString(text: string): string {
  const escaped = text.replace(/["\\\n\t\f\r]/g, (character) => {
    const names: Record<string, string> = { '\n': '\\n', '\t': '\\t', '\f': '\\f', '\r': '\\r' };
    return names[character] ?? `\\${character}`;
  });
  return `"${escaped}"`;
}
