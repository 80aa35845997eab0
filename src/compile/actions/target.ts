/** What a step assigns to: the slots of the successor, or the variables of an initial state. */
import type { Span } from '../../source/text.js';
import type { Except, Expr } from '../../syntax/ast.js';
import { stripParens } from '../../syntax/walk.js';
import { namesIn } from '../analysis.js';
import type { Block } from '../block.js';
import { body, type Code, fault, local, type Remembered } from '../code.js';
import type { Assigned, Context } from '../context.js';
import { compileStep as compileKey } from '../expressions/access.js';
import { compile } from '../expressions/index.js';
import { Leaf, type Slots, store } from '../layout.js';
import type { PackedStorage } from '../packedStorage.js';
import { except } from '../runtime/functions.js';
import { enumerated, unenumeratedPart } from '../runtime/lazy.js';
import { restore, storeAt } from '../slotPaths.js';
import { initialName } from '../storage.js';
import type { Unit } from '../unit.js';
import { isRemembered } from './elementLoop.js';
import { isVariableName, meaningOf } from './meaning.js';

/** Generates what follows an assignment. */
export type Then = (assigned: Assigned) => void;

export interface Target {
  /** The variable that an expression on the left of `=` or `\in` stands for, if any. */
  variableOf(expr: Expr, context: Context): string | null;
  /** Whether the expression may assign something. */
  assignsIn(expr: Expr, context: Context): boolean;
  /** `x' = e`, then whatever follows, then back to how it was. */
  assign(variable: string, expr: Expr, context: Context, block: Block, then: Then): void;
  /** As `assign`, with a value that is computed already. */
  assignCode(variable: string, code: Code, unit: Unit, block: Block, at: Span, then: Then): void;
}

/** A JavaScript local with an enumerated value. */
function declareValue(name: string, code: Code, unit: Unit, block: Block, at: Span): Code {
  const open = code.known === undefined ? null : unenumeratedPart(code.known);
  if (code.known !== undefined && open === null) return unit.constant(code.known);
  const js = unit.local(name);
  const given = open === null ? code : fault(unit, 'EVL030', { set: open.describe() }, at);
  const lifted = unit.lifted(given);
  const isLazy = code.type === 'any';
  const made = isLazy
    ? `${unit.use('enumerated', enumerated)}(${lifted}, ${unit.site(at)})`
    : lifted;
  block.add(`const ${js} = ${made};`);
  unit.noteValue(js);
  return local(js, isLazy ? 'value' : code.type);
}

/** Whether a variable occurs in an expression or in a definition that it uses. */
function mentionsVariable(expr: Expr, context: Context, seen: Set<string>): boolean {
  const { analysis, specification } = context.unit.sources;
  return [...namesIn(expr)].some((name) => {
    if (specification.variables.some((variable) => variable.name === name)) return true;
    if (seen.has(name)) return false;
    seen.add(name);
    const binding = context.bindings.get(name);
    if (binding?.kind === 'closure') return mentionsVariable(binding.closure.expr, context, seen);
    const definition =
      binding?.kind === 'operator' ? binding.definition : analysis.definition(name);
    return definition !== undefined && mentionsVariable(definition.body, context, seen);
  });
}

/** The initial predicate assigns unprimed variables. */
export const initialTarget: Target = {
  variableOf(expr, context) {
    const meaning = meaningOf(expr, context);
    return isVariableName(meaning.expr, meaning.context) ? meaning.expr.name : null;
  },
  assignsIn(expr, context) {
    return mentionsVariable(expr, context, new Set());
  },
  assign(variable, expr, context, block, then) {
    this.assignCode(variable, compile(expr, context), context.unit, block, expr.span, then);
  },
  assignCode(variable, code, unit, block, at, then) {
    const made = declareValue(variable, code, unit, block, at);
    block.add(`${initialName(variable)} = ${made.js};`);
    then({ kind: 'local', code: made });
    block.add(`${initialName(variable)} = undefined;`);
  },
};

/** The next-state action assigns primed variables, in the slots of `n`. */
export class SuccessorTarget implements Target {
  private readonly slotsWritten = new Set<number>();

  constructor(private readonly storage: PackedStorage) {}

  /** The slots that the step may have written, once it is generated. */
  get written(): Int32Array {
    return Int32Array.from(this.slotsWritten).sort();
  }

  variableOf(expr: Expr, context: Context): string | null {
    const primed = meaningOf(expr, context);
    if (primed.expr.kind !== 'postfix' || primed.expr.op !== "'") return null;
    const operand = meaningOf(primed.expr.operand, primed.context);
    return isVariableName(operand.expr, operand.context) ? operand.expr.name : null;
  }

  assignsIn(expr: Expr, context: Context): boolean {
    return context.unit.sources.analysis.isAction(expr, context);
  }

  assign(variable: string, expr: Expr, context: Context, block: Block, then: Then): void {
    const whole = stripParens(expr);
    const isSame = (one: Expr) => isVariableName(one, context) && one.name === variable;
    if (isSame(whole)) {
      then({ kind: 'unchanged' });
      return;
    }
    const slots = this.storage.slots(variable);
    if (
      whole.kind === 'except' &&
      !(slots instanceof Leaf) &&
      !context.primed &&
      isSame(stripParens(whole.function))
    ) {
      this.assignParts(variable, slots, whole, context, block, then);
      return;
    }
    this.assignCode(variable, compile(expr, context), context.unit, block, expr.span, then);
  }

  assignCode(variable: string, code: Code, unit: Unit, block: Block, at: Span, then: Then): void {
    const slots = this.storage.slots(variable);
    const made = this.putValue(slots, variable, code, unit, block, at);
    then({ kind: 'local', code: made });
    this.takeBack(slots, unit, block);
  }

