/** That gotos, calls and returns lead somewhere. */
import { nearest } from '../source/diagnostic.js';
import type { Algorithm, Call, Goto, Procedure, Statement } from '../syntax/pluscalAst.js';
import { countArguments } from './arity.js';
import type { Mistakes } from './mistakes.js';
import { visitStatements } from './statements.js';

/** The algorithm has no macros and all labels. */
export function checkJumps(algorithm: Algorithm, mistakes: Mistakes): void {
  const { procedures, processes, body } = algorithm;
  for (const one of procedures) checkBody(one.body, `procedure \`${one.name.name}\``, true);
  for (const one of processes) checkBody(one.body, `process \`${one.name.name}\``, false);
  checkBody(body, 'the algorithm', false);

  function checkBody(statements: readonly Statement[], owner: string, isProcedure: boolean): void {
    const labels = new Set(['Done']);
    visitStatements(statements, ({ label }) => {
      if (label) labels.add(label.name);
    });
    visitStatements(statements, (one) => {
      if (one.kind === 'goto') checkGoto(one, labels, owner, mistakes);
      if (one.kind === 'call') checkCall(one, procedures, mistakes);
      if (one.kind === 'return' && !isProcedure) {
        mistakes.add('PCL020', one.span, {}, { notes: notesOf(one) });
      }
    });
  }
}

function notesOf({ macroCall }: Statement) {
  return macroCall ? [{ message: 'in the macro called here', span: macroCall }] : [];
}

function checkGoto(
  statement: Goto,
  labels: ReadonlySet<string>,
  owner: string,
  mistakes: Mistakes,
): void {
  const { name: label, span } = statement.target;
  if (labels.has(label)) return;
  const known = [...labels].filter((one) => one !== 'Done').join(', ');
  mistakes.add('PCL017', span, { label, owner, known }, { notes: notesOf(statement) });
}

function checkCall(call: Call, procedures: readonly Procedure[], mistakes: Mistakes): void {
  const { name, span } = call.procedure;
  const found = procedures.find((one) => one.name.name === name);
  if (!found) {
    const guess = nearest(
      name,
      procedures.map((one) => one.name.name),
    );
    const hint = guess === null ? {} : { hint: `Did you mean \`${guess}\`?` };
    mistakes.add('PCL018', span, { name }, { notes: notesOf(call), ...hint });
  } else if (found.params.length !== call.args.length) {
    const expected = countArguments(found.params.length);
    const definition = { message: 'the procedure is defined here', span: found.name.span };
    const notes = [definition, ...notesOf(call)];
    mistakes.add('PCL019', span, { name, expected, found: call.args.length }, { notes });
  }
}
