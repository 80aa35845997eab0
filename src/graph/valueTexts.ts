/**
 * The texts of values, each made once: the states of a graph are made of few different values, and
 * each of these is in thousands of states. Values are found by identity.
 */
import {
  encodeItf,
  formatValue,
  functionPairs,
  ModelValue,
  SetValue,
  type Value,
} from '../values/index.js';

/** More are forgotten, so that a graph of many different values does not fill memory. */
const keptMax = 200_000;

export class ValueTexts {
  /** The names of all model values of which the JSON was asked for. */
  readonly modelValues = new Set<string>();
  private readonly formatted = new Map<Value, string>();
  private readonly coded = new Map<Value, string>();

  /** As TLC prints it. */
  format(value: Value): string {
    return known(this.formatted, value, formatValue);
  }

  /** As JSON, coded as in ITF. */
  json(value: Value): string {
    return known(this.coded, value, () => {
      this.collect(value);
      return JSON.stringify(encodeItf(value));
    });
  }

  jsonOf(values: ReadonlyMap<string, Value>): string {
    const fields = [...values].map(([name, it]) => `${JSON.stringify(name)}:${this.json(it)}`);
    return `{${fields.join(',')}}`;
  }

  /** The names of all model values inside. */
  private collect(value: Value): void {
    if (value instanceof ModelValue) this.modelValues.add(value.name);
    else if (value instanceof SetValue) for (const element of value.elements) this.collect(element);
    else {
      for (const [key, result] of functionPairs(value) ?? []) {
        this.collect(key);
        this.collect(result);
      }
    }
  }
}

function known(texts: Map<Value, string>, value: Value, make: (value: Value) => string): string {
  let text = texts.get(value);
  if (text === undefined) {
    if (texts.size >= keptMax) texts.clear();
    text = make(value);
    texts.set(value, text);
  }
  return text;
}
