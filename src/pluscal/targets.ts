/** That assignments assign to variables of the algorithm, and to nothing else. */
import { fail, nearest } from '../source/diagnostic.js';
import type { Algorithm, Assignment, Statement } from '../syntax/pluscalAst.js';
import { bodies } from './statements.js';

type Names = ReadonlySet<string>;

/** `variables` are all that the translation declares. The first mistake is thrown. */
export function checkTargets(algorithm: Algorithm, variables: Names): void {
  const { procedures, processes, body } = algorithm;
  for (const one of [...procedures, ...processes, { body }]) check(one.body, variables, new Set());
}

/** `bound` are the names that a `with` around the statements binds. */
function check(statements: readonly Statement[], variables: Names, bound: Names): void {
  for (const statement of statements) {
    if (statement.kind === 'assign') {
      for (const one of statement.assignments) checkTarget(one, statement, variables, bound);
    }
    const inner = statement.kind === 'with' ? new Set([...bound, statement.name.name]) : bound;
    for (const body of bodies(statement)) check(body, variables, inner);
  }
}

function checkTarget(
  { variable: { name, span } }: Assignment,
  { macroCall }: Statement,
  variables: Names,
  bound: Names,
): void {
  const notes = macroCall ? [{ message: 'in the macro called here', span: macroCall }] : [];
  if (bound.has(name)) fail('PCL023', span, { variable: name }, { notes });
  if (name === 'pc') fail('PCL024', span, {}, { notes });
  if (variables.has(name)) return;
  const guess = nearest(name, variables);
  const hint = guess === null ? {} : { hint: `Did you mean \`${guess}\`?` };
  fail('PCL021', span, { variable: name }, { notes, ...hint });
}
