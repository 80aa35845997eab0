/**
 * The variables of the module that a property is about, through the refinement mapping: of
 * `PROPERTY Abs!Spec` those of Abs, in the terms of the specification.
 */
import type { StateVector } from '../../explore/model.js';
import type { NamedFormula, Specification } from '../../semantics/specification.js';
import type { Expr } from '../../syntax/ast.js';
import { walk } from '../../syntax/walk.js';
import type { Value } from '../../values/index.js';
import { argumentsOf, nameOf } from '../analysis.js';
import { type Binding, bind, type Context, unboundContext } from '../context.js';
import { compile } from '../expressions/index.js';
import type { Layout } from '../layout.js';
import { PackedStorage } from '../packedStorage.js';
import { Fault } from '../runtime/fault.js';
import { value } from '../runtime/lazy.js';
import type { Sources } from '../sources.js';
import { Unit } from '../unit.js';

export interface RefinementMapping {
  readonly instance: string;
  /** A variable whose expression has no value in the state is left out. */
  stateOf(state: StateVector): ReadonlyMap<string, Value>;
}

/** Null where the property is about no instance, or one without variables. */
export function refinementMapping(
  property: NamedFormula,
  specification: Specification,
  sources: Sources,
  layout: Layout,
): RefinementMapping | null {
  const found = instanceIn(property.expr, specification, new Set());
  const module = found && specification.instances.get(found.instance);
  if (!module || module.variables.length === 0) return null;
  const unit = new Unit(sources, new PackedStorage(layout));
  const outer = unboundContext(unit, null);
  const args = module.params.map((name, i): readonly [string, Binding] => {
    const expr = found.args[i];
    if (expr === undefined) throw new Error(`${found.instance} has too few arguments`);
    return [name, { kind: 'closure', closure: { expr, context: outer }, code: null }];
  });
  const context: Context = bind(outer, args);
  const functions = module.variables.map((one) => {
    const js = unit.lifted(compile(one.value, context));
    const site = unit.site(one.value.span);
    return `state => { load(state); return ${unit.use('value', value)}(${js}, ${site}); }`;
  });
  const text = unit.text('', `[${functions.join(',\n')}]`);
  const reads = unit.instantiate(text) as ((state: StateVector) => Value)[];
  return {
    instance: found.instance,
    stateOf(state) {
      const values = module.variables.flatMap(({ name }, i): [string, Value][] => {
        const read = reads[i] as (of: StateVector) => Value;
        try {
          return [[name, read(state)]];
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
          return [];
        }
      });
      return new Map(values);
    },
  };
}

interface Used {
  readonly instance: string;
  readonly args: readonly Expr[];
}

/** The first instance that the formula names, or a definition that it uses. */
function instanceIn(expr: Expr, specification: Specification, seen: Set<string>): Used | null {
  let found: Used | null = null;
  walk(expr, (inner) => {
    if (found !== null || (inner.kind !== 'name' && inner.kind !== 'apply')) return found === null;
    const name = nameOf(inner) as string;
    const instance = name.split('!', 1)[0] as string;
    const module = name.includes('!') ? specification.instances.get(instance) : undefined;
    if (module !== undefined) {
      found = { instance, args: argumentsOf(inner) };
      return false;
    }
    const definition = specification.definitions.get(name);
    if (definition === undefined || seen.has(name)) return true;
    seen.add(name);
    // An instance with parameters is told only where its arguments stand in the formula itself.
    const inside = instanceIn(definition.body, specification, seen);
    if (inside !== null && inside.args.length === 0) found = inside;
    return found === null;
  });
  return found;
}
