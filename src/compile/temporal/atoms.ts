/**
 * The atoms of temporal formulas and their code: what is asked of each state, and of each step, is
 * one function each. Equal code is one atom.
 */
import type { FairnessCondition, StepAtom } from '../../explore/liveness/temporalModel.js';
import type { AngleAction, Expr } from '../../syntax/ast.js';
import { compileEnabled } from '../actions/enabled.js';
import { asBoolean, type Code } from '../code.js';
import type { Context } from '../context.js';
import { compile } from '../expressions/index.js';
import type { Unit } from '../unit.js';
import type { ActionNumbers } from './actionNumbers.js';

export class Atoms {
  readonly conditions: FairnessCondition[] = [];
  readonly steps: StepAtom[] = [];
  private readonly states: string[] = [];
  /** The code of each evaluated step atom. */
  private readonly evaluated = new Map<number, string>();
  private readonly stateNumbers = new Map<string, number>();
  private readonly stepNumbers = new Map<string, number>();
  private readonly conditionNumbers = new Map<string, number>();

  constructor(
    readonly unit: Unit,
    private readonly actions: ActionNumbers,
    /** The variables of the specification, of which a step changes one. */
    private readonly variables: ReadonlySet<string>,
  ) {}

  get stateCount(): number {
    return this.states.length;
  }

  /** The number of a state predicate, or its value where that is known. */
  state(expr: Expr, context: Context): number | boolean {
    const code = asBoolean(this.unit, compile(expr, context), 'a temporal formula', expr.span);
    if (typeof code.known === 'boolean') return code.known;
    return this.stateCode(this.unit.lifted(code));
  }

  /** The number of `<<A>>_v`. */
  step(expr: AngleAction, context: Context): number {
    const decided = this.actions.of(expr.action, context);
    if (decided === null) return this.evaluatedStep(expr, context);
    const guards: number[] = [];
    for (const guard of decided.guards) {
      const atom = this.state(guard.expr, guard.context);
      if (atom === false) return this.decidedStep([], [], null);
      if (atom !== true) guards.push(atom);
    }
    return this.decidedStep(decided.actions, guards, this.change(expr, context));
  }

  /** The number of `<<TRUE>>_v`. */
  changed(subscript: Expr, context: Context): number {
    const { span } = subscript;
    const action: Expr = { kind: 'boolean', value: true, span };
    const angle: AngleAction = { kind: 'angleAction', action, subscript, span };
    const change = this.change(angle, context);
    return change ?? this.decidedStep(this.actions.all, [], null);
  }

  condition(strength: FairnessCondition['strength'], angle: AngleAction, context: Context): number {
    const step = this.step(angle, context);
    const key = `${strength} ${step}`;
    const known = this.conditionNumbers.get(key);
    if (known !== undefined) return known;
    const isDecided = this.steps[step]?.kind === 'actions';
    const enabled = isDecided ? null : this.enabled(angle, context);
    const number = this.conditions.push({ strength, step, enabled }) - 1;
    this.conditionNumbers.set(key, number);
    return number;
  }

  /** The generated functions, as properties of an object. */
  functions(): string {
    const bit = (js: string, atom: number) =>
      `if (${js}) bits[${atom >>> 5}] |= ${1 << (atom & 31)};`;
    const states = this.states.map(bit);
    const steps = [...this.evaluated].map(([atom, js]) => bit(js, atom));
    return [
      `stateAtoms: (state, bits) => { load(state); ${states.join('\n')} }`,
      `evaluateStep: (from, to, bits) => { load(from); n.set(to); ${steps.join('\n')} }`,
    ].join(',\n');
  }

  private enabled(angle: AngleAction, context: Context): number {
    const code = compileEnabled(angle, angle, context);
    return this.stateCode(this.unit.lifted(code));
  }

  private stateCode(js: string): number {
    // Where a definition is used makes no difference but to an error.
    const key = js.replace(/\/\*@\d+\*\//g, '');
    const known = this.stateNumbers.get(key);
    if (known !== undefined) return known;
    const number = this.states.push(js) - 1;
    this.stateNumbers.set(key, number);
    return number;
  }

  /** The atom that v changes; null where v is all variables, so that every change is one of v. */
  private change(angle: AngleAction, context: Context): number | null {
    const { subscript, span } = angle;
    if (this.namesAll(subscript, context)) return null;
    const action: Expr = { kind: 'boolean', value: true, span };
    return this.evaluatedStep({ ...angle, action }, context);
  }

  private namesAll(subscript: Expr, context: Context): boolean {
    const named = this.actions.variablesIn(subscript, context);
    return named !== null && [...this.variables].every((name) => named.has(name));
  }

  private evaluatedStep(expr: AngleAction, context: Context): number {
    const code: Code = asBoolean(this.unit, compile(expr, context), '<<A>>_v', expr.span);
    const js = this.unit.lifted(code);
    const number = this.stepNumber(js, { kind: 'evaluated' });
    this.evaluated.set(number, js);
    return number;
  }

  private decidedStep(
    actions: readonly number[],
    guards: readonly number[],
    change: number | null,
  ): number {
    const key = `#${actions.join(' ')} ${guards.join(' ')} ${change}`;
    return this.stepNumber(key, { kind: 'actions', actions, guards, change });
  }

  private stepNumber(key: string, atom: StepAtom): number {
    let number = this.stepNumbers.get(key);
    if (number === undefined) {
      number = this.steps.push(atom) - 1;
      this.stepNumbers.set(key, number);
    }
    return number;
  }
}
