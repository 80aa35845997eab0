/** What every unit of one specification starts from. */
import type { ConfigValue, Specification } from '../semantics/specification.js';
import { ModelValue, makeSet, type Value } from '../values/index.js';
import { Analysis } from './analysis.js';
import type { Host } from './runtime/host.js';
import { type StandardOperators, standardOperators } from './standard/index.js';

/** The part of a specification that expressions depend on. */
export type Names = Pick<Specification, 'variables' | 'constants' | 'definitions' | 'overrides'>;

export interface Sources {
  readonly specification: Names;
  readonly constants: ReadonlyMap<string, Value>;
  readonly standard: StandardOperators;
  readonly analysis: Analysis;
  readonly host: Host;
}

export function sourcesOf(specification: Names, host: Host): Sources {
  return {
    specification,
    constants: new Map(
      [...specification.constants].map(([name, given]) => [name, configuredValue(given)]),
    ),
    standard: standardOperators(host),
    host,
    analysis: new Analysis(specification),
  };
}

export function configuredValue(given: ConfigValue): Value {
  switch (given.kind) {
    case 'number':
    case 'string':
    case 'boolean':
      return given.value;
    case 'model':
      return ModelValue.of(given.name);
    case 'set':
      return makeSet(given.elements.map(configuredValue));
  }
}
