/**
 * Small algorithms at random: a few processes with loops that need not end, their own and shared
 * variables, guards, choices, assertions, and an index that may be out of bounds. What is made
 * depends on the seed only.
 */

export interface RandomAlgorithm {
  readonly spec: string;
  readonly config: string;
}

type Draw = (count: number) => number;

/** mulberry32, by Tommy Ettinger; in the public domain. */
function generator(seed: number): Draw {
  let a = seed | 0;
  return (count) => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % count;
  };
}

export function randomAlgorithm(seed: number): RandomAlgorithm {
  const draw = generator(seed * 7919 + 1);
  const pick = <T>(from: readonly T[]): T => from[draw(from.length)] as T;
  const processes = 2 + draw(2);
  const shared = ['x', 'y'];
  const isRisky = draw(6) === 0;
  const isAsserting = draw(4) === 0;
  /** The first process is two. */
  const isSet = draw(3) === 0;

  /** A number from 0 to 2, for a process. */
  const term = (own: readonly string[], depth = 0): string => {
    const kind = draw(depth > 1 ? 5 : 8);
    if (kind < 2) return String(draw(3));
    if (kind < 4) return pick(own);
    if (kind === 4) return pick(shared);
    if (kind === 5) return `f[${isRisky ? term(own, 2) : draw(2)}]`;
    if (kind === 6) return `((${term(own, depth + 1)} + 1) % 3)`;
    return `(IF ${condition(own, depth + 1)} THEN ${term(own, 2)} ELSE ${term(own, 2)})`;
  };
  const condition = (own: readonly string[], depth = 0): string => {
    const sign = pick(['=', '#', '<', '<=']);
    const simple = `${term(own, depth + 1)} ${sign} ${term(own, depth + 1)}`;
    if (depth > 1 || draw(3) > 0) return simple;
    return `(${simple} ${pick(['/\\', '\\/', '=>'])} ${condition(own, depth + 1)})`;
  };

  const process = (number: number): string => {
    const own = [`a${number}`, `b${number}`];
    const labels = 2 + draw(3);
    const label = (i: number) => `P${number}L${i}`;
    const assignment = (): string => {
      const kind = draw(8);
      if (kind < 4) return `${pick(own)} := ${term(own)};`;
      if (kind < 6) return `${pick(shared)} := ${term(own)};`;
      if (kind === 6) return `f[${draw(2)}] := ${term(own)};`;
      return `f[${isRisky ? term(own, 2) : `${pick(own)} % 2`}] := ${term(own)};`;
    };
    const next = (): string => (draw(6) === 0 ? 'Done' : label(draw(labels)));
    const body = (i: number): string => {
      const lines = [`${label(i)}:`];
      if (draw(4) === 0) lines.push(`await ${condition(own)};`);
      if (isAsserting && draw(4) === 0) lines.push(`assert ${condition(own)};`);
      const kind = draw(6);
      if (kind === 0) {
        lines.push(`either { ${assignment()} } or { ${assignment()} };`);
      } else if (kind === 1) {
        lines.push(`with (w \\in {${draw(2)}, ${term(own)}}) { ${pick(own)} := w; };`);
      } else if (kind === 2) {
        lines.push('skip;');
      } else {
        lines.push(assignment());
      }
      const ending = draw(5);
      if (ending === 0) lines.push(`goto ${next()};`);
      else if (ending === 1) {
        lines.push(`if (${condition(own)}) { goto ${next()}; } else { goto ${next()}; };`);
      } else if (i === labels - 1 && draw(3) > 0) lines.push(`goto ${label(draw(labels))};`);
      else if (ending === 2) lines.push(`if (${condition(own)}) { goto ${next()}; };`);
      return `    ${lines.join(' ')}`;
    };
    const bodies = Array.from({ length: labels }, (_, i) => body(i)).join('\n');
    const variables = own.map((name) => `${name} = ${draw(2)}`).join(', ');
    const ids = number === 1 && isSet ? '\\in {1, 4}' : `= ${number}`;
    return `process (p${number} ${ids})\n  variables ${variables};\n{\n${bodies}\n}`;
  };

  const all = Array.from({ length: processes }, (_, i) => process(i + 1));
  const at = (number: number) => `pc[${number}] = "P${number}L${draw(2)}"`;
  const formulas = [
    `${pick(shared)} + f[${draw(2)}] # 4`,
    `~(${at(1)} /\\ ${at(2)})`,
    `${at(1 + draw(processes))} => ${pick(shared)} # ${1 + draw(2)}`,
    `${isSet ? 'a1[4]' : 'a1'} + b2 # ${3 + draw(2)}`,
  ];
  const names = formulas.map((_, i) => `Inv${i}`).filter(() => draw(3) === 0);
  const constraint = draw(6) === 0 ? `~(x = ${1 + draw(2)} /\\ y = ${draw(3)})` : null;
  const spec = [
    '---- MODULE Random ----',
    'EXTENDS Integers, TLC',
    '(* --algorithm Random {',
    'variables x = 0, y = 0, f = [i \\in 0..1 |-> 0];',
    ...all,
    '} *)',
    '\\* BEGIN TRANSLATION',
    '\\* END TRANSLATION',
    ...formulas.map((formula, i) => `Inv${i} == ${formula}`),
    ...(constraint === null ? [] : [`Inside == ${constraint}`]),
    '====',
  ].join('\n');
  const config = [
    'SPECIFICATION Spec',
    ...(names.length > 0 ? [`INVARIANTS ${names.join(' ')}`] : []),
    ...(constraint === null ? [] : ['CONSTRAINT Inside']),
    ...(draw(3) === 0 ? ['CHECK_DEADLOCK FALSE'] : []),
  ].join('\n');
  return { spec, config };
}