  /** Gives code that reads the value again. */
  private putValue(
    slots: Slots,
    variable: string,
    code: Code,
    unit: Unit,
    block: Block,
    at: Span,
  ): Code {
    const { remembered } = code;
    if (slots instanceof Leaf && isRemembered(code, remembered)) {
      return this.putRemembered(slots, variable, code, remembered, unit, block, at);
    }
    const made = declareValue(variable, code, unit, block, at);
    this.put(slots, variable, made, unit, block);
    return made;
  }

  /** It is the code in the dictionary that is kept, so that neither has to be looked up again. */
  private putRemembered(
    { dictionary, first }: Leaf,
    variable: string,
    { type }: Code,
    { js, keep }: Remembered,
    unit: Unit,
    block: Block,
    at: Span,
  ): Code {
    const value =
      type === 'any' ? `${unit.use('enumerated', enumerated)}(${js}, ${unit.site(at)})` : js;
    const made = unit.local(variable);
    block.add(`const ${made} = ${keep(`${unit.use(`D${first}$`, dictionary)}.code(${value})`)};`);
    block.add(`n[${first}] = ${made};`);
    unit.noteValue(made, made);
    const values = unit.use(`d${first}$`, dictionary.values);
    return { ...local(made), js: `${values}[${made}]` };
  }

  private put(slots: Slots, variable: string, code: Code, unit: Unit, block: Block): void {
    if (!(slots instanceof Leaf)) {
      const tree = unit.use(`${variable}$slots`, slots);
      block.add(`${unit.use('store', store)}(${tree}, ${code.js}, n);`);
      return;
    }
    const { dictionary, first } = slots;
    const known = code.known === undefined ? null : dictionary.code(code.known);
    const made = known ?? `${unit.use(`D${first}$`, dictionary)}.code(${code.js})`;
    block.add(`n[${first}] = ${made};`);
  }

  /** `x' = [x EXCEPT ![a].b = e, …]`: only the slots that the paths lead to are written. */
  private assignParts(
    variable: string,
    root: Slots,
    expr: Except,
    context: Context,
    block: Block,
    then: Then,
  ): void {
    const { unit } = context;
    const touched = new Set<Slots>();
    for (const update of expr.updates) {
      const path = update.path.map((step) => compileKey(step, context));
      const { slots, rest } = this.storage.descend(unit, root, path);
      if (slots === null) {
        // Outside the domain: nothing changes, but the run warns.
        const tree = unit.use(`${variable}$slots`, root);
        const keys = path.map((one) => unit.lifted(one)).join(', ');
        const end = `() => {}, ${unit.site(update.span)}, ${unit.onOutside()}`;
        block.add(`${unit.use('storeAt', storeAt)}(${tree}, n, [${keys}], ${end});`);
        continue;
      }
      touched.add(slots);
      const at = unit.local('at');
      if (rest.length === 0) {
        const old = this.storage.readSlots(unit, variable, slots, true);
        const code = compile(update.value, { ...context, at: old });
        this.putValue(slots, variable, code, unit, block, update.value.span);
        continue;
      }
      const row = slots instanceof Leaf ? null : this.storage.row(unit, variable, slots, rest);
      const inner: Context = { ...context, at: local(at, 'any') };
      const compute = `(${at}) => ${body(unit, compile(update.value, inner), [at]).js}`;
      const keys = rest.map((key) => unit.lifted(key)).join(', ');
      const site = unit.site(update.span);
      if (slots instanceof Leaf) {
        const old = this.storage.readSlots(unit, variable, slots, true).js;
        const run = unit.use('except', except);
        const js = `${run}(${old}, [${keys}], ${compute}, ${site}, ${unit.onOutside()})`;
        const code: Code = { ...local(js), atomic: true };
        this.put(slots, variable, code, unit, block);
      } else {
        const tree = unit.use(`${variable}$slots`, slots);
        const run = unit.use('storeAt', storeAt);
        const end = `${compute}, ${site}, ${unit.onOutside()}`;
        const walk = `${run}(${tree}, n, [${keys}], ${end});`;
        if (row === null) block.add(walk);
        else this.putInRow(row, rest[0] as Code, update.value, inner, walk, block);
      }
    }
    then({ kind: 'packed' });
    for (const slots of touched) this.takeBack(slots, unit, block);
  }

  /** `context.at` is the name for the old value; `walk` does the same, also outside the domain. */
  private putInRow(
    row: string,
    key: Code,
    expr: Expr,
    context: Context,
    walk: string,
    block: Block,
  ): void {
    const { unit } = context;
    const position = unit.local('position');
    const old = context.at as Code;
    block.add(`const ${position} = ${row}.position(${unit.lifted(key)});`);
    block.nest(`if (${position} < 0)`, (inner) => inner.add(walk));
    block.nest('else', (inner) => {
      const code = compile(expr, context);
      if (code.free.has(old.js)) inner.add(`const ${old.js} = ${row}.at(n, ${position});`);
      const made = declareValue('put', code, unit, inner, expr.span);
      inner.add(`${row}.put(n, ${position}, ${made.js});`);
    });
  }

  private takeBack({ first, count }: Slots, unit: Unit, block: Block): void {
    for (let i = first; i < first + count; i++) this.slotsWritten.add(i);
    if (count <= 3) {
      for (let i = first; i < first + count; i++) block.add(`n[${i}] = s[${i}];`);
    } else {
      block.add(`${unit.use('restore', restore)}(n, s, ${first}, ${count});`);
    }
  }
}
