/** Small random algorithms, printed in both syntaxes. The numbers come from a seed. */
import { choose, type Random } from '../syntax/generate.js';

/** A block in both syntaxes. */
interface Both {
  readonly c: string;
  readonly p: string;
}

const both = (text: string): Both => ({ c: text, p: text });

interface Scope {
  readonly random: Random;
  /** What may be assigned. */
  readonly variables: readonly string[];
  readonly procedures: readonly string[];
  /** Inside `with` there are no labels, and so neither loops nor calls. */
  readonly isStep: boolean;
  readonly depth: number;
  /** Makes every label different from the others. */
  readonly nextLabel: () => string;
}

export function randomAlgorithm(random: Random): Both {
  let labels = 0;
  const nextLabel = (): string => `l${++labels}`;
  const globals = ['u', 'v'];
  const procedures = random() < 0.4 ? ['f', 'g'].slice(0, 1 + Math.floor(random() * 2)) : [];
  const scope = { random, procedures, isStep: false, depth: 2, nextLabel };
  const head = 'variables u = 0, v \\in 1..2;';
  const parts = procedures.map((name) => procedure(name, { ...scope, variables: globals }));
  if (random() < 0.4) {
    const main = block({ ...scope, variables: globals });
    return algorithm(head, parts, { c: `{ ${main.c} }`, p: `begin ${main.p}` });
  }
  const own = [...globals, 'w'];
  const processes = ['p \\in 1..2', 'q = 3'].map((binding, i) => {
    const local = `variable w${i} = 0;`;
    const variables = own.map((one) => (one === 'w' ? `w${i}` : one));
    const body = block({ ...scope, variables });
    return {
      c: `fair process (${binding}) ${local} { ${body.c} }`,
      p: `fair process ${binding} ${local} begin ${body.p} end process;`,
    };
  });
  return algorithm(head, parts, joined(processes, ' '));
}

function algorithm(head: string, parts: readonly Both[], main: Both): Both {
  const all = joined([...parts, main], ' ');
  return {
    c: `--algorithm A { ${head} ${all.c} }`,
    p: `--algorithm A ${head} ${all.p} end algorithm`,
  };
}

function joined(parts: readonly Both[], separator: string): Both {
  return {
    c: parts.map(({ c }) => c).join(separator),
    p: parts.map(({ p }) => p).join(separator),
  };
}

function procedure(name: string, scope: Scope): Both {
  const variables = [...scope.variables, `${name}1`, `${name}2`];
  const body = block({ ...scope, variables });
  const head = `procedure ${name}(${name}1) variable ${name}2 = 0;`;
  return {
    c: `${head} { ${body.c}; return }`,
    p: `${head} begin ${body.p}; return; end procedure;`,
  };
}

function block(scope: Scope): Both {
  const count = 1 + Math.floor(scope.random() * 3);
  return joined(
    Array.from({ length: count }, () => labelled(scope)),
    '; ',
  );
}

function labelled(scope: Scope): Both {
  const { c, p } = statement(scope);
  if (scope.isStep || scope.random() < 0.7) return { c, p };
  const label = `${scope.nextLabel()}:${choose(scope.random, ['', '', '+', '-'])}`;
  return { c: `${label} ${c}`, p: `${label} ${p}` };
}

function statement(scope: Scope): Both {
  const simple = [assign, assign, wait, () => both('skip')];
  const inner = { ...scope, depth: scope.depth - 1 };
  const compound = [conditional, either, binding, ...(scope.isStep ? [] : [loop, call])];
  return choose(scope.random, scope.depth > 0 ? [...simple, ...compound] : simple)(inner);
}

function expression({ random, variables }: Scope): string {
  const operand = (): string => choose(random, [...variables, '1', '2']);
  return choose(random, [operand(), `${operand()} + ${operand()}`, `(${operand()} * 2) % 3`]);
}

function condition(scope: Scope): string {
  return `${expression(scope)} ${choose(scope.random, ['=', '<', '#'])} ${expression(scope)}`;
}

function assign(scope: Scope): Both {
  const [first, second] = scope.variables as readonly [string, string];
  if (scope.random() < 0.2)
    return both(`${first} := ${expression(scope)} || ${second} := ${first}`);
  return both(`${choose(scope.random, scope.variables)} := ${expression(scope)}`);
}

const wait = (scope: Scope): Both => both(`await ${condition(scope)}`);

function conditional(scope: Scope): Both {
  const test = condition(scope);
  const [then, other] = [block(scope), scope.random() < 0.6 ? block(scope) : null];
  return {
    c: `if (${test}) { ${then.c} }${other ? ` else { ${other.c} }` : ''}`,
    p: `if ${test} then ${then.p};${other ? ` else ${other.p};` : ''} end if`,
  };
}

function either(scope: Scope): Both {
  const branches = [block(scope), block(scope)];
  return {
    c: `either ${branches.map(({ c }) => `{ ${c} }`).join(' or ')}`,
    p: `either ${branches.map(({ p }) => p).join('; or ')}; end either`,
  };
}

function binding(scope: Scope): Both {
  const name = `b${scope.depth}`;
  const value = choose(scope.random, [`${name} \\in 1..2`, `${name} = ${expression(scope)}`]);
  const body = block({ ...scope, isStep: true });
  return { c: `with (${value}) { ${body.c} }`, p: `with ${value} do ${body.p} end with` };
}

function loop(scope: Scope): Both {
  const test = condition(scope);
  const body = block(scope);
  return { c: `while (${test}) { ${body.c} }`, p: `while ${test} do ${body.p}; end while` };
}

function call(scope: Scope): Both {
  const name = choose(scope.random, scope.procedures) ?? null;
  return both(name === null ? 'skip' : `call ${name}(${expression(scope)})`);
}
