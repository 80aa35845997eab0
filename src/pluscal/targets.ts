/** That assignments assign to variables of the algorithm, and to nothing else. */
import { nearest } from '../source/diagnostic.js';
import type { Algorithm, Assignment, Statement } from '../syntax/pluscalAst.js';
import type { Mistakes } from './mistakes.js';
import { bodies } from './statements.js';

type Names = ReadonlySet<string>;

/** The algorithm has no macros; its variables have the names that the user gave them. */
export function checkTargets(algorithm: Algorithm, mistakes: Mistakes): void {
  const { procedures, processes, body } = algorithm;
  const locals = processes.flatMap((one) => one.variables);
  const ofProcedures = procedures.flatMap((one) => [...one.params, ...one.variables]);
  const declared = [...algorithm.variables, ...locals, ...ofProcedures];
  const variables = new Set(declared.map((one) => one.name.name));
  if (procedures.length > 0) variables.add('stack');
  const checker = new TargetChecker(variables, mistakes);
  for (const one of [...procedures, ...processes, { body }]) checker.check(one.body, new Set());
}

class TargetChecker {
  constructor(
    private readonly variables: Names,
    private readonly mistakes: Mistakes,
  ) {}

  /** `bound` are the names that a `with` around the statements binds. */
  check(statements: readonly Statement[], bound: Names): void {
    for (const statement of statements) {
      if (statement.kind === 'assign') {
        for (const one of statement.assignments) this.target(one, statement, bound);
        this.together(statement.assignments, statement);
      }
      const inner = statement.kind === 'with' ? new Set([...bound, statement.name.name]) : bound;
      for (const body of bodies(statement)) this.check(body, inner);
    }
  }

  /** Of what `||` assigns at the same time, a variable is one only if nothing else is a part of it. */
  private together(assignments: readonly Assignment[], { macroCall }: Statement): void {
    for (const whole of assignments.filter(({ path }) => path.length === 0)) {
      const { name } = whole.variable;
      const last = assignments.findLast(({ variable }) => variable.name === name);
      if (!last || last === assignments.find(({ variable }) => variable.name === name)) continue;
      const notes = macroCall ? [{ message: 'in the macro called here', span: macroCall }] : [];
      this.mistakes.add('PCL022', last.span, { variable: name }, { notes });
    }
  }

  private target(
    { variable: { name, span } }: Assignment,
    { macroCall }: Statement,
    bound: Names,
  ): void {
    const { variables, mistakes } = this;
    const notes = macroCall ? [{ message: 'in the macro called here', span: macroCall }] : [];
    if (bound.has(name)) mistakes.add('PCL023', span, { variable: name }, { notes });
    else if (name === 'pc') mistakes.add('PCL024', span, {}, { notes });
    else if (!variables.has(name)) {
      const guess = nearest(name, variables);
      const hint = guess === null ? {} : { hint: `Did you mean \`${guess}\`?` };
      mistakes.add('PCL021', span, { variable: name }, { notes, ...hint });
    }
  }
}
